"""What TensorFlow computes on."""

from __future__ import annotations

import os

import tensorflow as tf


def device_name() -> str:
    """What TensorFlow computes on, in words."""
    for device in tf.config.list_physical_devices("GPU"):
        details = tf.config.experimental.get_device_details(device)
        return f"GPU ({details.get('device_name', 'unnamed')})"
    return f"CPU ({os.cpu_count() or 1} threads)"

"""What TensorFlow computes on."""

from __future__ import annotations

import os

import tensorflow as tf

from bcviewer.model.keras_backend.precision import Computed


def device_name(computed: Computed = "float32") -> str:
    """What TensorFlow computes on and, if not float32, in; in words."""
    return f"{_device()}, {computed}" if computed != "float32" else _device()


def _device() -> str:
    for device in tf.config.list_physical_devices("GPU"):
        details = tf.config.experimental.get_device_details(device)
        return f"GPU ({details.get('device_name', 'unnamed')})"
    return f"CPU ({os.cpu_count() or 1} threads)"

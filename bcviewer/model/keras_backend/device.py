"""What TensorFlow computes on."""

from __future__ import annotations

import os

import tensorflow as tf


def has_gpu() -> bool:
    """Whether TensorFlow sees a GPU, and so computes on it."""
    return bool(tf.config.list_physical_devices("GPU"))


def device_name(computed: str = "float32") -> str:
    """What TensorFlow computes on and, if not float32, in; in words."""
    return f"{_device()}, {computed}" if computed != "float32" else _device()


def _device() -> str:
    for device in tf.config.list_physical_devices("GPU"):
        details = tf.config.experimental.get_device_details(device)
        return f"GPU ({details.get('device_name', 'unnamed')})"
    return f"CPU ({os.cpu_count() or 1} threads)"

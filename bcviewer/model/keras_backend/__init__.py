"""Training with Keras: the only place that imports Keras or TensorFlow."""

from __future__ import annotations

import os

# Both read these when they are first imported, so they are set before that.
os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

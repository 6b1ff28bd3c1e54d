"""The tiny model of the model floor's tests, for the commands that need one."""

from __future__ import annotations

from tests.model.conftest import TinyTraining, tiny_training

__all__ = ["TinyTraining", "tiny_training"]

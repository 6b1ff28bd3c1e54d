"""Errors of TensorFlow and of the system, in words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import tensorflow as tf

from bcviewer.errors import StorageError, TrainingError
from bcviewer.model.keras_backend.feed import Feed
from bcviewer.model.run_folder import RunFolder


@contextmanager
def fault_of(feed: Feed) -> Iterator[None]:
    """Raise what went wrong in the feed, instead of what TensorFlow makes of it."""
    try:
        yield
    except tf.errors.OpError as error:
        if feed.fault is not None:
            raise feed.fault from error
        raise


@contextmanager
def in_words(run: RunFolder) -> Iterator[None]:
    """Translate errors of TensorFlow and of the system."""
    kept = f"Finished epochs are kept in {run.path}."
    try:
        yield
    except StorageError as error:
        if not run.last_path.is_file() and not run.before_last_path.is_file():
            raise
        hint = f"{error.hint} {kept} The run can be resumed then."
        raise StorageError(error.message, hint=hint.strip()) from error
    except (MemoryError, tf.errors.ResourceExhaustedError) as error:
        raise TrainingError(
            "There is not enough memory for this training.",
            hint=f"Use a smaller batch size or close other programs. {kept}",
        ) from error
    except OSError as error:
        raise TrainingError(
            f"The training could not read or write a file: {error}.",
            hint=f"Check that disk and data folder are there and have room. {kept}",
        ) from error
    except tf.errors.OpError as error:
        raise TrainingError(
            f"TensorFlow could not go on: {error.message.splitlines()[0]}",
            hint=f"Try a smaller batch size. {kept}",
        ) from error

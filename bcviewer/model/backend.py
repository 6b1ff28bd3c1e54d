"""Loading the Keras backend for a person at a terminal, without TensorFlow's chatter."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

from bcviewer.model.commands import CommandSource
from bcviewer.model.events import Cancelled_, Event, Finished
from bcviewer.model.folder import ModelFolder
from bcviewer.model.imported_options import ImportTask
from bcviewer.model.job import TrainingJob

STDERR = 2


class RunJob(Protocol):
    """``run_job`` of the Keras backend."""

    def __call__(
        self,
        job: TrainingJob,
        *,
        emit: Callable[[Event], None],
        commands: CommandSource,
        resume: bool = False,
        only_best: bool = False,
    ) -> Finished | Cancelled_:
        """Run a job, or go on with it, or only make the model of its best epoch."""


class ImportModel(Protocol):
    """``import_model`` of the Keras backend."""

    def __call__(self, task: ImportTask, *, tell: Callable[[int, int, str], None]) -> ModelFolder:
        """Make a model folder of a file that Keras has saved."""


def load_run_job() -> RunJob:
    """Import ``run_job``, which takes seconds, and look for a GPU, without a word on stderr."""
    with _stderr_kept_back():
        from bcviewer.model.keras_backend.device import device_name
        from bcviewer.model.keras_backend.training import run_job

        device_name()
    return run_job


def load_import_model() -> ImportModel:
    """Import ``import_model``, which takes seconds, without a word on stderr."""
    with _stderr_kept_back():
        from bcviewer.model.keras_backend.device import device_name
        from bcviewer.model.keras_backend.importing import import_model

        device_name()
    return import_model


@contextmanager
def _stderr_kept_back() -> Iterator[None]:
    """Drop what is written to stderr, unless there is an error.

    TensorFlow's C++ parts write before any setting of theirs is read, so the descriptor itself is
    turned away for that time.
    """
    sys.stderr.flush()
    terminal = os.dup(STDERR)
    with tempfile.TemporaryFile() as kept:
        os.dup2(kept.fileno(), STDERR)
        try:
            yield
        except BaseException:
            kept.seek(0)
            os.write(terminal, kept.read())
            raise
        finally:
            os.dup2(terminal, STDERR)
            os.close(terminal)

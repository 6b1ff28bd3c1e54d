"""Running a job: from the data folder to the model folder."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import keras
import tensorflow as tf

from bcviewer.dataset.split import PARTS
from bcviewer.dataset.split_file import save_split
from bcviewer.errors import Cancelled, TrainingError
from bcviewer.model.commands import CommandSource
from bcviewer.model.events import Cancelled_, Event, Exporting, Finished, Prepared
from bcviewer.model.job import TrainingJob
from bcviewer.model.keras_backend.controls import Controls
from bcviewer.model.keras_backend.export import export_model
from bcviewer.model.keras_backend.feed import Feed
from bcviewer.model.keras_backend.material import Material, open_material
from bcviewer.model.keras_backend.network import build_network
from bcviewer.model.keras_backend.optimizer import compile_network
from bcviewer.model.keras_backend.pace import Pace
from bcviewer.model.keras_backend.steering import Steering
from bcviewer.model.keras_backend.validation import Validation, ValidationPart
from bcviewer.model.keras_backend.weights import load_start_weights
from bcviewer.model.run_folder import RunFolder, claim_run_folder

Emit = Callable[[Event], None]


def run_job(job: TrainingJob, *, emit: Emit, commands: CommandSource) -> Finished | Cancelled_:
    """Train, judge, keep the best and write the model folder.

    Args:
        job: What to do.
        emit: Told each event, the last one as well; errors are raised instead.
        commands: Asked between batches.

    Returns:
        The last event.

    Raises:
        JobError, DataError, SplitError, ModelError: The job cannot be done as it is.
        StorageError: Run folder or workspace cannot be written.
        TrainingError: The training could not go on; finished epochs are kept in the run folder.
    """
    began = time.perf_counter()
    run = claim_run_folder(job)
    ending: Finished | Cancelled_
    try:
        with _in_words(run):
            ending = _Training(job, run, emit=emit, commands=commands).run(began)
    except Cancelled:
        ending = Cancelled_()
    emit(ending)
    return ending


class _Training:
    """The way of one job."""

    def __init__(
        self, job: TrainingJob, run: RunFolder, *, emit: Emit, commands: CommandSource
    ) -> None:
        self._job = job
        self._run = run
        self._emit = emit
        self._controls = Controls(commands, emit)

    def run(self, began: float) -> Finished:
        job = self._job
        keras.config.disable_interactive_logging()
        keras.utils.clear_session()
        keras.utils.set_random_seed(job.seed)
        material = open_material(job, controls=self._controls, emit=self._emit)
        save_split(material.split, self._run.split_path)
        network = build_network(job.model, alpha=job.alpha)
        origin = load_start_weights(network, job, emit=self._emit)
        validation = self._fit(network, material)
        if validation.best is None:
            raise TrainingError("The training ended before its first epoch was done.")
        self._controls.obey()
        self._emit(Exporting())
        best = validation.best
        export_model(job, self._run, material=material, best=best, weights_origin=origin)
        return Finished(
            model_folder=self._run.model_path,
            best_epoch=best.epoch,
            validation=best.validation,
            seconds=time.perf_counter() - began - self._controls.paused_seconds,
            stopped_early=validation.epochs_done < job.epochs,
        )

    def _fit(self, network: keras.Model, material: Material) -> Validation:
        job, controls, emit = self._job, self._controls, self._emit
        labels = material.dataset.labels
        feed = Feed(
            material.pixels,
            material.train,
            labels=labels[material.train],
            batch_size=job.batch_size,
            seed=job.seed,
            augmentation=job.augmentation,
            class_weights=job.class_weights,
        )
        steps = job.steps_per_epoch or feed.steps_per_pass
        part = ValidationPart(material.pixels, material.validation, labels[material.validation])
        pace = Pace(
            steps=steps * job.epochs,
            validations=job.epochs,
            batch_size=job.batch_size,
            validation_patches=len(material.validation),
        )
        steering = Steering(controls, pace, emit=emit, steps=steps)
        validation = Validation(part, self._run, controls=controls, pace=pace, emit=emit)
        compile_network(network, peak=job.peak_learning_rate, steps=steps * job.epochs)
        emit(_prepared(job, material, steps))
        controls.obey()
        with _fault_of(feed):
            network.fit(
                feed.batches(),
                epochs=job.epochs,
                steps_per_epoch=steps,
                callbacks=[steering, validation],
                shuffle=False,
                verbose=0,
            )
        return validation


def _prepared(job: TrainingJob, material: Material, steps: int) -> Prepared:
    split = material.split
    return Prepared(
        model=job.model,
        patients={part: len(split.patients(part)) for part in PARTS},
        patches={part: len(split.rows(part)) for part in PARTS},
        steps_per_epoch=steps,
        epochs=job.epochs,
        split_title=split.title,
        device=device_name(),
        warnings=material.warnings,
    )


def device_name() -> str:
    """What TensorFlow computes on, in words."""
    for device in tf.config.list_physical_devices("GPU"):
        details = tf.config.experimental.get_device_details(device)
        return f"GPU ({details.get('device_name', 'unnamed')})"
    return f"CPU ({os.cpu_count() or 1} threads)"


@contextmanager
def _fault_of(feed: Feed) -> Iterator[None]:
    """Raise what went wrong in the feed, instead of what TensorFlow makes of it."""
    try:
        yield
    except tf.errors.OpError as error:
        if feed.fault is not None:
            raise feed.fault from error
        raise


@contextmanager
def _in_words(run: RunFolder) -> Iterator[None]:
    """Translate errors of TensorFlow and of the system."""
    kept = f"Finished epochs are kept in {run.path}."
    try:
        yield
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

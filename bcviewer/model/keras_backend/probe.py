"""A short probe of a training: some real steps on a few patients, and nothing kept.

Time and memory of a step do not depend on who is on the pictures, so a few patients will do: the
whole set is not decoded for it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from bcviewer.annotation.reading import read_effective_labels
from bcviewer.dataset.names import PATCH_SIZE
from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.dataset.split import Split
from bcviewer.errors import TrainingError
from bcviewer.model.commands import CommandSource
from bcviewer.model.events import Event, Note, Probed
from bcviewer.model.forecast import Forecast, epoch_seconds, forecast, training_seconds
from bcviewer.model.forecast_words import memory_warning
from bcviewer.model.job import TrainingJob
from bcviewer.model.keras_backend.controls import Controls
from bcviewer.model.keras_backend.device import device_name
from bcviewer.model.keras_backend.faults import fault_of
from bcviewer.model.keras_backend.feed import AHEAD, Feed, Gathers
from bcviewer.model.keras_backend.network import build_network, for_training, freeze_backbone
from bcviewer.model.keras_backend.optimizer import compile_network
from bcviewer.model.keras_backend.precision import computed_in
from bcviewer.model.keras_backend.validation import BATCH_SIZE
from bcviewer.model.keras_backend.weights import load_start_weights
from bcviewer.model.memory import peak_memory, total_memory
from bcviewer.model.training_split import check_split, split_of
from bcviewer.model.weight_files import needs_download, start_words

FEW_PATIENTS = 16
TIMED_STEPS = 16
STEP_BUDGET = 15.0
"""Seconds after which no further step is timed."""

JUDGED_BATCHES = 5

Emit = Callable[[Event], None]


def run_probe(job: TrainingJob, *, emit: Emit, commands: CommandSource) -> Probed:
    """Build the network of a job, run some steps, and tell how long the training would take.

    Nothing is downloaded: where the training would do that, the network keeps random weights, on
    which neither time nor memory depends. The run folder is not touched.

    Args:
        job: What is to be trained.
        emit: Told what is being done, and what was found.
        commands: Asked between batches; only "cancel" has a meaning.

    Raises:
        JobError, DataError, SplitError, ModelError: The job cannot be done as it is.
        TrainingError: There is not enough memory, or TensorFlow could not go on.
        Cancelled: The user asked to stop.
    """
    began = time.perf_counter()
    controls = Controls(commands, emit)
    dataset, workspace = open_dataset(
        job.folder, workspace=job.workspace, cancelled=controls.cancelled
    )
    split = split_of(job, dataset)
    labels = read_effective_labels(workspace, dataset, kept=job.labels).labels
    check_split(split, labels)
    pixels = PixelStore(workspace.pixels_folder, dataset)
    ahead = forecast(job, split, labels=labels)
    with _faults_in_words():
        network, weights = _network(job, ahead, emit)
        emit(Note("Timing some steps."))
        steps = _steps(network, _feed(job, split, pixels, labels), controls, began=began)
        emit(Note("Timing the validation."))
        judging = _judging_seconds(network, pixels, _few(split, "validation"), controls)
    found = _found(job, ahead, weights=weights, steps=steps, judging=judging)
    emit(found)
    return found


def _network(job: TrainingJob, ahead: Forecast, emit: Emit) -> tuple[keras.Model, str]:
    """The network, as the training would compile it, and where its weights come from."""
    emit(Note("Building the network."))
    keras.config.disable_interactive_logging()
    keras.utils.clear_session()
    keras.utils.set_random_seed(job.seed)
    network = for_training(build_network(job.model, alpha=job.alpha), computed_in(job))
    if not job.fine_tune:
        freeze_backbone(network)
    fetch = needs_download(job)
    weights = start_words(job) if fetch else load_start_weights(network, job, emit=emit)
    compile_network(
        network,
        peak=job.peak_learning_rate,
        steps=ahead.steps_per_epoch * job.epochs,
        schedule=job.schedule,
        label_smoothing=job.label_smoothing,
    )
    return network, weights


def _feed(job: TrainingJob, split: Split, pixels: PixelStore, labels: NDArray[np.int8]) -> Feed:
    rows = _few(split, "train")
    rows = rows[labels[rows] >= 0]
    return Feed(
        pixels,
        rows,
        labels=labels[rows],
        batch_size=job.batch_size,
        seed=job.seed,
        augmentation=job.augmentation,
        class_weights=job.class_weights,
    )


def _few(split: Split, part: str) -> NDArray[np.int64]:
    """int64[k]: the rows of a part of a few patients, drawn at random but always the same."""
    rows = split.rows(part)
    numbers = split.dataset.patient_index[rows]
    drawn = np.random.default_rng(0).permutation(np.unique(numbers))[:FEW_PATIENTS]
    return rows[np.isin(numbers, drawn)]


def _steps(network: keras.Model, feed: Feed, controls: Controls, *, began: float) -> _Stopwatch:
    watch = _Stopwatch(controls, began=began)
    with fault_of(feed):
        network.fit(
            feed.batches(),
            epochs=1,
            steps_per_epoch=1 + AHEAD + TIMED_STEPS,
            callbacks=[watch],
            shuffle=False,
            verbose=0,
        )
    return watch


class _Stopwatch(keras.callbacks.Callback):  # type: ignore[misc]
    """Times steps from end to end, so that waiting for the feed counts too."""

    def __init__(self, controls: Controls, *, began: float) -> None:
        super().__init__()
        self._controls = controls
        self._began = began
        self._ends: list[float] = []

    def on_train_batch_end(self, batch: int, logs: Mapping[str, Any] | None = None) -> None:
        """Note the time; stop when there were enough steps.

        Raises:
            Cancelled: The user asked to stop.
        """
        self._ends.append(time.perf_counter())
        self._controls.obey()
        if len(self._ends) > 1 and self._ends[-1] - self._ends[0] > STEP_BUDGET:
            self.model.stop_training = True

    @property
    def first_seconds(self) -> float:
        """From the start of the probe to the end of the first step, which traces the network."""
        return self._ends[0] - self._began

    @property
    def seconds(self) -> float:
        """The median of the steps, but of those whose batches were made while the network was."""
        taken = np.diff(self._ends)
        return float(np.median(taken[AHEAD:] if len(taken) > AHEAD else taken))


def _judging_seconds(
    network: keras.Model, pixels: Gathers, rows: NDArray[np.int64], controls: Controls
) -> float:
    """Seconds a patch takes in validation."""
    batch = np.zeros((BATCH_SIZE, PATCH_SIZE, PATCH_SIZE, 3), np.uint8)
    taken = []
    for number in range(JUDGED_BATCHES + 1):
        chosen = np.resize(rows, (number + 1) * BATCH_SIZE)[-BATCH_SIZE:]
        began = time.perf_counter()
        batch[:] = pixels.gather(chosen)
        network.predict_on_batch(batch)
        taken.append(time.perf_counter() - began)
        controls.obey()
    return float(np.median(taken[1:])) / BATCH_SIZE


def _found(
    job: TrainingJob, ahead: Forecast, *, weights: str, steps: _Stopwatch, judging: float
) -> Probed:
    memory, total = peak_memory(), total_memory()
    first, second = ahead.class_weights
    found = Probed(
        model=job.model,
        device=device_name(computed_in(job)),
        weights=weights,
        split_title=ahead.split_title,
        patients={part.part: part.patients for part in ahead.parts},
        patches={part.part: part.patches for part in ahead.parts},
        idc={part.part: part.idc for part in ahead.parts},
        class_weights={"not_idc": first, "idc": second},
        steps_per_epoch=ahead.steps_per_epoch,
        epochs=job.epochs,
        step_seconds=steps.seconds,
        judging_seconds=judging,
        first_step_seconds=steps.first_seconds,
        patches_per_second=job.batch_size / steps.seconds,
        epoch_seconds=0.0,
        training_seconds=0.0,
        memory=memory,
        memory_total=total,
        device_memory=_device_memory(),
        warnings=ahead.warnings,
    )
    tight = memory_warning(found)
    return replace(
        found,
        epoch_seconds=epoch_seconds(found, ahead),
        training_seconds=training_seconds(found, ahead),
        warnings=(*found.warnings, tight) if tight else found.warnings,
    )


def _device_memory() -> int:
    """Bytes of a graphics processor that were in use at most; 0 without one."""
    if not tf.config.list_physical_devices("GPU"):
        return 0
    return int(tf.config.experimental.get_memory_info("GPU:0")["peak"])


@contextmanager
def _faults_in_words() -> Iterator[None]:
    """Translate errors of TensorFlow and of the system."""
    try:
        yield
    except (MemoryError, tf.errors.ResourceExhaustedError) as error:
        raise TrainingError(
            "There is not enough memory for this training.",
            hint="Use a smaller batch size or close other programs.",
        ) from error
    except OSError as error:
        raise TrainingError(
            f"A file cannot be read: {error}.", hint="Check that the data folder is there."
        ) from error
    except tf.errors.OpError as error:
        raise TrainingError(
            f"TensorFlow could not go on: {error.message.splitlines()[0]}",
            hint="Try a smaller batch size.",
        ) from error

"""Writing the model folder: network, graph, card and curve, all or nothing."""

from __future__ import annotations

import importlib.metadata
import platform
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import keras
import tensorflow as tf

from bcviewer import __version__
from bcviewer.dataset.split import PARTS
from bcviewer.errors import StorageError
from bcviewer.model import folder as parts
from bcviewer.model.card import (
    DataCard,
    ModelCard,
    SplitCard,
    file_card,
    write_card,
)
from bcviewer.model.context import write_context
from bcviewer.model.engine import load_openvino
from bcviewer.model.events import Event, Note
from bcviewer.model.job import TrainingJob
from bcviewer.model.keras_backend.checkpoint import BestEpoch
from bcviewer.model.keras_backend.device import device_name
from bcviewer.model.keras_backend.material import Material
from bcviewer.model.keras_backend.network import PREPROCESSING, build_network
from bcviewer.model.keras_backend.precision import computed_in
from bcviewer.model.run_folder import RunFolder
from bcviewer.model.start_model import weights_name
from bcviewer.model.validated import Validated
from bcviewer.storage import cannot_write, place_folder

WRITING_FAILED = (tf.errors.OpError, RuntimeError)
"""What TensorFlow and OpenVINO make of a disk that is full; the first calls it short of memory."""

LIBRARIES = ("keras", "tensorflow", "openvino", "numpy")


def export_model(
    job: TrainingJob,
    run: RunFolder,
    *,
    material: Material,
    best: BestEpoch,
    weights_origin: str,
    emit: Callable[[Event], None],
    obey: Callable[[], None],
) -> ModelCard:
    """Write the model folder of a run from its best weights.

    Args:
        job: What was trained.
        run: The run.
        material: What it learned from.
        best: The best epoch, with its weights.
        weights_origin: Where the start weights came from.
        emit: Told which patients are left out of what is fitted here.
        obey: Carries out what the user asked for; called between the parts of the work.

    Raises:
        StorageError: The folder cannot be written.
        Cancelled: The user asked to stop; there is no model folder.
    """
    # Built anew: without the optimizer, whose state is of no use with these weights.
    network = build_network(job.model, alpha=job.alpha)
    network.set_weights(list(best.weights))
    validated = _validated(material, best)
    if validated.note:
        emit(Note(validated.note))
    part = run.path / ".model.part"
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir()
        write_network(network, part, obey=obey)
        obey()
        shutil.copyfile(run.history_path, part / parts.HISTORY)
        card = _card(job, run, material=material, best=best, validated=validated)
        update = {"weights_origin": weights_origin, "files": _files(part)}
        card = card.model_copy(update=update)
        write_card(part / parts.CARD, card)
        obey()
        if material.split.by != "patch":  # then the network learned from the same patients
            _write_context(part, card, validated)
        obey()
        place_folder(part, run.model_path, aside=True)
    except OSError as error:
        raise cannot_write(run.model_path, error) from error
    except WRITING_FAILED as error:
        raise StorageError(
            f"The model cannot be written to {run.model_path}: {_first_line(error)}.",
            hint="Check that the disk has room and that you may write there.",
        ) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return card


def write_network(
    network: keras.Model, folder: Path, *, obey: Callable[[], None] = lambda: None
) -> None:
    """Write a network for training on, and its graph for predicting.

    Args:
        network: The network.
        folder: Where to.
        obey: Called between network and graph.

    Raises:
        OSError: A file cannot be written.
    """
    _save_packed(network, folder / parts.NETWORK)
    obey()
    openvino = load_openvino()
    # Through a SavedModel: Keras' own way to OpenVINO fails on Python 3.13, where OpenVINO's
    # converter deletes a name that it has not imported.
    with tempfile.TemporaryDirectory(dir=folder) as saved:
        network.export(saved, format="tf_saved_model", verbose=False)
        graph = openvino.Core().read_model(saved)
        graph.reshape([-1, *network.input_shape[1:]])
        openvino.save_model(graph, folder / parts.GRAPH, compress_to_fp16=False)


def _save_packed(network: keras.Model, path: Path) -> None:
    """Save a network, its archive compressed: Keras leaves it as large as it is.

    Raises:
        OSError: The file cannot be written.
    """
    loose = path.with_name(f".loose{path.suffix}")  # Keras wants its own ending
    network.save(loose)
    with (
        zipfile.ZipFile(loose) as saved,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed,
    ):
        for member in saved.infolist():
            packed.writestr(member.filename, saved.read(member))
    loose.unlink()


def _validated(material: Material, best: BestEpoch) -> Validated:
    """What the best network says of validation patients, of those that it does not know.

    A patch-wise split has none of these, but by chance; that its scores are optimistic is told.
    """
    split = material.split
    learned = {*split.patients("train"), *material.heritage.trained}
    return Validated.of(
        material.dataset,
        material.validation,
        labels=material.labels.labels[material.validation],
        probabilities=best.probabilities,
        trained=() if split.by == "patch" else learned,
    )


def _write_context(folder: Path, card: ModelCard, validated: Validated) -> None:
    context = validated.context(graph=parts.graph_fingerprint(card.files))
    if context is not None:
        write_context(folder, context)


def _files(folder: Path) -> Mapping[str, Any]:
    return {name: file_card(folder / name) for name in parts.CHECKED}


def _card(
    job: TrainingJob, run: RunFolder, *, material: Material, best: BestEpoch, validated: Validated
) -> ModelCard:
    """The card, without its files and where the start weights came from."""
    dataset, split, seen = material.dataset, material.split, material.heritage
    threshold = validated.threshold
    return ModelCard(
        name=run.path.name,
        architecture=job.model,
        alpha=job.alpha,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        preprocessing=PREPROCESSING,
        threshold=threshold,
        split=SplitCard(
            title=split.title,
            fingerprint=split.fingerprint,
            patients={name: len(split.patients(name)) for name in PARTS},
        ),
        data=DataCard(
            fingerprint=dataset.fingerprint,
            patients=len(dataset.patients),
            patches=len(dataset),
            synthetic=dataset.synthetic,
        ),
        # Those of the model it goes on from too, or they would be called held out.
        patients_trained=_together(split.patients("train"), seen.trained),
        patients_validated=_together(split.patients("validation"), seen.validated),
        weights_origin="",
        best_epoch=best.epoch,
        validation=validated.card(threshold=threshold),
        versions=_versions(),
        job=_settings(job),
        files={},
        labels=material.labels.fingerprint,
        labels_corrected=material.labels.corrected,
        labels_left_out=material.labels.left_out,
        thresholds=validated.thresholds,
        device=device_name(computed_in(job)),
    )


def _first_line(error: Exception) -> str:
    text = error.message if isinstance(error, tf.errors.OpError) else str(error)
    return next(iter(str(text).splitlines()), "") or type(error).__name__


def _together(patients: Iterable[str], more: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({*patients, *more}))


def _settings(job: TrainingJob) -> dict[str, Any]:
    """The job without its places: a model is passed on, and paths tell names of people."""
    settings = job.model_dump(mode="json", exclude={"folder", "workspace", "run", "split"})
    return {**settings, "weights": weights_name(job.weights)}


def _versions() -> dict[str, str]:
    found = {name: importlib.metadata.version(name) for name in LIBRARIES}
    return {"bcviewer": __version__, "python": platform.python_version(), **found}

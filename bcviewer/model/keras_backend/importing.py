"""Importing a model file of Keras: read, rebuilt, written as a model folder, and tried."""

from __future__ import annotations

import importlib.metadata
import platform
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import keras
import numpy as np

from bcviewer import __version__
from bcviewer.dataset.names import PATCH_SIZE
from bcviewer.errors import ModelError, StorageError
from bcviewer.model import folder as parts
from bcviewer.model.card import (
    DataCard,
    ImportCard,
    ModelCard,
    PointCard,
    SplitCard,
    ValidationCard,
    file_card,
    write_card,
)
from bcviewer.model.engine import BATCH_SIZE, Predictor
from bcviewer.model.folder import ModelFolder
from bcviewer.model.imported_file import ImportedFile, opened
from bcviewer.model.imported_meaning import Meaning, meaning_of
from bcviewer.model.imported_options import ImportTask
from bcviewer.model.imported_plan import NetworkPlan
from bcviewer.model.keras_backend.export import LIBRARIES, WRITING_FAILED, write_network
from bcviewer.model.keras_backend.importing_network import imported_network
from bcviewer.storage import cannot_write, place_folder

IMPORTED = "imported"
"""The architecture of a model that was made elsewhere: none that can be trained here."""

SAME = 1e-4
"""Network and graph must agree to this; they do to 1e-6, but for networks that magnify rounding."""

STEPS = ("Reading the file", "Rebuilding the network", "Writing the graph", "Trying the graph")

Tell = Callable[[int, int, str], None]
"""Told the steps done, how many there are, and what is being done."""


def import_model(task: ImportTask, *, tell: Tell) -> ModelFolder:
    """Make a model folder of a file that Keras has saved; none of its code is run.

    Raises:
        ModelError: The file cannot be used, or the graph gives something else than the network.
        StorageError: The folder cannot be written.
    """
    tell(0, len(STEPS), STEPS[0])
    with opened(task.source, sha256=task.sha256) as file:
        meaning = meaning_of(file.plan, task.wishes)
        tell(1, len(STEPS), STEPS[1])
        network = imported_network(file.plan, file.weights, meaning)
    target = task.place
    card = _card(task, file, meaning, network, name=task.name or target.name)
    part = target.with_name(f".{target.name}.part")
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        tell(2, len(STEPS), STEPS[2])
        made = _write(part, network, card)
        tell(3, len(STEPS), STEPS[3])
        _check_alike(network, made, task.source)
        place_folder(part, target)
    except OSError as error:
        raise cannot_write(target, error) from error
    except WRITING_FAILED as error:
        raise StorageError(
            f"The model cannot be written to {target}: "
            f"{next(iter(str(error).splitlines()), '') or type(error).__name__}.",
            hint="Check that the disk has room and that you may write there.",
        ) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    tell(len(STEPS), len(STEPS), "Done")
    return ModelFolder.open(target)


def _write(part: Path, network: keras.Model, card: ModelCard) -> ModelFolder:
    write_network(network, part)
    (part / parts.HISTORY).write_bytes(b"")
    files = {name: file_card(part / name) for name in parts.CHECKED}
    write_card(part / parts.CARD, card.model_copy(update={"files": files}))
    return ModelFolder.open(part)


def _check_alike(network: keras.Model, made: ModelFolder, source: Path) -> None:
    """Look whether graph and network say the same of noise, and something that is a number."""
    generator = np.random.default_rng(0)
    patches = generator.integers(0, 256, (BATCH_SIZE, PATCH_SIZE, PATCH_SIZE, 3), np.uint8)
    wanted = np.asarray(network(patches, training=False))[:, 0]
    given = Predictor(made).probabilities(patches)
    furthest = float(np.abs(wanted - given).max())
    if not (np.isfinite(wanted).all() and wanted.min() >= 0 and wanted.max() <= 1):
        raise ModelError(
            f"The network in {source} gives no probabilities for patches.",
            hint="Check its scaling and its outputs.",
        )
    if not furthest <= SAME:
        raise ModelError(
            f"The graph made of {source} differs from the network by {furthest:.2g}.",
            hint="Such a network cannot be imported.",
        )


def _card(
    task: ImportTask, file: ImportedFile, meaning: Meaning, network: keras.Model, *, name: str
) -> ModelCard:
    versions = {each: importlib.metadata.version(each) for each in LIBRARIES}
    return ModelCard(
        name=name,
        architecture=IMPORTED,
        alpha=1.0,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        network_input_size=meaning.input_size,
        preprocessing=meaning.preprocessing,
        threshold=task.threshold,
        split=SplitCard(title="not known", fingerprint="", patients={}),
        data=DataCard(fingerprint="", patients=0, patches=0, synthetic=False),
        patients_trained=(),
        patients_validated=(),
        weights_origin=f"imported from {task.source.name}",
        best_epoch=0,
        validation=ValidationCard(patients=0, patches=0, at_half={}, at_threshold={}),
        versions={"bcviewer": __version__, "python": platform.python_version(), **versions},
        job={},
        files={},
        imported=ImportCard(
            file=task.source.name,
            sha256=file.sha256,
            written_by=file.written_by,
            network=_network_words(file.plan, network.count_params()),
            points=tuple(
                PointCard(name=point.name, words=point.words, how=point.how)
                for point in meaning.points
            ),
        ),
    )


def _network_words(plan: NetworkPlan, parameters: int) -> str:
    kinds = {layer.kind for layer in plan.leaves()}
    if {"DepthwiseConv2D", "Add"} <= kinds:
        about = "as MobileNetV2"
    else:
        about = "separable convolutions" if "SeparableConv2D" in kinds else "convolutions"
    return f"{len(plan.leaves())} layers ({about}), {parameters:,} parameters"

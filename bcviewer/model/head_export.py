"""Writing the model folder of a retrained head: that of its base, with another last layer."""

from __future__ import annotations

import importlib.metadata
import platform
import shutil
from datetime import UTC, datetime

from bcviewer import __version__
from bcviewer.dataset.split import PARTS, Split
from bcviewer.model import folder as parts
from bcviewer.model.card import (
    DataCard,
    ModelCard,
    SplitCard,
    file_card,
    write_card,
)
from bcviewer.model.context import write_context
from bcviewer.model.folder import ModelFolder
from bcviewer.model.graph_head import Head, write_graph
from bcviewer.model.head_network import write_network
from bcviewer.model.job import TrainingJob
from bcviewer.model.run_folder import RunFolder
from bcviewer.model.start_model import weights_name
from bcviewer.model.validated import Validated
from bcviewer.progress import Cancel
from bcviewer.storage import cannot_write, place_folder

LIBRARIES = ("openvino", "numpy", "scikit-learn")


def head_card(
    base: ModelFolder,
    run: RunFolder,
    *,
    job: TrainingJob,
    split: Split,
    validated: Validated,
    labels: str,
) -> ModelCard:
    """The card of a model that differs from its base in the head; without its files."""
    dataset, threshold = split.dataset, validated.threshold
    settings = job.model_dump(mode="json", exclude={"folder", "workspace", "run", "split"})
    versions = {name: importlib.metadata.version(name) for name in LIBRARIES}
    return base.card.model_copy(
        update={
            "name": run.path.name,
            "created": datetime.now(UTC).isoformat(timespec="seconds"),
            "threshold": threshold,
            "split": SplitCard(
                title=base.card.split.title,
                fingerprint=split.fingerprint,
                patients={name: len(split.patients(name)) for name in PARTS},
            ),
            "data": DataCard(
                fingerprint=dataset.fingerprint,
                patients=len(dataset.patients),
                patches=len(dataset),
                synthetic=dataset.synthetic,
            ),
            "weights_origin": (
                f"{base.card.name}, of which only the head was retrained; "
                f"that one: {base.card.weights_origin}"
            ),
            "best_epoch": 1,
            "validation": validated.card(threshold=threshold),
            "versions": {
                **base.card.versions,
                "bcviewer": __version__,
                "python": platform.python_version(),
                **versions,
            },
            "job": {**settings, "weights": weights_name(job.weights)},
            "files": {},
            "head_of": base.card.name,
            "head_of_fingerprint": base.fingerprint,
            "labels": labels,
            "thresholds": validated.thresholds,
        }
    )


def write_head_model(
    base: ModelFolder,
    run: RunFolder,
    card: ModelCard,
    *,
    old: Head,
    new: Head,
    validated: Validated,
    cancelled: Cancel | None = None,
) -> ModelFolder:
    """Write the model folder of a run, all or nothing, with the context of the new head.

    Args:
        base: The model whose head is replaced.
        run: Where to; it has its curve already.
        card: The card, without its files.
        old: The head of the base.
        new: The head in its place.
        validated: What it says of the validation patients.
        cancelled: Asked at each step of the fit of the context.

    Raises:
        Cancelled: The user asked to stop; there is no model folder.
        ModelError: The base's graph or network cannot be read.
        StorageError: The folder cannot be written.
    """
    part = run.path / ".model.part"
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir()
        write_graph(base, new, part / parts.GRAPH)
        write_network(base, old, new, part / parts.NETWORK)
        shutil.copyfile(run.history_path, part / parts.HISTORY)
        files = {name: file_card(part / name) for name in parts.CHECKED}
        card = card.model_copy(update={"files": files})
        write_card(part / parts.CARD, card)
        fingerprint = parts.graph_fingerprint(files)
        context = validated.context(graph=fingerprint, cancelled=cancelled)
        if context is not None:
            write_context(part, context)
        place_folder(part, run.model_path, aside=True)
    except OSError as error:
        raise cannot_write(run.model_path, error) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return ModelFolder(run.model_path, card, fingerprint, context)

"""Workers of comparing models: finding those at hand, and comparing two of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bcviewer.annotation.reading import EffectiveLabels
from bcviewer.errors import Cancelled, ModelError
from bcviewer.evaluation.contenders import Contender, fair_patients
from bcviewer.evaluation.judging import Whom
from bcviewer.evaluation.model_comparison import ModelComparison, compare_models
from bcviewer.gui.workers.data_workers import OpenedData
from bcviewer.gui.workers.worker import Worker
from bcviewer.model.card import read_card
from bcviewer.model.context import CONTEXT, PLAIN, View
from bcviewer.model.folder import CARD, ModelFolder
from bcviewer.model.library import bundled_models, imported_models, run_models
from bcviewer.model.prediction_store import PredictionStore


@dataclass(frozen=True)
class ModelAtHand:
    """A model that can be compared.

    Attributes:
        path: Its folder.
        name: What its card calls it.
        has_context: Whether it has learned to use neighbours.
    """

    path: Path
    name: str
    has_context: bool


@dataclass(frozen=True)
class ModelChoice:
    """A model that the user chose: its folder, and whether with context."""

    path: Path
    context: bool = False


@dataclass(frozen=True, eq=False)
class CompareWish:
    """What is to be compared.

    Attributes:
        data: The open data.
        models: The first and the second model.
        labels: What to judge by.
        whom: Patients by what they were for both models.
        patient: Only this one; "" for all of them.
    """

    data: OpenedData
    models: tuple[ModelChoice, ModelChoice]
    labels: EffectiveLabels
    whom: Whom
    patient: str = ""


class ModelsWorker(Worker):
    """Finds the models at hand: bundled, imported, of runs, and others; a tuple of them.

    Args:
        data: The open data.
        others: Folders of models that lie elsewhere.
    """

    def __init__(self, data: OpenedData, others: tuple[Path, ...] = ()) -> None:
        super().__init__()
        self._data = data
        self._others = others

    def work(self) -> tuple[ModelAtHand, ...]:
        folders = [
            *self._others,
            *run_models(self._data.workspace),
            *imported_models().values(),
            *bundled_models().values(),
        ]
        found = []
        for folder in dict.fromkeys(folders):
            if self.cancelled():
                raise Cancelled
            try:
                name = read_card(folder / CARD).name
            except ModelError:
                continue
            found.append(ModelAtHand(folder, name, (folder / CONTEXT).is_file()))
        return tuple(found)


class CompareWorker(Worker):
    """Predicts the patients with both models where that is needed; a ``ModelComparison``."""

    def __init__(self, wish: CompareWish) -> None:
        super().__init__()
        self._wish = wish

    def work(self) -> ModelComparison:
        wish, data = self._wish, self._wish.data
        contenders = contenders_of(wish.models)
        chosen = fair_patients(
            data.dataset,
            contenders,
            wish.labels.labels,
            whom=wish.whom,
            among=(wish.patient,) if wish.patient else None,
        )
        folder = data.workspace.predictions_folder
        one, other = (PredictionStore(folder, each.model.fingerprint) for each in contenders)
        return compare_models(
            data.dataset,
            data.store,
            contenders,
            chosen,
            labels=wish.labels,
            kept=(one, other),
            progress=self.tell,
            cancelled=self.cancelled,
        )


def contenders_of(models: tuple[ModelChoice, ModelChoice]) -> tuple[Contender, Contender]:
    """Open both models; where one is shown with context, both are calibrated if they can be.

    Raises:
        ModelError: One of them cannot be used.
    """
    opened = [ModelFolder.open(each.path) for each in models]
    calibrated = any(each.context for each in models)
    one, other = (
        Contender(
            model,
            View(choice.context, calibrated) if model.context is not None else PLAIN,
        )
        for model, choice in zip(opened, models, strict=True)
    )
    return one, other

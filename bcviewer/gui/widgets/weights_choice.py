"""The start weights of a training: ImageNet's, none, those of a model, or those of a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from bcviewer.gui.widgets.file_choice import FILE, FOLDER, FileChoice
from bcviewer.gui.words import marked, tr
from bcviewer.model.catalog import ARCHITECTURES, architecture
from bcviewer.model.folder import ModelFolder
from bcviewer.model.job import TrainingJob
from bcviewer.model.library import bundled_models, bundled_networks, model_place
from bcviewer.model.start_model import names_model

BUNDLED, IN_USE = "bundled", "in use"
BUNDLED_WORD = marked("the bundled model")
IN_USE_WORD = marked("the model in use")
PATTERN = marked("Weights (*.h5 *.hdf5);;All files (*)")


class WeightsChoice(FileChoice):
    """Offers what the chosen network can start from.

    The model in use is taken as it is when it is chosen, and named as any other: another one that
    comes into use later does not change what was set up.
    """

    def __init__(self, *, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(
            {"imagenet": tr("ImageNet"), "none": tr("none (random)"), BUNDLED: tr(BUNDLED_WORD)},
            caption=tr("Weights to start from"),
            pattern=tr(PATTERN),
            folder_caption=tr("A model, or its run, to go on from"),
            tip=tip,
            parent=parent,
        )
        # Last: it hands on to another choice, so that the arrow keys do not come past it.
        self.addItem(tr(IN_USE_WORD), IN_USE)
        self._bundled = bundled_networks()
        self._network = (ARCHITECTURES[0].name, ARCHITECTURES[0].alphas[0])
        self._in_use: ModelFolder | None = None

    @property
    def weights(self) -> str:
        """The start weights as a job names them."""
        if self.choice == BUNDLED:
            return self._bundled[self._network]
        return str(self.file or self.folder or self.choice)

    def set_network(self, name: str, alpha: float) -> None:
        """Offer what a network of this kind and width can start from."""
        self._network = (name, alpha)
        self._offer()

    def set_model_in_use(self, model: ModelFolder) -> None:
        """Offer another model in use."""
        self._in_use = model
        self._offer()

    def use(self, job: TrainingJob) -> None:
        """Choose the start weights of a job for the network that is set."""
        if names_model(job.weights):
            self._use_model(model_place(job.weights) or Path(job.weights).expanduser())
        elif job.weights not in ("imagenet", "none"):
            self.use_file(Path(job.weights).expanduser())
        else:
            # A network without pretrained weights says nothing of how another one should start.
            pretrained = architecture(job.model).pretrained
            self.choose(job.weights if pretrained else "imagenet")

    def _use_model(self, path: Path) -> None:
        name = self._bundled.get(self._network)
        if name is not None and path == bundled_models().get(name):
            self.choose(BUNDLED)
        else:
            self.use_folder(path)

    def _offer(self) -> None:
        pretrained = architecture(self._network[0]).pretrained
        offered = ["imagenet", "none", FOLDER, FILE] if pretrained else ["none", FOLDER]
        if self._network in self._bundled:
            offered.append(BUNDLED)
        card = self._in_use.card if self._in_use is not None else None
        fits = card is not None and (card.architecture, card.alpha) == self._network
        if card is not None and fits and card.imported is None:
            offered.append(IN_USE)
        self.allow(offered)

    @Slot(int)
    def _activate(self, index: int) -> None:
        if self.itemData(index) == IN_USE and self._in_use is not None:
            self._use_model(self._in_use.path)
        else:
            super()._activate(index)

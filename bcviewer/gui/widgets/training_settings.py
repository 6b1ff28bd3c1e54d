"""The place of the settings: the user's own form, or the settings of the run that trains."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from bcviewer.gui.style import GRID, set_role
from bcviewer.gui.widgets.elided_label import ElidedLabel
from bcviewer.gui.widgets.training_form import TrainingForm
from bcviewer.gui.words import tr
from bcviewer.model.job import TrainingJob


class TrainingSettings(QWidget):
    """Shows a run that did not begin with the form by a form of its own, only to be read.

    The user's own form is not touched by that, and comes back as it was.

    Args:
        form: The user's own.
    """

    def __init__(self, form: TrainingForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.own = form
        self.of_run: TrainingForm | None = None
        """The settings of the run that is shown; None until one is shown for the first time."""

        self.title = ElidedLabel()
        set_role(self.title, "muted")
        self._run = QWidget()
        whole = QVBoxLayout(self._run)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GRID)
        whole.addWidget(self.title)
        whole.addStretch(0)
        self._name = ""
        self._stack = QStackedLayout(self)
        self._stack.addWidget(form)
        self._stack.addWidget(self._run)

    def show_own(self) -> None:
        """Show the user's own settings."""
        self._stack.setCurrentWidget(self.own)

    def show_run(self, name: str) -> None:
        """Show that a run trains whose settings are not those of the form; its job comes next."""
        self._name = name
        self.title.setText(tr("Settings of {name}", name=name))
        if self.of_run is not None:
            self.of_run.hide()
        self._stack.setCurrentWidget(self._run)

    def show_job(self, job: TrainingJob | None) -> None:
        """Show the settings of that run; None where they cannot be read."""
        if job is None:
            self.title.setText(tr("The settings of {name} cannot be read", name=self._name))
            return
        if self.of_run is None:
            self.of_run = TrainingForm()
            self.of_run.set_editable(False)
            layout = self._run.layout()
            assert isinstance(layout, QVBoxLayout)
            layout.insertWidget(1, self.of_run, 1)
        self.of_run.use(job)
        self.of_run.show()

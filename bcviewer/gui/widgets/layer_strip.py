"""One row of controls for what lies over the tissue, and how."""

from __future__ import annotations

from typing import Final

import numpy as np
from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSlider,
    QToolButton,
    QWidget,
)

from bcviewer.gui.button_action import ButtonAction
from bcviewer.gui.style import GRID, GROUP, tabular_font
from bcviewer.gui.widgets.area_box import TIP as AREA_TIP
from bcviewer.gui.widgets.area_box import AreaBox
from bcviewer.gui.widgets.slide_flow import FlowLayout
from bcviewer.gui.widgets.slide_items import image_of
from bcviewer.gui.widgets.view_buttons import ViewButtons
from bcviewer.gui.words import marked, tr
from bcviewer.slide.heatmap import paint
from bcviewer.slide.palette import PALETTES, Palette

DEFAULT_OPACITY: Final = 0.45
DEFAULT_THRESHOLD: Final = 0.5
CONTOUR: Final = marked("a line around the regions at or above the threshold")
ERRORS: Final = marked("where the prediction contradicts the label, hatched")
NO_PREDICTION: Final = marked("There is no prediction for this patient yet.")

_SWATCH: Final = QSize(40, 12)
_SLIDER_WIDTH: Final = 64

# Fusion tells a pressed button from another by a shade of grey only.
_BUTTONS: Final = """
QToolButton { background: palette(button); border: 1px solid palette(dark); border-radius: 3px;
  padding: 3px 8px; }
QToolButton:hover { border-color: palette(text); }
QToolButton:checked { background: palette(highlight); border-color: palette(accent); }
QToolButton:focus { border: 2px solid palette(accent); padding: 2px 7px; }
QToolButton:disabled { background: palette(window); border-color: palette(mid); }
"""


class LayerStrip(QWidget):
    """Truth, prediction, errors, contour, labels and threshold; the rest behind "More".

    The setters change what is shown and emit nothing. ``area`` and ``views`` have their own.

    Signals:
        truth_toggled: The truth outline is wanted or not.
        prediction_toggled: The heatmap is wanted or not.
        errors_toggled: The marks of right and wrong predictions are wanted or not.
        contour_toggled: The line around the predicted regions is wanted or not.
        labels_toggled: The marks of labelled patches are wanted or not.
        grid_toggled: The grid is wanted or not.
        change_toggled: The change since the earlier model is wanted or not.
        before_toggled: The heatmap of the earlier model is wanted or not.
        opacity_changed: Opacity of the heatmap, 0 to 1.
        threshold_changed: Probability from which a patch counts as IDC, 0 to 1; while dragging.
        hide_below_toggled: Patches below the threshold stay clear or not.
        smooth_toggled: The heatmap is to be drawn smoothed or in blocks.
        palette_changed: Name of the palette.
    """

    truth_toggled = Signal(bool)
    prediction_toggled = Signal(bool)
    errors_toggled = Signal(bool)
    contour_toggled = Signal(bool)
    labels_toggled = Signal(bool)
    grid_toggled = Signal(bool)
    change_toggled = Signal(bool)
    before_toggled = Signal(bool)
    opacity_changed = Signal(float)
    threshold_changed = Signal(float)
    hide_below_toggled = Signal(bool)
    smooth_toggled = Signal(bool)
    palette_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._create()
        self._lay_out()
        self._connect()
        self.set_opacity(DEFAULT_OPACITY)
        self.set_threshold(DEFAULT_THRESHOLD)
        self.set_prediction_available(False)

    def _create(self) -> None:
        self._truth = _layer_button(tr("Truth"), "T", tr("the outline of the labelled IDC regions"))
        self._prediction = _layer_button(tr("Prediction"), "P", tr("the model's heatmap"))
        self._errors = _layer_button(tr("Errors"), "E", tr(ERRORS))
        self._contour = _layer_button(tr("Contour"), "K", tr(CONTOUR))
        self._labels = _layer_button(tr("Labels"), "L", tr("what readers said of the patches"))
        self._grid = _layer_button(tr("Grid"), "G", tr("the borders of the patches"))
        self._change = _layer_button(
            tr("Change"), "D", tr("how the last change of model moved each patch")
        )
        self._before = _layer_button(tr("Before"), "X", tr("the heatmap of the model before"))
        self._more = _layer_button(tr("More"), "", "")
        self._more.setToolTip(tr("Show opacity, colours and what is seldom changed"))
        self._more.setAccessibleName(tr("More controls"))
        self.views = ViewButtons(_BUTTONS)
        self._opacity_label, self._threshold_label = QLabel(tr("Opacity")), QLabel(tr("Threshold"))
        self._opacity = _slider(tr("Opacity of the heatmap"))
        self._percent = QLabel()
        self._percent.setFont(tabular_font())
        self._percent.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._percent.setMinimumWidth(self._percent.fontMetrics().horizontalAdvance("100 %"))
        self._threshold = _slider(tr("Threshold"))
        self._number = QDoubleSpinBox()
        self._number.setFont(tabular_font())
        self._number.setRange(0, 1)
        self._number.setSingleStep(0.01)
        self._number.setDecimals(2)
        # Else the first figure typed is a threshold already, and comes back as 0.00 under the rest.
        self._number.setKeyboardTracking(False)
        # The slider beside it and the arrow keys do what its buttons would.
        self._number.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
        self._number.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._number.setAccessibleName(tr("Threshold"))
        self.area = AreaBox()
        self._hide_below = QCheckBox(tr("Hide below"))
        self._smooth = QCheckBox(tr("Smooth"))
        self._palette = QComboBox()
        self._palette.setAccessibleName(tr("Palette of the heatmap"))
        self._palette.setIconSize(_SWATCH)
        for each in PALETTES:
            self._palette.addItem(_swatch(each), tr(each.title), each.name)

    def _lay_out(self) -> None:
        flow = FlowLayout(self, gap=GROUP, line_gap=GRID // 2)
        flow.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        layers = (self._truth, self._prediction, self._errors, self._contour, self._labels)
        flow.addWidget(_group(*layers, self._more, gap=GRID // 2))
        self._comparison = _group(self._change, self._before, gap=GRID // 2)
        self._comparison.hide()
        flow.addWidget(self._comparison)
        flow.addWidget(self.views)
        numbers = _group(self._number, self.area, gap=GRID // 2)
        flow.addWidget(_group(self._threshold_label, self._threshold, numbers))
        # Many controls at once hide the few that are always needed, and take height from the slide.
        self._seldom = (
            _group(self._opacity_label, self._opacity, self._percent),
            _group(self._palette, self._grid),
            _group(self._hide_below, self._smooth, self.views.averaged),
        )
        for group in self._seldom:
            flow.addWidget(group)
            group.hide()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _connect(self) -> None:
        self._truth.toggled.connect(self.truth_toggled)
        self._prediction.toggled.connect(self.prediction_toggled)
        self._errors.toggled.connect(self.errors_toggled)
        self._contour.toggled.connect(self.contour_toggled)
        self._labels.toggled.connect(self.labels_toggled)
        self._grid.toggled.connect(self.grid_toggled)
        self._change.toggled.connect(self.change_toggled)
        self._before.toggled.connect(self.before_toggled)
        self._more.toggled.connect(self.show_more)
        self._opacity.valueChanged.connect(self._opacity_moved)
        self._threshold.valueChanged.connect(self._threshold_moved)
        self._number.valueChanged.connect(self._threshold_typed)
        self._hide_below.toggled.connect(self.hide_below_toggled)
        self._smooth.toggled.connect(self.smooth_toggled)
        keys = {"T": self._truth, "P": self._prediction, "E": self._errors, "K": self._contour}
        keys |= {"L": self._labels, "G": self._grid, "D": self._change, "X": self._before}
        keyed = [ButtonAction(button, key) for key, button in keys.items()]
        others = [ButtonAction(box) for box in (self._hide_below, self._smooth)]
        self.commands = (*keyed, *self.views.commands, *others, ButtonAction(self._more))
        """The buttons as actions, for a menu."""
        self.addActions(self.commands)
        self._palette.currentIndexChanged.connect(self._palette_chosen)

    @Slot(bool)
    def show_more(self, on: bool) -> None:
        """Show opacity, palette, grid, hide below and smooth, or leave them out."""
        self._more.setChecked(on)
        for group in self._seldom:
            group.setVisible(on)
        self.updateGeometry()

    def set_truth(self, on: bool) -> None:
        """Show whether the truth outline is on."""
        with QSignalBlocker(self._truth):
            self._truth.setChecked(on)

    def set_prediction(self, on: bool) -> None:
        """Show whether the heatmap is on."""
        with QSignalBlocker(self._prediction):
            self._prediction.setChecked(on)

    def set_errors(self, on: bool) -> None:
        """Show whether right and wrong predictions are marked."""
        with QSignalBlocker(self._errors):
            self._errors.setChecked(on)

    def set_contour(self, on: bool) -> None:
        """Show whether the line around the predicted regions is on."""
        with QSignalBlocker(self._contour):
            self._contour.setChecked(on)

    def set_labels(self, on: bool) -> None:
        """Show whether the marks of labelled patches are on."""
        with QSignalBlocker(self._labels):
            self._labels.setChecked(on)

    def set_grid(self, on: bool) -> None:
        """Show whether the grid is on."""
        with QSignalBlocker(self._grid):
            self._grid.setChecked(on)

    def set_comparison(self, earlier: str, *, change: bool, before: bool) -> None:
        """Show what is on screen of the comparison with an earlier model.

        Args:
            earlier: Name of the earlier model; "" where there is none to compare with.
            change: Whether the change is shown.
            before: Whether the heatmap is that of the earlier model.
        """
        self._comparison.setVisible(bool(earlier))
        with QSignalBlocker(self._change), QSignalBlocker(self._before):
            self._change.setChecked(change)
            self._before.setChecked(before)
        self._before.setToolTip(
            _layer_tip("X", tr("the heatmap of the model before, {earlier}", earlier=earlier))
        )

    def set_opacity(self, opacity: float) -> None:
        """Show an opacity, 0 to 1."""
        with QSignalBlocker(self._opacity):
            self._opacity.setValue(round(100 * opacity))
        self._percent.setText(f"{self._opacity.value()} %")

    def set_threshold(self, threshold: float) -> None:
        """Show a threshold, 0 to 1."""
        with QSignalBlocker(self._threshold), QSignalBlocker(self._number):
            self._threshold.setValue(round(100 * threshold))
            self._number.setValue(threshold)

    def set_hide_below(self, on: bool) -> None:
        """Show whether patches below the threshold stay clear."""
        with QSignalBlocker(self._hide_below):
            self._hide_below.setChecked(on)

    def set_smooth(self, on: bool) -> None:
        """Show whether the heatmap is drawn smoothed."""
        with QSignalBlocker(self._smooth):
            self._smooth.setChecked(on)

    def set_palette(self, name: str) -> None:
        """Show a palette by its name; an unknown name changes nothing."""
        index = self._palette.findData(name)
        if index >= 0:
            with QSignalBlocker(self._palette):
                self._palette.setCurrentIndex(index)

    def set_prediction_available(self, available: bool, reason: str = "") -> None:
        """Enable what needs a prediction; where there is none, the tooltips say why."""
        for control, tip in self._prediction_tips():
            control.setEnabled(available)
            control.setToolTip(tip if available else reason or tr(NO_PREDICTION))
        for command in self.commands:
            command.follow()

    def _prediction_tips(self) -> tuple[tuple[QWidget, str], ...]:
        opacity = tr("How much the heatmap covers the tissue")
        threshold = tr("From this probability a patch counts as IDC")
        return (
            (self._prediction, _layer_tip("P", tr("the model's heatmap"))),
            (self._errors, _layer_tip("E", tr(ERRORS))),
            (self._contour, _layer_tip("K", tr(CONTOUR))),
            (self._opacity_label, opacity),
            (self._opacity, opacity),
            (self._percent, opacity),
            (self._threshold_label, threshold),
            (self._threshold, threshold),
            (self._number, threshold),
            (self.area, tr(AREA_TIP)),
            (self._hide_below, tr("Leave patches below the threshold clear")),
            (self._palette, tr("Colours of the heatmap")),
            (self._smooth, tr("Draw the heatmap smoothed; no number changes")),
        )

    @Slot(int)
    def _opacity_moved(self, percent: int) -> None:
        self._percent.setText(f"{percent} %")
        self.opacity_changed.emit(percent / 100)

    @Slot(int)
    def _threshold_moved(self, percent: int) -> None:
        with QSignalBlocker(self._number):
            self._number.setValue(percent / 100)
        self.threshold_changed.emit(percent / 100)

    @Slot(float)
    def _threshold_typed(self, threshold: float) -> None:
        with QSignalBlocker(self._threshold):
            self._threshold.setValue(round(100 * threshold))
        self.threshold_changed.emit(round(threshold, 2))

    @Slot(int)
    def _palette_chosen(self, index: int) -> None:
        self.palette_changed.emit(str(self._palette.itemData(index)))


def _layer_button(text: str, key: str, shows: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setStyleSheet(_BUTTONS)
    button.setCheckable(True)
    button.setToolTip(_layer_tip(key, shows))
    button.setAccessibleName(tr("Layer: {text}", text=text))
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button


def _layer_tip(key: str, shows: str) -> str:
    return tr("Show {shows} ({key})", shows=shows, key=key)


def _slider(name: str) -> QSlider:
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setRange(0, 100)
    slider.setPageStep(10)
    slider.setFixedWidth(_SLIDER_WIDTH)
    slider.setAccessibleName(name)
    return slider


def _group(*widgets: QWidget, gap: int = GRID) -> QWidget:
    group = QWidget()
    row = QHBoxLayout(group)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(gap)
    for widget in widgets:
        row.addWidget(widget)
    return group


def _swatch(palette: Palette) -> QIcon:
    values = np.linspace(0, 1, _SWATCH.width(), dtype=np.float32)[np.newaxis]
    ramp = paint(values, palette=palette, threshold=DEFAULT_THRESHOLD, opacity=1)
    # As a pixmap of its own: the picture only borrows the array's memory.
    return QIcon(QPixmap.fromImage(image_of(ramp).scaled(_SWATCH)))

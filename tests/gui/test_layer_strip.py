"""The strip of layers: tells what the user does, and nothing when it is told."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QSlider,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from bcviewer.gui.widgets.layer_strip import NO_PREDICTION, LayerStrip
from bcviewer.slide.palette import PALETTES
from bcviewer.slide.positive import PositiveArea

LEFT = Qt.MouseButton.LeftButton


class Heard:
    """Everything a strip has told."""

    def __init__(self, strip: LayerStrip) -> None:
        self.told: list[tuple[str, object]] = []
        for name in (
            "truth_toggled",
            "prediction_toggled",
            "grid_toggled",
            "opacity_changed",
            "threshold_changed",
            "hide_below_toggled",
            "contour_toggled",
            "errors_toggled",
            "smooth_toggled",
            "palette_changed",
        ):
            getattr(strip, name).connect(lambda value, name=name: self.told.append((name, value)))
        strip.area.share_chosen.connect(lambda value: self.told.append(("share_chosen", value)))


@pytest.fixture
def ground(qtbot: QtBot) -> QWidget:
    # Without a layout: a screenless Qt warns of windows that have a smallest size.
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(1000, 200)
    return widget


@pytest.fixture
def strip(ground: QWidget) -> LayerStrip:
    made = LayerStrip(ground)
    made.set_prediction_available(True)
    made.resize(1000, 40)
    ground.show()
    made.show_more(True)
    return made


def layer_boxes(strip: LayerStrip) -> list[QCheckBox]:
    """The ticks of what is drawn; averaging is a way to predict, and needs no prediction."""
    return [box for box in strip.findChildren(QCheckBox) if box.text() != "Average flips"]


def button(strip: LayerStrip, text: str) -> QToolButton:
    return next(each for each in strip.findChildren(QToolButton) if each.text() == text)


def slider(strip: LayerStrip, name: str) -> QSlider:
    return next(each for each in strip.findChildren(QSlider) if each.accessibleName() == name)


@pytest.mark.parametrize(
    ("text", "key", "signal"),
    [
        ("Truth", Qt.Key.Key_T, "truth_toggled"),
        ("Prediction", Qt.Key.Key_P, "prediction_toggled"),
        ("Grid", Qt.Key.Key_G, "grid_toggled"),
        ("Contour", Qt.Key.Key_K, "contour_toggled"),
        ("Errors", Qt.Key.Key_E, "errors_toggled"),
    ],
)
def test_a_layer_is_toggled_by_its_button_and_by_its_key(
    strip: LayerStrip, qtbot: QtBot, text: str, key: Qt.Key, signal: str
) -> None:
    heard = Heard(strip)
    QTest.mouseClick(button(strip, text), LEFT)
    assert heard.told == [(signal, True)]
    strip.activateWindow()
    strip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    strip.setFocus()
    qtbot.waitUntil(strip.hasFocus)
    QTest.keyClick(strip, key)
    assert heard.told == [(signal, True), (signal, False)]
    assert strip.hasFocus(), "the key must not take the keyboard from where it was"
    assert f"({key.name[-1]})" in button(strip, text).toolTip()


def test_the_threshold_is_told_while_its_slider_moves_and_both_controls_agree(
    strip: LayerStrip,
) -> None:
    heard = Heard(strip)
    control, number = slider(strip, "Threshold"), strip.findChildren(QDoubleSpinBox)[0]
    QTest.keyClick(control, Qt.Key.Key_Right)
    QTest.keyClick(control, Qt.Key.Key_Right)
    assert heard.told == [("threshold_changed", 0.51), ("threshold_changed", 0.52)]
    assert number.value() == pytest.approx(0.52)
    number.setFocus()
    QTest.keyClick(number, Qt.Key.Key_Up)
    assert heard.told[-1] == ("threshold_changed", 0.53)
    assert len(heard.told) == 3
    assert control.value() == 53


def test_a_threshold_can_be_typed(strip: LayerStrip) -> None:
    heard = Heard(strip)
    number = strip.findChildren(QDoubleSpinBox)[0]
    number.selectAll()
    QTest.keyClicks(number, number.locale().toString(0.37, "f", 2))
    QTest.keyClick(number, Qt.Key.Key_Return)
    assert heard.told[-1] == ("threshold_changed", 0.37)


def test_opacity_is_told_from_0_to_1_and_shown_in_percent(strip: LayerStrip) -> None:
    heard = Heard(strip)
    QTest.keyClick(slider(strip, "Opacity of the heatmap"), Qt.Key.Key_End)
    assert heard.told == [("opacity_changed", 1.0)]
    assert "100 %" in [label.text() for label in strip.findChildren(QLabel)]


def test_hide_below_and_the_palette_are_told(strip: LayerStrip) -> None:
    heard = Heard(strip)
    box, combo = strip.findChildren(QCheckBox)[0], strip.findChildren(QComboBox)[0]
    QTest.mouseClick(box, LEFT, pos=box.rect().center())
    QTest.keyClick(combo, Qt.Key.Key_Down)
    assert heard.told == [("hide_below_toggled", True), ("palette_changed", "blue_orange")]
    smooth = strip.findChildren(QCheckBox)[1]
    QTest.mouseClick(smooth, LEFT, pos=smooth.rect().center())
    assert heard.told[-1] == ("smooth_toggled", True)
    assert combo.count() == len(PALETTES)
    assert not any(combo.itemIcon(index).isNull() for index in range(combo.count()))


def test_being_told_is_not_echoed(strip: LayerStrip) -> None:
    heard = Heard(strip)
    strip.set_truth(True)
    strip.set_prediction(True)
    strip.set_grid(True)
    strip.set_opacity(0.7)
    strip.set_threshold(0.314)
    strip.area.show_area(PositiveArea(3, 8))
    strip.set_hide_below(True)
    strip.set_contour(True)
    strip.set_errors(True)
    strip.set_smooth(True)
    strip.set_palette("cividis")
    strip.set_palette("no such palette")
    strip.set_prediction_available(False)
    strip.set_prediction_available(True)
    assert heard.told == []
    assert button(strip, "Truth").isChecked()
    assert button(strip, "Prediction").isChecked()
    assert button(strip, "Grid").isChecked()
    assert slider(strip, "Opacity of the heatmap").value() == 70
    assert slider(strip, "Threshold").value() == 31
    assert strip.findChildren(QDoubleSpinBox)[0].value() == pytest.approx(0.31)
    assert strip.area.text() == strip.locale().toString(38.0, "f", 0) + " %"
    assert all(box.isChecked() for box in layer_boxes(strip))
    assert button(strip, "Contour").isChecked()
    assert strip.findChildren(QComboBox)[0].currentData() == "cividis"


def test_without_a_prediction_what_needs_one_is_off_and_says_why(strip: LayerStrip) -> None:
    strip.set_prediction_available(False)
    for control in (
        button(strip, "Prediction"),
        button(strip, "Contour"),
        button(strip, "Errors"),
        slider(strip, "Opacity of the heatmap"),
        slider(strip, "Threshold"),
        *strip.findChildren(QDoubleSpinBox),
        *layer_boxes(strip),
        strip.findChildren(QComboBox)[0],
    ):
        assert not control.isEnabled()
        assert control.toolTip() == NO_PREDICTION
    assert [label.isEnabled() for label in strip.findChildren(QLabel)] == [False] * 3
    assert button(strip, "Truth").isEnabled()
    assert button(strip, "Grid").isEnabled()
    strip.set_prediction_available(False, "Predict this patient first.")
    assert button(strip, "Prediction").toolTip() == "Predict this patient first."


@pytest.mark.parametrize("width", [1600, 640, 420])
def test_on_a_narrow_window_the_strip_goes_on_in_another_line(
    strip: LayerStrip, width: int
) -> None:
    strip.set_comparison("" if width == 1600 else "model before", change=False, before=False)
    strip.resize(width, strip.heightForWidth(width))
    everything = [*strip.findChildren(QSlider), *strip.findChildren(QToolButton)]
    controls = [control for control in everything if control.isVisibleTo(strip)]
    for control in controls:
        place = control.mapTo(strip, control.rect().bottomRight())
        assert strip.rect().contains(place)
    lines = {control.mapTo(strip, control.rect().center()).y() // 16 for control in controls}
    assert (len(lines) > 1) == (width < 1600)


def test_the_comparison_with_a_model_before_is_there_only_when_there_is_one(
    strip: LayerStrip, qtbot: QtBot
) -> None:
    assert strip._comparison.isHidden()
    strip.set_comparison("simple_cnn", change=True, before=False)
    assert not strip._comparison.isHidden()
    assert strip._change.isChecked()
    assert "simple_cnn" in strip._before.toolTip()
    with qtbot.waitSignal(strip.before_toggled) as told:
        strip._before.click()
    assert told.args == [True]
    strip.set_comparison("", change=False, before=False)
    assert strip._comparison.isHidden()


def test_what_is_seldom_changed_is_shown_when_more_is_asked_for(
    strip: LayerStrip, qtbot: QtBot
) -> None:
    opacity = slider(strip, "Opacity of the heatmap")
    tall = strip.heightForWidth(520)
    QTest.mouseClick(button(strip, "More"), LEFT)
    assert not opacity.isVisible()
    assert strip.heightForWidth(520) < tall
    heard = Heard(strip)
    strip.activateWindow()
    strip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    strip.setFocus()
    qtbot.waitUntil(strip.hasFocus)
    QTest.keyClick(strip, Qt.Key.Key_G)
    assert heard.told == [("grid_toggled", True)], "keys work for what is not on screen"

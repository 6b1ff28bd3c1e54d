"""The icons: one family, in the colour of the text, crisp on every screen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from xml.etree import ElementTree

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from bcviewer.gui import style
from bcviewer.gui.icons import LARGE, SMALL, app_icon, icon, icon_names

WANTED = {
    *("open-folder", "demo", "patients", "slide", "predict", "predict-all", "stop", "play"),
    *("pause", "train", "curves", "model", "truth", "prediction", "grid", "palette", "fit"),
    *("zoom-in", "zoom-out", "report", "settings", "warning", "info", "close", "export"),
    *("undo", "redo"),
}
OUTLINES = sorted(set(icon_names()) - {"bcviewer"})
EVERY = pytest.mark.parametrize("name", OUTLINES)


@pytest.fixture(autouse=True)
def coloured(qapp: QApplication) -> Iterator[None]:
    """Colours that a test can tell apart."""
    before = QPalette(qapp.palette())
    palette = QPalette(before)
    palette.setColor(QPalette.ColorRole.ButtonText, QColor("#102030"))
    palette.setColor(QPalette.ColorRole.BrightText, QColor("#f0e0d0"))
    palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText, QColor("#8090a0"))
    qapp.setPalette(palette)
    yield
    qapp.setPalette(before)


def pixels(pixmap: QPixmap) -> NDArray[np.uint8]:
    """uint8[h, w, 4], RGBA, not premultiplied."""
    image = pixmap.toImage().convertToFormat(QImage.Format.Format_RGBA8888)
    flat = np.frombuffer(image.constBits(), np.uint8).copy()
    return flat.reshape(image.height(), image.width(), 4)


def colour_of(pixmap: QPixmap) -> str:
    """The colour of what is drawn fully."""
    drawn = pixels(pixmap)
    full = drawn[drawn[..., 3] > 250][:, :3]
    red, green, blue = np.median(full, axis=0).astype(int)
    return f"#{red:02x}{green:02x}{blue:02x}"


def test_every_icon_that_the_window_needs_is_there() -> None:
    assert set(OUTLINES) >= WANTED


@EVERY
def test_an_icon_belongs_to_the_family(name: str) -> None:
    source = (files("bcviewer.resources") / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    root = ElementTree.fromstring(source)
    assert root.attrib["viewBox"] == "0 0 24 24"
    assert root.attrib["stroke-width"] == "1.75"
    assert (root.attrib["stroke-linecap"], root.attrib["stroke-linejoin"]) == ("round", "round")
    colours = set(re.findall(r'(?:fill|stroke)="([^"]*)"', source))
    assert colours <= {"none", "currentColor"}


@EVERY
@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_an_icon_is_drawn_in_the_colour_of_the_text(name: str, size: QSize) -> None:
    drawn = pixels(icon(name).pixmap(size, 2.0))
    share = (drawn[..., 3] > 128).mean()
    assert 0.04 < share < 0.6
    assert colour_of(icon(name).pixmap(size, 2.0)) == "#102030"


@EVERY
def test_an_icon_stays_within_its_square(name: str) -> None:
    alpha = pixels(icon(name).pixmap(LARGE, 2.0))[..., 3]
    edge = np.concatenate([alpha[0], alpha[-1], alpha[:, 0], alpha[:, -1]])
    assert not edge.any()


def test_a_disabled_icon_is_drawn_in_the_disabled_colour() -> None:
    pixmap = icon("stop").pixmap(QSize(48, 48), 1.0, QIcon.Mode.Disabled)
    assert colour_of(pixmap) == "#8090a0"


def test_an_icon_can_stand_on_the_accent_and_loses_it_when_disabled() -> None:
    on_accent = icon("stop", role=QPalette.ColorRole.BrightText)
    assert colour_of(on_accent.pixmap(QSize(48, 48), 1.0)) == "#f0e0d0"
    disabled = on_accent.pixmap(QSize(48, 48), 1.0, QIcon.Mode.Disabled)
    assert colour_of(disabled) == "#8090a0"


def test_an_icon_follows_the_palette(qapp: QApplication) -> None:
    shown = icon("stop")
    before = colour_of(shown.pixmap(LARGE, 2.0))
    qapp.setPalette(style.palette(style.dark()))
    assert colour_of(shown.pixmap(LARGE, 2.0)) == style.dark().text != before


def test_an_icon_is_crisp_on_a_fine_screen() -> None:
    coarse, fine = (icon("grid").pixmap(SMALL, ratio) for ratio in (1.0, 2.0))
    assert (coarse.width(), fine.width()) == (16, 32)
    assert fine.devicePixelRatio() == 2.0
    upscaled = np.kron(pixels(coarse)[..., 3], np.ones((2, 2), np.uint8))
    assert (pixels(fine)[..., 3] != upscaled).mean() > 0.2


def test_an_icon_survives_copies_and_widgets(qtbot: QtBot) -> None:
    """Qt clones and drops engines behind our back."""
    for _ in range(200):
        button = QPushButton(icon("play"), "Go on")
        qtbot.addWidget(button)
        copied = QIcon(button.icon())
        copied.addPixmap(QPixmap(4, 4))
        button.setIcon(icon("pause"))
        assert not button.grab().isNull()


def test_a_wrong_name_is_answered_with_the_right_ones() -> None:
    with pytest.raises(ValueError, match=r"no icon 'zoom'; there are .*zoom-in, zoom-out"):
        icon("zoom")


@pytest.mark.parametrize("side", [16, 24, 32, 48, 64, 128, 256])
def test_the_program_has_an_icon_at_every_size(qapp: QApplication, side: int) -> None:
    drawn = pixels(app_icon().pixmap(QSize(side, side), 1.0))
    assert drawn.shape[:2] == (side, side)
    solid = drawn[drawn[..., 3] > 250][:, :3].astype(int)
    heat = np.array([[0xB9, 0xE3, 0xA0], [0xF0, 0xB2, 0x4B], [0xA3, 0x14, 0x2C]])
    for colour in heat:
        assert (np.abs(solid - colour).max(axis=1) < 12).any()

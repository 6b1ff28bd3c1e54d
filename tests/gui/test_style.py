"""The look: readable in light and dark, and complete, so that no default colour shines through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from bcviewer.gui import style
from bcviewer.gui.scheme import WindowStyle
from bcviewer.gui.style import Tokens

SCHEMES = pytest.mark.parametrize("tokens", [style.light(), style.dark()], ids=["light", "dark"])
SURFACES = ("window", "panel", "raised")
TEXTS = ("text", "muted", "accent", "danger", "warn", "good")


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    """The application; it looks as before after the test."""
    palette, sheet, font = QPalette(qapp.palette()), qapp.styleSheet(), qapp.font()
    yield qapp
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)
    qapp.setFont(font)


@SCHEMES
@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("text", TEXTS)
def test_text_is_readable_on_every_surface(tokens: Tokens, surface: str, text: str) -> None:
    assert style.contrast(getattr(tokens, text), getattr(tokens, surface)) >= 4.5


@SCHEMES
def test_text_is_readable_on_accent_and_selection(tokens: Tokens) -> None:
    assert style.contrast(tokens.accent_text, tokens.accent) >= 4.5
    assert style.contrast(tokens.text, tokens.accent_soft) >= 4.5


@SCHEMES
@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("colour", ["control_line", "curve_training", "curve_validation"])
def test_controls_and_curves_are_seen_on_every_surface(
    tokens: Tokens, surface: str, colour: str
) -> None:
    assert style.contrast(getattr(tokens, colour), getattr(tokens, surface)) >= 3


@SCHEMES
def test_what_is_disabled_is_quieter_than_what_is_not(tokens: Tokens) -> None:
    for surface in (tokens.window, tokens.panel):
        assert (
            2.5 <= style.contrast(tokens.disabled, surface) < style.contrast(tokens.muted, surface)
        )


def test_contrast_has_its_known_ends() -> None:
    assert style.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert style.contrast("#ffffff", "#000000") == pytest.approx(21)
    assert style.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert style.contrast("#336699", "#336699") == pytest.approx(1)


@SCHEMES
def test_the_palette_has_no_colour_of_its_own(tokens: Tokens, qapp: QApplication) -> None:
    known = {getattr(tokens, field.name) for field in fields(tokens) if field.type == "str"}
    palette = style.palette(tokens)
    groups = (
        QPalette.ColorGroup.Active,
        QPalette.ColorGroup.Inactive,
        QPalette.ColorGroup.Disabled,
    )
    roles = set(QPalette.ColorRole) - {
        QPalette.ColorRole.NoRole,
        QPalette.ColorRole.NColorRoles,
    }
    strange = {
        (group.name, role.name)
        for group in groups
        for role in roles
        if palette.color(group, role).name() not in known
    }
    assert strange == set()


@SCHEMES
def test_disabled_text_is_told_apart(tokens: Tokens) -> None:
    palette = style.palette(tokens)
    disabled = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText)
    assert disabled.name() == tokens.disabled != tokens.text


@SCHEMES
@pytest.mark.parametrize("kind", [QLineEdit, QComboBox, QSpinBox, QPushButton])
def test_the_outline_of_a_control_is_seen(
    app: QApplication, qtbot: QtBot, tokens: Tokens, kind: type[QWidget]
) -> None:
    """As it is drawn, not as it was meant: Fusion makes its own outline out of the palette."""
    style.apply(app, tokens)
    window = QWidget()
    control = kind()
    QVBoxLayout(window).addWidget(control)
    qtbot.addWidget(window)
    window.resize(160, 60)
    with qtbot.waitExposed(window):
        window.show()
    window.setFocus()
    picture = window.grab().toImage()
    centre = control.geometry().center()
    column = [picture.pixelColor(centre.x(), y).name() for y in range(centre.y())]
    strongest = max(style.contrast(colour, tokens.window) for colour in column)
    assert column[0] == tokens.window
    assert strongest >= 3


@SCHEMES
def test_apply_reaches_widgets(app: QApplication, qtbot: QtBot, tokens: Tokens) -> None:
    style.apply(app, tokens)
    label = QLabel("words")
    qtbot.addWidget(label)
    assert label.palette().color(QPalette.ColorRole.Window).name() == tokens.window
    assert label.font().pixelSize() == style.BODY_PX == 13


def test_a_role_colours_a_label_at_once(app: QApplication, qtbot: QtBot) -> None:
    tokens = style.light()
    style.apply(app, tokens)
    label = QLabel("words")
    qtbot.addWidget(label)
    for role, colour in (("danger", tokens.danger), ("", tokens.text), ("good", tokens.good)):
        style.set_role(label, role)
        label.ensurePolished()
        assert label.palette().color(QPalette.ColorRole.WindowText).name() == colour


def test_fonts_have_the_three_sizes(qapp: QApplication) -> None:
    sizes = [font().pixelSize() for font in (style.caption_font, style.body_font, style.title_font)]
    assert sizes == [11, 13, 16]
    assert style.title_font().weight() > style.body_font().weight()


def test_figures_in_columns_are_of_one_width(qapp: QApplication) -> None:
    font = style.tabular_font(style.caption_font())
    assert font.pixelSize() == style.CAPTION_PX
    assert [tag.toString() for tag in font.featureTags()] == [b"tnum"]


def test_the_style_sheet_is_filled_in(qapp: QApplication) -> None:
    assert "$" not in style.style_sheet(style.dark())


def test_the_look_follows_the_system(app: QApplication, qtbot: QtBot) -> None:
    look = WindowStyle(app)
    assert look.tokens == style.light(), "the system tells nothing here"
    app.setPalette(QPalette(QColor("#ff0000")))
    with qtbot.waitSignal(look.tokens_changed) as told:
        app.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert told.args == [look.tokens]
    assert app.palette().color(QPalette.ColorRole.Window).name() == look.tokens.window

"""The look of the window: colour tokens for light and dark, fonts, and their application to Qt.

Widgets that Qt draws take their colours from the palette; widgets that we draw take them from
`Tokens`. Both come from the same place, so that a change of the scheme reaches both.
"""

from __future__ import annotations

from dataclasses import dataclass
from string import Template

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

GRID = 8
GROUP = 16
BODY_PX = 13
CAPTION_PX = 11
TITLE_PX = 16


@dataclass(frozen=True)
class Tokens:
    """Every colour of the window as "#rrggbb".

    `window`, `panel` and `raised` are surfaces, from the back to the front; `text`, `muted`,
    `accent`, `danger`, `warn` and `good` may stand as text on each of them. `line` separates
    and carries no meaning; `control_line` outlines what can be operated.
    """

    dark: bool
    window: str
    panel: str
    raised: str
    line: str
    control_line: str
    text: str
    muted: str
    disabled: str
    accent: str
    accent_text: str
    accent_soft: str
    danger: str
    warn: str
    good: str
    hatch: str
    slide_background: str
    curve_training: str
    curve_validation: str


def light() -> Tokens:
    """Return the tokens for a light scheme."""
    return Tokens(
        dark=False,
        window="#efeff0",
        panel="#f7f7f8",
        raised="#ffffff",
        line="#d5d5d9",
        control_line="#85858b",
        text="#1c1c1f",
        muted="#5b5b62",
        disabled="#828289",
        accent="#205fb4",
        accent_text="#ffffff",
        accent_soft="#d3e3f8",
        danger="#b3261e",
        warn="#835300",
        good="#1c7238",
        hatch="#cdcdd1",
        slide_background="#e2e2e4",
        curve_training="#205fb4",
        curve_validation="#b54708",
    )


def dark() -> Tokens:
    """Return the tokens for a dark scheme."""
    return Tokens(
        dark=True,
        window="#1e1e20",
        panel="#252528",
        raised="#303034",
        line="#3f3f44",
        control_line="#86868d",
        text="#ececee",
        muted="#adadb4",
        disabled="#7b7b82",
        accent="#7db1ff",
        accent_text="#0c1a2e",
        accent_soft="#2d4669",
        danger="#ff938a",
        warn="#efb74e",
        good="#72cf8f",
        hatch="#3b3b40",
        slide_background="#161618",
        curve_training="#7db1ff",
        curve_validation="#ffa05a",
    )


def apply(app: QApplication, tokens: Tokens) -> None:
    """Set style, fonts, palette and style sheet of the whole application.

    Every widget there is takes them on at once: a third of a second for a whole window.
    """
    if not app.styleSheet():  # else it is set, and that again would take as long as all the rest
        app.setStyle("Fusion")
        app.setFont(body_font())
    app.setPalette(palette(tokens))
    for name in _OUTLINED:
        # The stubs say bytes; what runs takes str alone.
        app.setPalette(_outlined(tokens), name)  # type: ignore[arg-type]
    app.setStyleSheet(style_sheet(tokens))


def palette(tokens: Tokens) -> QPalette:
    """Return a palette in which every role of every group comes from the tokens."""
    built = QPalette()
    role = QPalette.ColorRole
    colours = {
        role.Window: tokens.window,
        role.WindowText: tokens.text,
        role.Base: tokens.raised,
        role.AlternateBase: tokens.panel,
        role.Text: tokens.text,
        role.Button: tokens.raised,
        role.ButtonText: tokens.text,
        # Text that stands on the accent, such as the icon of a primary button.
        role.BrightText: tokens.accent_text,
        role.PlaceholderText: tokens.muted,
        role.ToolTipBase: tokens.raised,
        role.ToolTipText: tokens.text,
        role.Highlight: tokens.accent_soft,
        role.HighlightedText: tokens.text,
        role.Accent: tokens.accent,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.Light: tokens.raised,
        role.Midlight: tokens.panel,
        role.Mid: tokens.line,
        role.Dark: tokens.control_line,
        role.Shadow: tokens.control_line,
    }
    for each, colour in colours.items():
        built.setColor(each, QColor(colour))
    for each in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        built.setColor(QPalette.ColorGroup.Disabled, each, QColor(tokens.disabled))
    built.setColor(QPalette.ColorGroup.Disabled, role.PlaceholderText, QColor(tokens.disabled))
    built.setColor(QPalette.ColorGroup.Disabled, role.Base, QColor(tokens.window))
    built.setColor(QPalette.ColorGroup.Disabled, role.Button, QColor(tokens.window))
    built.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(tokens.line))
    built.setColor(QPalette.ColorGroup.Disabled, role.Accent, QColor(tokens.disabled))
    return built


_OUTLINED = (
    "QPushButton",
    "QToolButton",
    "QComboBox",
    "QLineEdit",
    "QAbstractSpinBox",
    "QCheckBox",
    "QRadioButton",
    "QSlider",
)


def _outlined(tokens: Tokens) -> QPalette:
    # Fusion outlines a control with its Window colour made darker by 1.4, which is too faint on
    # light and lost on dark. These classes never fill themselves with Window, so it may be the
    # colour whose darker form is the outline that we want.
    built = palette(tokens)
    built.setColor(QPalette.ColorRole.Window, QColor(tokens.control_line).lighter(140))
    built.setColor(
        QPalette.ColorGroup.Disabled, QPalette.ColorRole.Window, QColor(tokens.line).lighter(140)
    )
    return built


def style_sheet(tokens: Tokens) -> str:
    """Return the few rules that a palette cannot say."""
    return Template(_SHEET).substitute(vars(tokens), caption=CAPTION_PX, title=TITLE_PX, grid=GRID)


def body_font() -> QFont:
    """Return the system's font at the size of running text."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    font.setPixelSize(BODY_PX)
    return font


def caption_font() -> QFont:
    """Return the font of captions, axis labels and badges: the smallest in the window."""
    font = body_font()
    font.setPixelSize(CAPTION_PX)
    return font


def title_font() -> QFont:
    """Return the font of a panel's title."""
    font = body_font()
    font.setPixelSize(TITLE_PX)
    font.setWeight(QFont.Weight.DemiBold)
    return font


def tabular_font(font: QFont | None = None) -> QFont:
    """Return `font` (running text by default) with figures of one width, for columns."""
    tabular = QFont(font) if font is not None else body_font()
    tabular.setFeature(QFont.Tag("tnum"), 1)
    return tabular


def set_role(widget: QWidget, role: str) -> None:
    """Colour a label by its role: title, caption, muted, danger, warn or good; "" for none."""
    if widget.property("role") != role:
        widget.setProperty("role", role)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two "#rrggbb" colours, 1 to 21 (WCAG 2.2, contrast ratio)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parsed = QColor(colour)
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (parsed.redF(), parsed.greenF(), parsed.blueF())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


_SHEET = """
QToolTip { color: $text; background: $raised; border: 1px solid $control_line; padding: 3px; }
QLabel[role="title"] { font-size: ${title}px; font-weight: 600; }
QLabel[role="caption"] { font-size: ${caption}px; color: $muted; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="danger"] { color: $danger; }
QLabel[role="warn"] { color: $warn; }
QLabel[role="good"] { color: $good; }
QLabel[badge="true"] { font-size: ${caption}px; font-weight: 600; color: $text;
  border: 1px solid $control_line; border-radius: 3px; padding: 1px 5px; }
QPushButton[primary="true"] { color: $accent_text; background: $accent; font-weight: 600;
  border: 1px solid $accent; border-radius: 3px; padding: 4px 12px; }
QPushButton[primary="true"]:hover { border-color: $text; }
QPushButton[primary="true"]:focus { border-color: $text; }
QPushButton[primary="true"]:disabled { color: $disabled; background: $window;
  border-color: $line; }
QToolButton[segment] { font-size: ${caption}px; color: $text; background: $raised;
  border: 1px solid $control_line; padding: 2px 6px; }
QToolButton[segment="next"] { margin-left: -1px; }
QToolButton[segment]:checked { background: $accent_soft; border-color: $accent; }
QToolButton[segment]:focus { border-color: $accent; }
QToolButton[segment]:disabled { color: $disabled; }
QToolBar QToolButton:checked { background: $accent_soft; border: 1px solid $accent;
  border-radius: 3px; }
QTabBar::tab { color: $muted; padding: 4px 10px; border: 2px solid transparent; }
QTabBar::tab:hover, QTabBar::tab:selected { color: $text; }
QTabBar::tab:top:selected { border-bottom-color: $accent; }
QTabBar::tab:bottom:selected { border-top-color: $accent; }
QTabBar::tab:disabled { color: $disabled; }
QDockWidget::title { text-align: left; padding: 3px 0 3px ${grid}px; }
QProgressBar[slim="true"] { border: none; border-radius: 2px; background: $line;
  min-height: 4px; max-height: 4px; }
QProgressBar[slim="true"]::chunk { border-radius: 2px; background: $accent; }
QHeaderView::section { font-size: ${caption}px; color: $muted; background: $panel;
  border: none; border-bottom: 1px solid $line; padding: 4px 5px; }
QMainWindow::separator { background: $window; width: 5px; height: 5px; }
QMainWindow::separator:hover { background: $accent_soft; }
"""

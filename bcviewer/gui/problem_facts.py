"""What a report of a problem may tell of the window: counts and kinds, nobody and no place."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from bcviewer.annotation.readers import default_reader
from bcviewer.diagnosis.report import Facts
from bcviewer.gui.session import Session

PRIVATE = ("recent", "reader")
"""Preferences that tell who or what."""


def facts_of(session: Session, window: QWidget, *, faults: str = "") -> Facts:
    """Gather what the window knows.

    Args:
        session: What is open.
        window: The main window.
        faults: What the interpreter said when it last crashed.
    """
    return Facts(
        window=_window(window),
        opened=_opened(session),
        settings=_settings(session),
        names=frozenset(_names(session)),
        faults=faults,
    )


def _window(window: QWidget) -> dict[str, object]:
    screen = window.screen()
    size = screen.size()
    return {
        "Qt": qVersion(),
        "platform": QGuiApplication.platformName(),
        "screen": f"{size.width()}x{size.height()}, scale {screen.devicePixelRatio():g}",
        "size": f"{window.width()}x{window.height()}",
        "colours": QGuiApplication.styleHints().colorScheme().name,
    }


def _opened(session: Session) -> dict[str, object]:
    dataset, model = session.dataset, session.model
    found: dict[str, object] = {}
    if dataset is not None:
        found |= {
            "patients": len(dataset.patients),
            "patches": len(dataset),
            "synthetic": dataset.synthetic,
            "findings": dict(session.report.counts()) or "none",
            "a slide": session.slide is not None,
            "patches with a label": 0 if session.labels is None else _labelled(session),
        }
    if model is not None:
        card = model.folder.card
        found |= {
            "model": card.architecture,
            "width": card.alpha,
            "imported": card.imported is not None,
            "context": model.folder.context is not None,
            "fingerprint": model.folder.fingerprint[:12],
        }
    return found


def _labelled(session: Session) -> int:
    return 0 if session.labels is None else int((session.labels.labels >= 0).sum())


def _settings(session: Session) -> dict[str, object]:
    chosen = session.preferences.model_dump(mode="json")
    return {name: value for name, value in chosen.items() if name not in PRIVATE}


def _names(session: Session) -> Iterator[str]:
    """Whom and what the report must not name."""
    yield session.preferences.reader
    yield default_reader()
    yield from session.preferences.recent
    dataset = session.dataset
    if dataset is not None:
        yield dataset.root.name
        yield from dataset.patients
    if session.labels is not None:
        yield from session.labels.readers
    if session.model is not None:
        yield session.model.folder.card.name

"""Predict a slide with the model in the box, and read what it says of a patch."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QDoubleSpinBox, QSlider
from pytestqt.qtbot import QtBot

from tests.e2e.conftest import WAIT_MS, Program
from tests.e2e.hands import button, click, drag, named, point_at, press, write
from tests.e2e.moments import open_folder, spot_of, words_in, wrong_patches
from tests.e2e.pictures import Pictures

pytestmark = [pytest.mark.window, pytest.mark.timeout(300)]


def test_a_heatmap_is_read_patch_by_patch(
    program: Program, qtbot: QtBot, tissue: Path, pictures: Pictures
) -> None:
    window = program.start()
    session, pane = window.session, window.slide_pane
    assert "mobilenetv2" in words_in(window.model_panel)
    open_folder(window, qtbot, tissue)
    click(button(window.model_panel, "Predict this patient"))
    qtbot.waitUntil(lambda: session.slide_predictions() is not None, timeout=WAIT_MS)
    values, labels = session.slide_predictions(), session.slide_labels()
    assert values is not None
    assert labels is not None
    before = pictures.take("heatmap")

    # Under the pointer: truth and probability in one line.
    patch = int(np.argmax(np.where(labels == 0, values, -1)))
    point_at(pane.view.viewport(), spot_of(window, patch))
    read = pane.view.corners.readout.text
    assert "truth not IDC" in read
    assert f"predicted {values[patch]:.2f}" in read

    # After a click: the patch enlarged, and its words.
    click(pane.view.viewport(), spot_of(window, patch))
    said = words_in(window.patch_panel)
    assert session.patch == patch
    assert f"IDC, probability of IDC {values[patch]:.2f}; against the truth" in said
    pictures.take("patch-against-the-truth")

    # The layer of errors marks it, and counts what the threshold gets wrong.
    press("E")
    wrong = len(wrong_patches(window))
    legend = pane.view.corners.legend
    assert str(wrong) in legend.accessibleDescription()
    pictures.take("errors")
    press("E")

    # The threshold is pulled up until the patch is not IDC; every place that names it follows.
    slider = named(window, QSlider, "Threshold")
    handle = slider.rect().center()
    handle.setX(round(slider.width() * session.layers.threshold))
    drag(slider, handle, slider.rect().center() + slider.rect().bottomRight())
    assert session.layers.threshold == 1.0
    assert "not IDC, probability" in words_in(window.patch_panel)
    assert "agrees with the truth" in words_in(window.patch_panel)
    assert "threshold 1.00" in legend.accessibleDescription()

    # And typed.
    number = named(window, QDoubleSpinBox, "Threshold")
    click(number)
    press("Ctrl+A")
    write("0.30")
    press("Return")
    assert session.layers.threshold == 0.3
    assert "threshold 0.30" in legend.accessibleDescription()
    above = int((values >= 0.3).sum())
    assert f"{above:,} of {len(values):,} patches" in words_in(window.model_panel)
    after = pictures.take("lower-threshold")
    assert (before != after).any(axis=2).mean() > 0.02

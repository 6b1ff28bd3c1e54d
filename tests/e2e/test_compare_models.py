"""Compare two models on the same patches, down to the patch in its tissue."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.e2e.conftest import WAIT_MS, Program
from tests.e2e.hands import button, choose, click, click_row, click_tab, press
from tests.e2e.moments import open_folder, row_looked_at, words_in
from tests.e2e.pictures import Pictures

pytestmark = [pytest.mark.window, pytest.mark.timeout(300)]


def test_two_models_are_compared_down_to_the_patch(
    program: Program, qtbot: QtBot, tissue: Path, pictures: Pictures
) -> None:
    window = program.start()
    open_folder(window, qtbot, tissue)
    session, view = window.session, window.comparing.view
    press("Ctrl+4")
    click_tab(window.evaluation.tabs.tabBar(), "Compare")
    qtbot.waitUntil(lambda: view.head.first.count() >= 2, timeout=WAIT_MS)
    pictures.take("before")
    choose(view.head.first, "mobilenetv2")
    choose(view.head.second, "simple_cnn")
    choose(view.head.whom, "all patients")
    click(button(view.head, "Compare"))
    qtbot.waitUntil(lambda: window.comparing.comparison is not None, timeout=3 * WAIT_MS)
    found = window.comparing.comparison
    assert found is not None
    apart = len(found.compared.disagreement)
    assert apart > 0
    assert f"They disagree on {apart:,} patches" in words_in(view)
    pictures.take("scores-and-disagreements")

    # A click on a line shows the patch in its tissue.
    click_row(view.patch_view, 0)
    row = view.patches.row_of_data(0)
    qtbot.waitUntil(lambda: row_looked_at(window) == row, timeout=WAIT_MS)

    # And the change from one to the other stands on the slide.
    click(button(view, "Show on the slide"))
    qtbot.waitUntil(lambda: session.layers.change, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: session.slide_change() is not None, timeout=WAIT_MS)
    assert "→" in window.slide_pane.view.corners.legend.accessibleDescription()
    pictures.take("change-on-the-slide")

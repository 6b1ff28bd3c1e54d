"""A patch explained: its neighbourhood, the map of its fields, and patches that look like it."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bcviewer.annotation.labels import Label
from bcviewer.gui import explain_desk
from bcviewer.gui.main_window import MainWindow
from bcviewer.gui.style import dark
from bcviewer.gui.widgets.patch_card import PatchCard
from bcviewer.gui.widgets.patch_map import map_image
from bcviewer.gui.widgets.patch_panel import MAP, SIMILAR
from bcviewer.gui.widgets.patch_picture import SIDE, NeighbourhoodPicture
from bcviewer.model.activation_map import ActivationMap
from bcviewer.model.features import FeatureExtractor
from bcviewer.model.folder import ModelFolder
from tests.factories import small_dataset
from tests.gui.conftest import WAIT_MS
from tests.gui.slides import picture
from tests.model.conftest import TinyTraining, tiny_training
from tests.model.other_heads import flattened_deep, with_other_head

__all__ = ["tiny_training"]


@pytest.fixture
def predicted(opened: MainWindow, qtbot: QtBot, tiny_training: TinyTraining) -> MainWindow:
    """The window with a model in use, the first patient predicted and its first patch chosen."""
    opened.predictions.load(str(tiny_training.run.path))
    qtbot.waitUntil(lambda: opened.session.slide_predictions() is not None, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: opened.session.labels is not None, timeout=WAIT_MS)
    opened.session.inspect(0)
    return opened


@pytest.fixture
def similar(predicted: MainWindow, qtbot: QtBot) -> MainWindow:
    """The same, with the features of all patients and the page Similar on show."""
    choose(predicted, SIMILAR)
    page = predicted.patch_panel.similar
    qtbot.waitUntil(lambda: not page._complete.isHidden(), timeout=WAIT_MS)
    page._complete.click()
    qtbot.waitUntil(lambda: len(cards(predicted)) == 8, timeout=WAIT_MS)
    return predicted


def choose(window: MainWindow, page: str) -> None:
    window.patch_panel._switch.button(page).click()


def cards(window: MainWindow) -> list[PatchCard]:
    """The cards on show."""
    return [card for card in window.patch_panel.similar.cards if not card.isHidden()]


def row_of(card: PatchCard) -> int:
    assert card.patch is not None
    return card.patch.row


def hint(window: MainWindow, page: str) -> str:
    shown = window.patch_panel.map if page == MAP else window.patch_panel.similar
    return "" if shown._hint.isHidden() else shown._hint.text()


def has_map(window: MainWindow) -> bool:
    return window.patch_panel.map._picture._map is not None


def test_a_click_on_a_neighbour_looks_at_it(opened: MainWindow) -> None:
    opened.session.inspect(6)
    around = opened.patch_panel._around
    cell = around.width() // SIDE
    middle = QPoint(around.width() // 2, around.height() // 2)
    QTest.mouseClick(around, Qt.MouseButton.LeftButton, pos=middle)
    assert opened.session.patch == 6, "the patch itself is no neighbour"
    QTest.mouseClick(around, Qt.MouseButton.LeftButton, pos=middle + QPoint(cell, 0))
    assert opened.session.patch == 7
    QTest.mouseClick(around, Qt.MouseButton.LeftButton, pos=middle + QPoint(0, cell))
    assert opened.session.patch == 12
    opened.session.inspect(0)
    QTest.mouseClick(around, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    assert opened.session.patch == 0, "a gap is no patch"


def test_gaps_around_a_patch_are_hatched_in_the_colours_of_the_scheme(qtbot: QtBot) -> None:
    around = NeighbourhoodPicture("around")
    qtbot.addWidget(around)
    pixels = np.zeros((250, 250, 4), np.uint8)
    pixels[100:] = (180, 120, 200, 255)
    around.show_pixels(pixels)
    around.set_colours(dark())
    shown = picture(around)
    assert len(np.unique(shown[:40].reshape(-1, 3), axis=0)) > 1, "a hatch has two colours"
    assert shown[:40].max() < 120
    assert (shown[140, 5] == (200, 120, 180)).all()


def test_the_map_comes_with_what_it_says_of_itself(predicted: MainWindow, qtbot: QtBot) -> None:
    choose(predicted, MAP)
    qtbot.waitUntil(lambda: has_map(predicted), timeout=WAIT_MS)
    page = predicted.patch_panel.map
    assert "6 x 6 fields over 50 px, 8 px each: coarse" in page._resolution.text()
    values = predicted.session.slide_predictions()
    assert values is not None
    logit = np.log(values[0] / (1 - values[0]))
    assert f"{logit:+.1f}" in page._sum.text()


def test_the_map_of_a_model_with_another_head_claims_no_sum(
    opened: MainWindow, qtbot: QtBot, tiny_training: TinyTraining, tmp_path: Path
) -> None:
    trained = ModelFolder.open(tiny_training.run.model_path)
    opened.predictions.load(str(with_other_head(trained, flattened_deep, tmp_path).path))
    qtbot.waitUntil(lambda: opened.session.slide_predictions() is not None, timeout=WAIT_MS)
    opened.session.inspect(0)
    choose(opened, MAP)
    qtbot.waitUntil(lambda: has_map(opened), timeout=WAIT_MS)
    page = opened.patch_panel.map
    assert "6 x 6 fields over 50 px, 8 px each: coarse" in page._resolution.text()
    assert page._sum.text().startswith("Grad-CAM: ")
    assert "do not add up to the logit" in page._sum.text()
    assert "bias" not in page._sum.text()


def test_the_map_is_of_the_single_patch_whatever_the_heatmap_shows(
    predicted: MainWindow, qtbot: QtBot
) -> None:
    session = predicted.session
    predicted.predictions.load("simple_cnn")
    qtbot.waitUntil(lambda: session.earlier is not None, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: session.slide_predictions() is not None, timeout=WAIT_MS)
    session.views.show(context=True, calibrated=True)
    shown, single = session.slide_predictions(), session.views.slide_single()
    assert shown is not None
    assert single is not None
    assert session.model is not None
    patch = int(np.argmax(np.abs(shown - single)))
    session.inspect(patch)
    choose(predicted, MAP)
    qtbot.waitUntil(lambda: has_map(predicted), timeout=WAIT_MS)
    told = predicted.patch_panel.map._sum.text()
    assert f"a probability of {single[patch]:.2f}," in told
    assert f"{shown[patch]:.2f}," not in told
    assert f"says IDC from {session.model.folder.card.threshold:.2f} on" in told
    assert "the single patch, raw and in 32-bit numbers" in told


def test_the_map_is_switched_on_and_off(predicted: MainWindow, qtbot: QtBot) -> None:
    choose(predicted, MAP)
    qtbot.waitUntil(lambda: has_map(predicted), timeout=WAIT_MS)
    page = predicted.patch_panel.map
    on = picture(page._picture)
    page._shown.click()
    off = picture(page._picture)
    assert not np.array_equal(on, off)
    assert np.array_equal(off, picture(predicted.patch_panel._enlarged))


def test_a_map_is_made_for_each_patch_and_only_while_it_is_looked_at(
    predicted: MainWindow, qtbot: QtBot
) -> None:
    desk = predicted.explaining
    predicted.session.inspect(1)
    assert desk._wish is None
    choose(predicted, MAP)
    qtbot.waitUntil(lambda: has_map(predicted), timeout=WAIT_MS)
    first, mapper = predicted.patch_panel.map._picture._map, desk._mapper
    for patch in (8, 9, 19):
        predicted.session.inspect(patch)
        assert not has_map(predicted), "no map rather than that of another patch"
    qtbot.waitUntil(lambda: has_map(predicted), timeout=WAIT_MS)
    assert predicted.patch_panel.map._picture._map != first
    assert desk._mapper is mapper, "the graph is compiled once"


def test_fields_are_coloured_by_what_they_speak_for() -> None:
    fields = np.array([[2, -1], [0, -2]], np.float32)
    image = map_image(ActivationMap(fields, 0.0))
    colour = [[image.pixelColor(column, row) for column in (0, 1)] for row in (0, 1)]
    assert colour[0][0].red() > colour[0][0].blue()
    assert colour[1][1].blue() > colour[1][1].red()
    assert colour[1][0].alpha() == 0
    assert colour[0][1].alpha() * 2 == pytest.approx(colour[1][1].alpha(), abs=2)
    assert map_image(ActivationMap(np.zeros((2, 2), np.float32), 0.0)).pixelColor(0, 0).alpha() == 0


def test_without_a_model_the_pages_say_what_they_need(opened: MainWindow) -> None:
    opened.session.inspect(0)
    for page in (MAP, SIMILAR):
        choose(opened, page)
        assert hint(opened, page) == explain_desk.NO_MODEL


def test_without_features_the_page_says_so_and_makes_them(
    predicted: MainWindow, qtbot: QtBot
) -> None:
    choose(predicted, SIMILAR)
    page = predicted.patch_panel.similar
    qtbot.waitUntil(lambda: not page._complete.isHidden(), timeout=WAIT_MS)
    assert page._features.text() == "0 of 6 patients have features."
    assert hint(predicted, SIMILAR) == explain_desk.NONE_READY
    page._complete.click()
    qtbot.waitUntil(lambda: len(cards(predicted)) == 8, timeout=WAIT_MS)
    assert page._complete.isHidden()
    assert not page.busy
    assert page._summary.text() == "8 of 8 are IDC · 5 other patients searched"


def test_features_that_are_being_made_can_be_stopped(
    predicted: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, run = threading.Event(), FeatureExtractor.run

    def slow(self: FeatureExtractor, pixels: np.ndarray) -> object:
        go_on.wait(WAIT_MS / 1000)
        return run(self, pixels)

    choose(predicted, SIMILAR)
    page = predicted.patch_panel.similar
    qtbot.waitUntil(lambda: not page._complete.isHidden(), timeout=WAIT_MS)
    monkeypatch.setattr(FeatureExtractor, "run", slow)
    page._complete.click()
    assert page.busy
    page._cancel.click()
    go_on.set()
    qtbot.waitUntil(lambda: not page.busy, timeout=WAIT_MS)
    monkeypatch.setattr(FeatureExtractor, "run", run)
    qtbot.waitUntil(lambda: not page._complete.isHidden(), timeout=WAIT_MS)
    assert page._features.text() in {
        "0 of 6 patients have features.",
        "1 of 6 patients have features.",
    }


def test_a_card_tells_patient_label_probability_and_role(similar: MainWindow) -> None:
    session = similar.session
    assert session.dataset is not None
    for card in cards(similar):
        patch = card.patch
        assert patch is not None
        assert patch.patient != "p00"
        assert patch.label == ("IDC" if session.dataset.labels[patch.row] else "not IDC")
        assert 0 <= float(patch.probability) <= 1
        assert patch.role == session.role(patch.patient)
        assert patch.patient in card.accessibleName()


def test_cards_show_what_the_slide_would_in_the_view_on_screen(
    opened: MainWindow, qtbot: QtBot
) -> None:
    session, page = opened.session, opened.patch_panel.similar
    opened.predictions.load("simple_cnn")
    qtbot.waitUntil(lambda: session.slide_predictions() is not None, timeout=WAIT_MS)
    session.views.show(context=True, calibrated=True)
    session.inspect(0)
    choose(opened, SIMILAR)
    qtbot.waitUntil(lambda: not page._complete.isHidden(), timeout=WAIT_MS)
    page._complete.click()
    qtbot.waitUntil(lambda: len(cards(opened)) == 8, timeout=WAIT_MS)

    def told() -> list[str]:
        return [card.patch.probability for card in cards(opened) if card.patch is not None]

    of_features = told()
    opened.actions_.predict_all.trigger()
    qtbot.waitUntil(lambda: not session.unpredicted_patients(), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: bool(np.isfinite(session.shown_predictions()).all()), timeout=WAIT_MS)
    rows = [row_of(card) for card in cards(opened)]
    in_view = session.shown_predictions()[rows]
    assert told() == [f"{value:.2f}" for value in in_view]
    np.testing.assert_allclose(np.array(of_features, np.float32), in_view, atol=0.011)
    assert "(with context, calibrated)" in cards(opened)[0].toolTip()
    session.views.show(context=False, calibrated=False)
    assert told() == [f"{value:.2f}" for value in session.predictions[rows]]
    assert told() != of_features
    assert "(single patch, raw)" in cards(opened)[0].toolTip()


def test_a_corrected_label_shows_on_its_card(similar: MainWindow, qtbot: QtBot) -> None:
    row = row_of(cards(similar)[0])
    similar.annotation.keeper.label(np.array([row], np.int64), Label.NOT_IDC)
    patch = cards(similar)[0].patch
    assert patch is not None
    assert (patch.label, patch.corrected) == ("not IDC", True)
    assert similar.patch_panel.similar._summary.text().startswith("7 of 8 are IDC")


def test_a_click_on_a_card_goes_there_and_back_leads_home(
    similar: MainWindow, qtbot: QtBot
) -> None:
    session = similar.session
    page = similar.patch_panel.similar
    assert page._back.isHidden()
    goal = row_of(cards(similar)[2])
    cards(similar)[2].click()
    qtbot.waitUntil(lambda: similar.explaining.row == goal, timeout=WAIT_MS)
    assert not page._back.isHidden()
    assert "p00" in page._back.toolTip()
    qtbot.waitUntil(lambda: len(cards(similar)) == 8, timeout=WAIT_MS)
    page._back.click()
    qtbot.waitUntil(lambda: session.patient == "p00" and session.patch == 0, timeout=WAIT_MS)
    assert page._back.isHidden()


def test_only_patients_that_were_not_learned_from(similar: MainWindow, qtbot: QtBot) -> None:
    page = similar.patch_panel.similar
    page._held_out.click()
    assert not cards(similar)
    qtbot.waitUntil(lambda: bool(cards(similar)) or bool(page._hint.text()), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: hint(similar, SIMILAR) != explain_desk.SEARCHING, timeout=WAIT_MS)
    roles = {card.patch.role for card in cards(similar) if card.patch is not None}
    assert roles
    assert "TRAIN" not in roles


@pytest.mark.parametrize("page", [MAP, SIMILAR])
def test_a_blind_reader_sees_nothing_of_it_before_the_patch_is_labelled(
    similar: MainWindow, qtbot: QtBot, page: str
) -> None:
    choose(similar, page)

    def shown() -> bool:
        return has_map(similar) if page == MAP else bool(cards(similar))

    qtbot.waitUntil(shown, timeout=WAIT_MS)
    similar.annotation.panel.blind.click()
    assert not shown(), "gone the moment that reading is blind"
    assert hint(similar, page) == explain_desk.HIDDEN
    QTest.qWait(3 * explain_desk.SETTLE_MS)
    assert not shown()
    similar.annotation.keeper.label(np.array([0], np.int64), Label.IDC)
    qtbot.waitUntil(shown, timeout=WAIT_MS)
    similar.annotation.keeper.undo()
    assert not shown(), "taken back, it is hidden again"


def test_a_blind_reader_sees_no_probability_of_a_neighbour(
    similar: MainWindow, qtbot: QtBot
) -> None:
    similar.annotation.panel.blind.click()
    similar.annotation.keeper.label(np.array([0], np.int64), Label.IDC)
    qtbot.waitUntil(lambda: len(cards(similar)) == 8, timeout=WAIT_MS)
    patches = [card.patch for card in cards(similar) if card.patch is not None]
    assert [patch.probability for patch in patches] == [""] * 8
    assert all("prediction hidden" in patch.words for patch in patches)


def test_walking_fast_ends_with_the_patches_like_the_last_one(
    similar: MainWindow, qtbot: QtBot
) -> None:
    search = similar.explaining._search
    for patch in range(1, 15):
        similar.session.inspect(patch)
        assert not cards(similar)
        QTest.qWait(15)
    qtbot.waitUntil(lambda: len(cards(similar)) == 8, timeout=WAIT_MS)
    assert similar.explaining._found is not None
    assert similar.explaining._found.wish.row == 14
    assert similar.explaining._search is search, "files are looked at once"
    similar.session.pictures.changed.emit("p01")
    assert similar.explaining._search is None, "what it read is of other pictures"


def test_other_data_take_everything_away(similar: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    similar.opener.open(small_dataset(tmp_path / "other", patients=2))
    assert similar.session.dataset is not None
    before = similar.session.dataset
    qtbot.waitUntil(lambda: similar.session.dataset is not before, timeout=WAIT_MS)
    assert not cards(similar)
    assert similar.patch_panel.similar._back.isHidden()
    assert similar.explaining._search is None

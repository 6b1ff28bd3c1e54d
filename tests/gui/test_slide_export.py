"""Contour, smoothed view and export in the window."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bcviewer.gui.main_window import MainWindow
from bcviewer.gui.widgets.slide_contour import DASH, SPACE, dashed
from bcviewer.gui.widgets.slide_export_dialog import NO_PREDICTION
from bcviewer.model.export_files import ExportKind, path_alone
from bcviewer.slide.heatmap import value_grid
from bcviewer.slide.outline import region_outline
from bcviewer.slide.smoothing import FINE
from tests.gui.conftest import WAIT_MS
from tests.gui.test_review import retrain


@pytest.fixture(autouse=True)
def _no_dialog_left(window: MainWindow) -> Iterator[None]:
    """A dialog that outlives its window takes the pointer from the next test's."""
    yield
    window.slide_export.dialog.close()


@pytest.fixture
def predicted(opened: MainWindow) -> MainWindow:
    """The window with every patch predicted."""
    session = opened.session
    session.predictions = np.linspace(0, 1, len(session.predictions), dtype=np.float32)
    session.predictions_changed.emit(None)
    return opened


def export(window: MainWindow, qtbot: QtBot, folder: Path) -> None:
    dialog = window.slide_export.dialog
    dialog.use_folder(folder)
    assert dialog.export.isEnabled()
    dialog.export.click()
    qtbot.waitUntil(lambda: window.slide_export._worker is None, timeout=WAIT_MS)


def test_the_contour_moves_with_the_threshold_and_the_legend_tells_the_area(
    predicted: MainWindow,
) -> None:
    session, view = predicted.session, predicted.slide_pane.view
    layers = view._layers
    assert layers is not None
    assert session.slide is not None
    assert len(layers.contour.segments) == 0
    predicted.slide_pane.strip._contour.click()
    values = session.slide_predictions()
    assert values is not None
    for threshold in (0.05, 0.1):
        session.change_layers(threshold=threshold)
        mask = value_grid(session.slide.grid, values) >= threshold
        assert np.array_equal(layers.contour.segments, region_outline(mask))
        above = int((values >= threshold).sum())
        look = view.corners.legend.look
        assert look is not None
        assert look.area.startswith(f"{above} of 20 patches (")
    session.change_layers(prediction=False)
    assert len(layers.contour.segments) > 0, "it needs no heatmap"
    session.change_layers(contour=False)
    assert len(layers.contour.segments) == 0


def test_a_smoothed_heatmap_is_finer_and_changes_no_number(predicted: MainWindow) -> None:
    session, view = predicted.session, predicted.slide_pane.view
    assert view._layers is not None
    assert view.grid is not None
    before = session.predictions.copy()
    predicted.slide_pane.strip._smooth.click()
    image = view._layers.heatmap.image
    assert (image.width(), image.height()) == (FINE * view.grid.columns, FINE * view.grid.rows)
    assert view.corners.legend.look is not None
    assert view.corners.legend.look.smooth
    assert np.array_equal(session.predictions, before)


def test_the_slide_on_screen_is_written_to_the_files_that_are_ticked(
    predicted: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    desk, session = predicted.slide_export, predicted.session
    desk.action.trigger()
    for box in desk.dialog.boxes.values():
        box.setChecked(True)
    session.change_layers(threshold=0.12, contour=True, errors=True)
    out = tmp_path / "out"
    export(predicted, qtbot, out)
    assert set(out.iterdir()) == {path_alone(out, "p00", k) for k in ExportKind}
    assert "6 files are written" in desk.dialog.note
    with path_alone(out, "p00", ExportKind.VALUES).open(newline="") as file:
        rows = list(csv.DictReader(file))
    values = session.slide_predictions()
    assert values is not None
    assert sum(int(row["predicted"]) for row in rows) == (values >= 0.12).sum()
    regions = json.loads(path_alone(out, "p00", ExportKind.REGIONS).read_text())["features"]
    measured = [region["properties"]["measurements"] for region in regions]
    assert sum(each["patches"] for each in measured) == (values >= 0.12).sum()
    assert max(each["max_prob_IDC"] for each in measured) == pytest.approx(values.max(), abs=1e-6)
    svg = ElementTree.parse(path_alone(out, "p00", ExportKind.SVG)).getroot()
    told = "".join(svg.itertext())
    assert "from 0.12 on" in told
    assert "False negative: " in told
    desk.dialog.boxes[ExportKind.PNG].setChecked(False)
    assert "p00-heatmap.svg" in desk.dialog._replaced.text()


@pytest.fixture
def retrained(opened: MainWindow, qtbot: QtBot) -> MainWindow:
    """The window after a retraining on the patient on screen, which changed some patches."""
    preferences = opened.session.preferences.model_copy(update={"predict_on_open": False})
    opened.session.remember(preferences)
    with qtbot.waitSignal(opened.session.model_changed, timeout=WAIT_MS):
        opened.predictions.load("simple_cnn")
    retrain(opened, trained=("p00",))
    return opened


def exported(
    window: MainWindow, qtbot: QtBot, out: Path, name: str
) -> tuple[list[str], list[dict[str, str]]]:
    """The words of the picture, and the table of values."""
    desk = window.slide_export
    desk.action.trigger()
    for kind, box in desk.dialog.boxes.items():
        box.setChecked(kind in (ExportKind.SVG, ExportKind.VALUES))
    export(window, qtbot, out)
    with path_alone(out, "p00", ExportKind.VALUES).open(newline="") as file:
        rows = list(csv.DictReader(file))
    return [text for text in ElementTree.parse(out / name).getroot().itertext() if text], rows


def test_the_change_on_screen_is_exported_with_both_models(
    retrained: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    session = retrained.session
    retrained.slide_pane.strip._change.click()
    words, rows = exported(retrained, qtbot, tmp_path / "out", "p00-change.svg")
    assert "from simple_cnn to retrained" in retrained.slide_export.dialog._title.text()
    assert {"Change of probability", "from simple_cnn", "to retrained"} <= set(words)
    assert [word for word in words if word in ("TRAIN", "HELD OUT")] == ["TRAIN", "HELD OUT"]
    change = session.slide_change()
    assert change is not None
    assert [float(row["change"]) for row in rows] == pytest.approx(change.tolist(), abs=1e-6)
    assert {row["threshold"] for row in rows} == {"0.4"}
    assert {row["against_threshold"] for row in rows} == {"0.6"}

    # One of the two has no context: both are compared, and written, as single patches.
    assert session.earlier is not None
    folder = session.earlier.model.folder
    bare = replace(session.earlier.model, folder=replace(folder, context=None))
    session.earlier = replace(session.earlier, model=bare)
    session.views.show(context=True)
    words, rows = exported(retrained, qtbot, tmp_path / "shared", "p00-change.svg")
    assert "single patch, raw" in words
    assert all(row["prob_IDC"] == row["single_raw"] != row["context_raw"] for row in rows)
    assert sum(float(row["change"]) != 0 for row in rows) == 2


def test_a_patient_that_the_earlier_model_did_not_predict_is_exported_as_it_is_on_screen(
    retrained: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    session = retrained.session
    retrained.slide_pane.strip._change.click()
    assert session.earlier is not None
    session.earlier = session.earlier.without(slice(0, 20))
    session.predictions_changed.emit(None)
    words, rows = exported(retrained, qtbot, tmp_path, "p00-heatmap.svg")
    title = retrained.slide_export.dialog._title.text()
    assert "as it is on screen: retrained (single patch, raw), threshold 0.40." in title
    assert "Probability of IDC" in words
    assert "change" not in rows[0]


def test_the_uncertainty_on_screen_is_exported(
    retrained: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    retrained.session.change_layers(uncertainty=True)
    words, rows = exported(retrained, qtbot, tmp_path, "p00-uncertainty.svg")
    assert {"Uncertainty", "single patch, calibrated"} <= set(words)
    unsure = retrained.session.views.slide_uncertainty()
    assert unsure is not None
    assert [float(row["uncertainty"]) for row in rows] == pytest.approx(unsure.tolist(), abs=1e-6)
    assert "change" not in rows[0]


def test_a_share_of_the_patches_can_be_asked_for_in_place_of_a_threshold(
    predicted: MainWindow,
) -> None:
    session, box = predicted.session, predicted.slide_pane.strip.area
    values = session.slide_predictions()
    assert values is not None
    order = np.sort(values)

    def ask(keys: str) -> None:
        box.setFocus()
        box.selectAll()
        QTest.keyClicks(box, keys)
        QTest.keyClick(box, Qt.Key.Key_Return)

    for share, above in (("30", 6), ("0", 0), ("100", 20), ("26", 5)):
        ask(share)
        assert int((values >= session.layers.threshold).sum()) == above
        assert box.value() == 5 * above, "the area that there is"
    look = predicted.slide_pane.view.corners.legend.look
    assert look is not None
    assert look.area.startswith("5 of 20 patches (25")
    QTest.keyClick(box, Qt.Key.Key_Up)
    assert box.value() == 30, "an arrow key goes a patch at least"
    session.change_layers(threshold=float(order[-2]))
    assert box.value() == 10, "it follows the threshold"
    session.predictions[:] = np.nan
    session.predictions_changed.emit(None)
    assert not box.isEnabled()
    assert box.text() == "–"


def test_without_a_prediction_only_the_tissue_can_be_had(
    opened: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    desk = opened.slide_export
    desk.action.trigger()
    assert desk.dialog.note == NO_PREDICTION
    assert not desk.dialog.boxes[ExportKind.TILES].isEnabled()
    export(opened, qtbot, tmp_path)
    assert path_alone(tmp_path, "p00", ExportKind.PNG).is_file()


def test_the_data_folder_is_never_written_to(
    opened: MainWindow, qtbot: QtBot, data_folder: Path
) -> None:
    opened.slide_export.action.trigger()
    export(opened, qtbot, data_folder / "p00")
    assert "never written to" in opened.slide_export.dialog.note
    assert not path_alone(data_folder / "p00", "p00", ExportKind.PNG).exists()


def test_nothing_can_be_exported_before_a_slide_is_open(window: MainWindow) -> None:
    assert not window.slide_export.action.isEnabled()
    assert not window.slide_export.dialog.export.isEnabled()


def test_predictions_hidden_from_a_blind_reader_do_not_leave_by_the_export(
    predicted: MainWindow, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: predicted.session.labels is not None, timeout=WAIT_MS)
    predicted.session.change_layers(contour=True)
    predicted.annotation.panel.blind.click()
    view = predicted.slide_pane.view
    assert view._layers is not None
    assert len(view._layers.contour.segments) == 0
    predicted.slide_export.action.trigger()
    assert not predicted.slide_export.dialog.boxes[ExportKind.VALUES].isEnabled()


@given(
    st.lists(
        st.tuples(st.integers(-50, 50), st.integers(-50, 50), st.integers(1, 60), st.booleans()),
        max_size=6,
    ),
    st.tuples(st.integers(-90, 90), st.integers(-90, 90)),
)
def test_dashes_lie_on_their_line_and_in_step_with_the_slide(
    lines: list[tuple[int, int, int, bool]], origin: tuple[int, int]
) -> None:
    segments = [
        (x, y, x + length * across, y + length * (not across)) for x, y, length, across in lines
    ]
    ends = np.array(segments, np.int64).reshape(-1, 4)
    expected = set()
    for x0, y0, x1, y1 in segments:
        for step in range(max(x1 - x0, y1 - y0)):
            at = (x0 + step, y0) if x1 > x0 else (x0, y0 + step)
            along = at[0] - origin[0] if x1 > x0 else at[1] - origin[1]
            if along % (DASH + SPACE) < DASH:
                expected.add((*at, x1 > x0))
    found = set()
    for x0, y0, x1, y1 in dashed(ends, origin).tolist():
        for step in range(max(x1 - x0, y1 - y0)):
            at = (x0 + step, y0) if x1 > x0 else (x0, y0 + step)
            found.add((*at, x1 > x0))
    assert found == expected

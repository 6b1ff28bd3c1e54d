"""The panel of the runs: choose, compare, load, rename, delete and bring back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.gui import style
from bcviewer.gui.models.run_table import (
    AUC,
    BALANCED,
    COLUMNS,
    MODEL,
    NAME,
    PATIENTS,
    SPLIT,
    STARTED,
    STATE,
)
from bcviewer.gui.models.runs_settings import settings_words
from bcviewer.gui.preferences import Preferences
from bcviewer.gui.session import Session
from bcviewer.gui.widgets.runs_curves import CHOICES
from bcviewer.gui.widgets.runs_lines import DARK, DASHES, LIGHT, MOST_RUNS, SYMBOLS
from bcviewer.gui.widgets.runs_panel import NO_DATA, NO_RUNS, RunsPanel
from bcviewer.gui.widgets.runs_view import NAME_LEAST
from bcviewer.gui.workers.crew import Crew
from bcviewer.gui.workers.data_workers import OpenedData
from bcviewer.gui.workers.runs_worker import RunsRead
from bcviewer.model.events import Cancelled_, Failed, Prepared
from bcviewer.model.run_lock import held
from bcviewer.model.runs import list_runs
from bcviewer.model.runs_changes import delete_run
from tests.run_folders import prepared, write_run

GOOD, QUICK, FAILED = (
    "2026-01-01-100000-mobilenetv2",
    "2026-01-02-100000-simple_cnn",
    "2026-01-03-100000-simple_cnn",
)
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def data(data_folder: Path) -> OpenedData:
    """Six small patients, with an empty workspace."""
    dataset, workspace = open_dataset(data_folder)
    return OpenedData(dataset, workspace, PixelStore(workspace.pixels_folder, dataset))


@pytest.fixture
def runs(data: OpenedData) -> Path:
    """The folder of three runs: a good one, a cancelled one and a failed one."""
    folder = data.workspace.runs_folder
    patchwise = (prepared(split_title="patch-wise (optimistic)"),)
    write_run(
        folder / GOOD,
        (0.7, 0.9, 0.8),
        card=True,
        events=patchwise,
        model="mobilenetv2",
        batch_size=128,
        seed=3,
    )
    write_run(folder / QUICK, (0.6, 0.65), events=(prepared(), Cancelled_()), seed=3)
    gone = (prepared(), Failed("The disk is full.", "Make room."))
    write_run(folder / FAILED, events=gone, checkpoint=False, seed=3)
    return folder


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[RunsPanel]:
    """The panel on screen, before any data set is open."""
    session, crew = Session(Preferences()), Crew()
    shown = RunsPanel(session, crew, style.light())
    qtbot.addWidget(shown)
    shown.resize(1440, 220)
    with qtbot.waitExposed(shown):
        shown.show()
    yield shown
    shown.close()
    crew.stop()


@pytest.fixture
def full(panel: RunsPanel, data: OpenedData, runs: Path, qtbot: QtBot) -> RunsPanel:
    """The panel with the three runs, the newest chosen."""
    panel._session.open_data(data)
    settle(qtbot, panel)
    return panel


def settle(qtbot: QtBot, panel: RunsPanel) -> None:
    qtbot.waitUntil(lambda: not panel.reader.busy)


def names(panel: RunsPanel) -> list[str]:
    return [panel.order.index(row, NAME).data() for row in range(panel.order.rowCount())]


def row_of(panel: RunsPanel, folder: str) -> int:
    paths = [panel.order.mapToSource(panel.order.index(row, 0)).row() for row in range(3)]
    return [panel.table.run(row).record.path.name for row in paths].index(folder)


def click(panel: RunsPanel, folder: str, key: Qt.KeyboardModifier | None = None) -> None:
    QTest.mouseClick(
        panel.view.viewport(),
        Qt.MouseButton.LeftButton,
        key or Qt.KeyboardModifier.NoModifier,
        panel.view.cell_centre(row_of(panel, folder), AUC),
    )


def press(button: object) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)  # type: ignore[call-overload]


def chosen(panel: RunsPanel) -> list[str]:
    return [run.record.path.name for run in panel.chosen]


def test_an_empty_panel_says_what_will_be_here(
    panel: RunsPanel, data: OpenedData, qtbot: QtBot
) -> None:
    assert panel.hint.isVisible()
    assert panel.hint.text() == NO_DATA
    panel._session.open_data(data)
    settle(qtbot, panel)
    assert panel.hint.isVisible()
    assert panel.hint.text() == NO_RUNS
    assert not panel.view.isVisible()


def test_the_runs_of_a_data_set_are_listed_with_the_newest_chosen(full: RunsPanel) -> None:
    assert names(full) == ["simple_cnn 10:00", "simple_cnn 10:00", "mobilenetv2 10:00"]
    assert chosen(full) == [FAILED]
    good = [full.order.index(2, column).data() for column in range(len(COLUMNS))]
    assert good == [
        "mobilenetv2 10:00",
        "finished",
        "01 Jan 10:00",
        "MobileNetV2",
        "patch-wise (optimistic)",
        "3/10",
        "0.900",
        "0.950",
        "21",
    ]
    warn = full.order.index(2, SPLIT).data(Qt.ItemDataRole.ForegroundRole)
    assert warn.name() == style.light().warn
    assert "optimistic" in full.order.index(2, BALANCED).data(Qt.ItemDataRole.ToolTipRole)


def test_a_run_that_failed_says_why(full: RunsPanel) -> None:
    words = "Failed: The disk is full. Make room."
    assert full.controls.words.text() == words
    assert full.comparison.curves.empty_text == words
    tip = full.order.index(0, STATE).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == "The disk is full. Make room."


def test_a_run_that_cannot_be_read_says_why_and_keeps_its_curve(
    full: RunsPanel, runs: Path, qtbot: QtBot
) -> None:
    (runs / QUICK / "job.json").write_text("{")
    full.refresh()
    settle(qtbot, full)
    click(full, QUICK)
    assert full.order.index(row_of(full, QUICK), STATE).data() == "unreadable"
    assert "is not a JSON file" in full.controls.error.text()
    assert full.comparison.curves.plot.drawn_points() == [[(1, 0.6), (2, 0.65)]]
    assert not full.controls.resume.isEnabled()
    click(full, GOOD)
    assert not full.controls.error.isVisible()


def test_a_click_on_a_heading_sorts_by_its_column(full: RunsPanel) -> None:
    head = full.view.horizontalHeader()
    for order in (sorted, lambda scores: sorted(scores, reverse=True)):
        place = QPoint(head.sectionViewportPosition(BALANCED) + 20, head.height() // 2)
        QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)
        scores = [full.order.index(row, BALANCED).data() for row in range(3)]
        assert [s for s in scores if s != "–"] == order(s for s in scores if s != "–")


def test_chosen_runs_are_drawn_over_one_another_with_a_line_each(full: RunsPanel) -> None:
    click(full, GOOD)
    assert full.comparison.curves.plot.drawn_points() == [[(1, 0.7), (2, 0.9), (3, 0.8)]]
    click(full, QUICK, CONTROL)
    assert set(chosen(full)) == {GOOD, QUICK}
    curves = sorted(full.comparison.curves.plot.drawn_points(), key=len)
    assert curves == [[(1, 0.6), (2, 0.65)], [(1, 0.7), (2, 0.9), (3, 0.8)]]
    assert full.comparison.curves.legend.names == ["simple_cnn 10:00", "mobilenetv2 10:00"]
    assert not full.order.index(row_of(full, GOOD), NAME).data(1).isNull()


def test_a_run_keeps_its_line_when_others_come_and_go(full: RunsPanel, runs: Path) -> None:
    click(full, GOOD)
    click(full, QUICK, CONTROL)
    assert full.comparison.slots == {runs / GOOD: 0, runs / QUICK: 1}
    click(full, GOOD, CONTROL)
    assert full.comparison.slots == {runs / QUICK: 1}
    click(full, FAILED, CONTROL)
    assert len(set(full.comparison.slots.values())) == 2


@pytest.mark.parametrize("metric", CHOICES)
def test_the_metric_is_the_users_choice(full: RunsPanel, metric: str) -> None:
    click(full, GOOD)
    press(full.comparison.curves.choice.button(CHOICES.index(metric)))
    expected = [event.validation[metric] for event in full.chosen[0].history]
    (drawn,) = full.comparison.curves.plot.drawn_points()
    assert [value for _, value in drawn] == expected


def test_the_read_out_has_the_runs_that_finished_the_epoch(full: RunsPanel) -> None:
    click(full, GOOD)
    click(full, QUICK, CONTROL)
    text = full.comparison.curves.read_out(2)
    assert "0.900" in text
    assert "0.650" in text
    assert text.count("(best)") == 2
    assert "mobilenetv2" in full.comparison.curves.read_out(3)
    assert "simple_cnn" not in full.comparison.curves.read_out(3)
    assert full.comparison.curves.read_out(4) == ""


def test_settings_that_differ_come_first_and_stand_out(full: RunsPanel) -> None:
    click(full, GOOD)
    assert full.comparison.settings.differing() == []
    click(full, QUICK, CONTROL)
    differing = full.comparison.settings.differing()
    assert {"Model", "Split", "Batch size", "Learning rate"} <= set(differing)
    assert "Seed" not in differing
    assert settings_words(full.chosen[0].record)["Computed on"] == "CPU"
    shown = [
        full.comparison.settings.index(row, 0) for row in range(full.comparison.settings.rowCount())
    ]
    assert [index.data() for index in shown[: len(differing)]] == differing
    marked = [index.data(Qt.ItemDataRole.BackgroundRole) is not None for index in shown]
    assert marked == [True] * len(differing) + [False] * (len(shown) - len(differing))


def test_more_runs_than_lines_are_told_and_not_drawn(
    full: RunsPanel, runs: Path, qtbot: QtBot
) -> None:
    for number in range(5):
        write_run(runs / f"2026-02-0{number + 1}-100000-simple_cnn", (0.6,))
    full.refresh()
    settle(qtbot, full)
    full.view.setFocus()
    QTest.keyClick(full.view, Qt.Key.Key_A, CONTROL)
    assert len(full.chosen) == 8
    assert len(full.comparison.curves.plot.drawn_points()) == MOST_RUNS
    assert "8 runs are chosen; the curves of 6" in full.controls.words.text()


def test_a_model_is_loaded_and_a_training_resumed_where_there_is_one(
    full: RunsPanel, runs: Path, qtbot: QtBot
) -> None:
    controls = full.controls
    click(full, FAILED)
    assert not controls.load.isEnabled()
    assert not controls.make.isVisible()
    assert not controls.resume.isEnabled()
    assert controls.resume.toolTip() == "This run has no checkpoint to resume from"
    click(full, GOOD)
    with qtbot.waitSignal(full.load_requested) as loaded:
        press(controls.load)
    assert loaded.args == [str(runs / GOOD / "model")]
    click(full, QUICK)
    assert not controls.load.isVisible()
    with qtbot.waitSignal(full.resume_requested) as resumed:
        press(controls.resume)
    assert resumed.args == [str(runs / QUICK)]
    with qtbot.waitSignal(full.make_requested) as made:
        press(controls.make)
    assert made.args == [str(runs / QUICK)]
    assert "best epoch, 2," in controls.make.toolTip()
    click(full, GOOD, CONTROL)
    assert not controls.make.isVisible()
    assert not controls.load.isEnabled()
    assert not controls.rename.isEnabled()
    assert controls.delete.isEnabled()


def type_name(panel: RunsPanel, name: str) -> None:
    editor = panel.view.findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    QTest.keyClicks(editor, name)
    QTest.keyClick(editor, Qt.Key.Key_Return)


@pytest.mark.parametrize("way", ["key", "button"])
def test_a_name_is_typed_in_the_table(full: RunsPanel, runs: Path, qtbot: QtBot, way: str) -> None:
    click(full, QUICK)
    if way == "key":
        QTest.keyClick(full.view, Qt.Key.Key_F2)
    else:
        press(full.controls.rename)
    type_name(full, "second try")
    qtbot.waitUntil(lambda: "second try" in names(full))
    settle(qtbot, full)
    assert "second try" in names(full)
    assert chosen(full) == [QUICK]
    assert [run.name for run in list_runs(runs) if run.path.name == QUICK] == ["second try"]


def test_a_name_that_cannot_be_used_is_told_and_the_old_one_stays(
    full: RunsPanel, qtbot: QtBot
) -> None:
    click(full, QUICK)
    press(full.controls.rename)
    type_name(full, " ")
    qtbot.waitUntil(full.controls.error.isVisible)
    assert "cannot be empty" in full.controls.error.text()
    assert "simple_cnn 10:00" in names(full)
    click(full, GOOD)
    assert not full.controls.error.isVisible()


def test_a_list_that_is_read_meanwhile_does_not_take_the_editor_away(
    full: RunsPanel, runs: Path, qtbot: QtBot
) -> None:
    click(full, QUICK)
    press(full.controls.rename)
    write_run(runs / "2026-02-01-100000-simple_cnn")
    full.refresh()
    settle(qtbot, full)
    type_name(full, "typed slowly")
    qtbot.waitUntil(lambda: "typed slowly" in names(full))
    settle(qtbot, full)
    qtbot.waitUntil(lambda: len(names(full)) == 4)


def test_what_was_deleted_comes_back_with_undo(full: RunsPanel, runs: Path, qtbot: QtBot) -> None:
    click(full, GOOD)
    click(full, QUICK, CONTROL)
    assert not full.trash.undo.isVisible()
    press(full.controls.delete)
    assert full.controls.words.text() == "Deleted simple_cnn 10:00, mobilenetv2 10:00."
    settle(qtbot, full)
    assert not (runs / GOOD).exists()
    assert chosen(full) == [FAILED]
    press(full.controls.delete)
    settle(qtbot, full)
    assert names(full) == []
    assert full.trash.undo.isVisible(), "the last run can come back too"
    for left in (1, 3):
        press(full.trash.undo)
        settle(qtbot, full)
        assert len(names(full)) == left
    assert (runs / GOOD / "model" / "card.json").is_file()
    assert not full.trash.undo.isVisible()


def test_undo_names_only_what_came_back_and_keeps_the_rest_for_another_try(
    full: RunsPanel, runs: Path, qtbot: QtBot
) -> None:
    click(full, GOOD)
    click(full, QUICK, CONTROL)
    press(full.controls.delete)
    settle(qtbot, full)
    (runs / GOOD).write_text("something of the user's")
    press(full.trash.undo)
    assert full.controls.words.text() == "Brought back simple_cnn 10:00."
    assert full.controls.error.isVisible()
    assert "mobilenetv2 10:00 cannot come back" in full.controls.error.text()
    settle(qtbot, full)
    assert sorted(names(full)) == ["simple_cnn 10:00", "simple_cnn 10:00"]
    (runs / GOOD).unlink()
    press(full.trash.undo)
    settle(qtbot, full)
    assert full.controls.words.text() == "Brought back mobilenetv2 10:00."
    assert not full.controls.error.isVisible()
    assert len(names(full)) == 3
    assert not full.trash.undo.isVisible()


def test_when_nothing_came_back_undo_does_not_say_so(
    full: RunsPanel, runs: Path, qtbot: QtBot
) -> None:
    click(full, QUICK)
    press(full.controls.delete)
    settle(qtbot, full)
    (runs / QUICK).mkdir()
    press(full.trash.undo)
    assert "cannot come back" in full.controls.error.text()
    assert "Brought back" not in full.controls.words.text()


def test_what_was_read_before_a_delete_does_not_bring_the_run_back(
    full: RunsPanel, runs: Path, qtbot: QtBot
) -> None:
    before = RunsRead(runs, full.table.runs)
    click(full, QUICK)
    full.refresh()
    press(full.controls.delete)
    full.reader._take(before)
    assert len(names(full)) == 2
    settle(qtbot, full)
    assert len(names(full)) == 2


def test_a_run_that_went_away_by_itself_is_told(full: RunsPanel, runs: Path, qtbot: QtBot) -> None:
    (runs / QUICK).rename(runs / ".gone")
    click(full, QUICK)
    press(full.controls.delete)
    assert "no longer there" in full.controls.error.text()
    settle(qtbot, full)
    assert len(names(full)) == 2


def test_the_list_follows_a_training_and_keeps_the_choice(
    full: RunsPanel, runs: Path, qtbot: QtBot
) -> None:
    click(full, GOOD)
    write_run(runs / "2026-02-01-100000-simple_cnn", (0.6,))
    event = prepared()
    assert isinstance(event, Prepared)
    full.handle_event(event)
    settle(qtbot, full)
    assert len(names(full)) == 4
    assert chosen(full) == [GOOD]


def test_a_hidden_panel_reads_nothing_until_it_is_shown(
    panel: RunsPanel, data: OpenedData, runs: Path, qtbot: QtBot
) -> None:
    panel.hide()
    panel._session.open_data(data)
    assert panel.reader._worker is None
    assert names(panel) == []
    panel.show()
    settle(qtbot, panel)
    assert len(names(panel)) == 3


def test_in_little_room_columns_that_stand_elsewhere_give_way(full: RunsPanel) -> None:
    hidden: Callable[[int], bool] = full.view.isColumnHidden
    assert not any(hidden(column) for column in range(len(COLUMNS)))
    widths = full.view._widths | {SPLIT: full.view._split_short}
    full.view.setFixedWidth(NAME_LEAST + sum(widths.values()) - 20)
    assert hidden(STARTED)
    assert not hidden(MODEL), "a run with a name of the user's does not tell it"
    full.view.setFixedWidth(480)
    assert hidden(MODEL)
    assert not any(hidden(column) for column in (NAME, STATE, BALANCED, AUC, PATIENTS))


@pytest.mark.parametrize(
    ("colours", "tokens"), [(LIGHT, style.light()), (DARK, style.dark())], ids=["light", "dark"]
)
def test_every_line_is_seen_and_differs_without_colour(
    colours: tuple[str, ...], tokens: style.Tokens
) -> None:
    assert all(style.contrast(colour, tokens.panel) >= 4.5 for colour in colours)
    assert len(set(DASHES)) == len(set(SYMBOLS)) == len(set(colours)) == MOST_RUNS


def test_another_scheme_reaches_lines_and_words(full: RunsPanel) -> None:
    click(full, GOOD)
    full.set_tokens(style.dark())
    assert DARK[
        full.comparison.slots[full.chosen[0].record.path]
    ] in full.comparison.curves.read_out(1)
    colour = full.order.index(0, STATE).data(Qt.ItemDataRole.ForegroundRole)
    assert colour.name() == style.dark().danger


def test_a_running_training_is_followed_to_its_end(
    full: RunsPanel, runs: Path, qtbot: QtBot
) -> None:
    click(full, QUICK)
    full.reader._timer.setInterval(30)
    with held(runs / QUICK):
        full.refresh()
        qtbot.waitUntil(lambda: full.chosen[0].record.state == "running")
        assert full.controls.words.text() == "Running: 2 of 10 epochs done."
        assert not full.controls.delete.isEnabled()
        assert not full.controls.resume.isEnabled()
    qtbot.waitUntil(lambda: full.chosen[0].record.state == "cancelled")
    assert full.controls.delete.isEnabled()


def answer(qtbot: QtBot, text: str) -> None:
    """Press a button of the question that opens next."""

    def press_it() -> None:
        question = QApplication.activeModalWidget()
        assert isinstance(question, QMessageBox)
        (button,) = (each for each in question.buttons() if each.text() == text)
        button.click()

    QTimer.singleShot(100, press_it)


def test_a_finished_run_can_be_continued_and_others_say_why_not(
    full: RunsPanel, runs: Path, qtbot: QtBot
) -> None:
    click(full, QUICK)
    assert not full.controls.go_on.isEnabled()
    assert full.controls.go_on.toolTip() == "This run has made no model"
    click(full, GOOD)
    with qtbot.waitSignal(full.continue_requested) as asked:
        press(full.controls.go_on)
    assert [record.path for record in asked.args] == [runs / GOOD]


def test_the_trash_is_shown_and_emptied_after_a_question(
    full: RunsPanel, runs: Path, qtbot: QtBot
) -> None:
    assert not full.trash.isVisible()
    click(full, QUICK)
    press(full.controls.delete)
    settle(qtbot, full)
    assert full.trash.words.text() == "Trash: 1 deleted run, 0.0 MB."
    answer(qtbot, "Keep them")
    press(full.trash.empty)
    assert (runs / ".trash" / QUICK).is_dir()
    answer(qtbot, "Empty trash")
    press(full.trash.empty)
    qtbot.waitUntil(lambda: not (runs / ".trash" / QUICK).exists())
    qtbot.waitUntil(lambda: "are free again" in full.controls.words.text())
    settle(qtbot, full)
    assert not full.trash.isVisible()
    assert len(names(full)) == 2


def test_what_an_earlier_window_deleted_can_still_come_back(
    panel: RunsPanel, data: OpenedData, runs: Path, qtbot: QtBot
) -> None:
    for run in list_runs(runs):
        delete_run(run)
    panel._session.open_data(data)
    settle(qtbot, panel)
    qtbot.waitUntil(panel.trash.isVisible)
    for left in (1, 2, 3):
        press(panel.trash.undo)
        settle(qtbot, panel)
        assert len(names(panel)) == left
    assert not panel.trash.isVisible()


def test_a_training_that_starts_elsewhere_is_noticed(
    full: RunsPanel, runs: Path, qtbot: QtBot
) -> None:
    full.reader._look.start(30)
    write_run(runs / "2026-02-01-100000-simple_cnn")
    qtbot.waitUntil(lambda: len(names(full)) == 4)

"""The form of a training: sensible as it stands, checked as it is typed, exact in its job."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QLabel,
    QScrollArea,
    QStyleOptionSpinBox,
)
from pytestqt.qtbot import QtBot

from bcviewer.errors import JobError
from bcviewer.gui.widgets.form_field import FormField
from bcviewer.gui.widgets.form_number import NumberField
from bcviewer.gui.widgets.training_form import TrainingForm
from bcviewer.gui.widgets.training_form_words import (
    FROZEN_RANDOM_WORD,
    FROZEN_WORD,
    PATCH_WISE_WORD,
    RATE_WORD,
    SAME_SPLIT_WORD,
    TIPS,
)
from bcviewer.gui.workers.training_worker import patch_split_path
from bcviewer.model.job import TrainingJob

DATA, WORKSPACE, RUN = Path("data"), Path("workspace"), Path("workspace/runs/first")


@pytest.fixture
def form(qtbot: QtBot) -> TrainingForm:
    """A form on screen, as it stands at first."""
    shown = TrainingForm()
    qtbot.addWidget(shown)
    shown.resize(552, 200)
    with qtbot.waitExposed(shown):
        shown.show()
    return shown


def job_of(form: TrainingForm) -> TrainingJob:
    return form.job(DATA, WORKSPACE, RUN)


def choose_model(form: TrainingForm, title: str) -> None:
    form.model.setCurrentIndex(form.model.findText(title))


def test_untouched_it_is_the_default_job(form: TrainingForm) -> None:
    assert form.problems == ()
    assert job_of(form) == TrainingJob(
        folder=DATA, workspace=WORKSPACE, run=RUN, model="mobilenetv2"
    )


def test_every_setting_reaches_the_job(form: TrainingForm, tmp_path: Path) -> None:
    weights, split = tmp_path / "mine.h5", tmp_path / "split.json"
    for path in (weights, split):
        path.touch()
    choose_model(form, "MobileNetV2 0.35")
    form.weights.use_file(weights)
    form.split.use_file(split)
    form.epochs.setValue(3)
    form.steps.setValue(250)
    form.batch_size.setValue(32)
    form.learning_rate.setText("0.002")
    form.schedule.choose("constant")
    form.precision.choose("float32")
    form.patience.setValue(4)
    form.backbone.choose("frozen")
    form.class_weights.setChecked(False)
    form.augmentation.setChecked(False)
    form.seed.setValue(7)
    assert form.problems == ()
    assert job_of(form) == TrainingJob(
        folder=DATA,
        workspace=WORKSPACE,
        run=RUN,
        model="mobilenetv2",
        alpha=0.35,
        weights=str(weights),
        split=split,
        epochs=3,
        steps_per_epoch=250,
        batch_size=32,
        learning_rate=0.002,
        schedule="constant",
        precision="float32",
        patience=4,
        fine_tune=False,
        class_weights=False,
        augmentation=False,
        seed=7,
    )


def test_the_whole_set_is_a_word_and_not_a_number(form: TrainingForm) -> None:
    assert form.steps.text() == "whole set"
    assert job_of(form).steps_per_epoch is None
    form.steps.selectAll()
    QTest.keyClicks(form.steps, "120")
    assert job_of(form).steps_per_epoch == 120


def test_simple_cnn_starts_from_nothing_or_from_a_model(form: TrainingForm) -> None:
    choose_model(form, "Simple CNN")
    item = form.weights.model().index(form.weights.findData("imagenet"), 0)
    assert not item.flags() & Qt.ItemFlag.ItemIsEnabled
    assert "from nothing" in form.word("weights")
    assert "0.003" in form.learning_rate.placeholderText()
    assert form.weights.choice == "none"
    assert (job_of(form).model, job_of(form).weights) == ("simple_cnn", "none")
    choose_model(form, "MobileNetV2")
    assert item.flags() & Qt.ItemFlag.ItemIsEnabled
    assert job_of(form).weights == "imagenet"


def test_after_a_job_of_a_simple_cnn_another_network_starts_from_imagenet(
    form: TrainingForm,
) -> None:
    form.use(
        TrainingJob(folder=DATA, workspace=WORKSPACE, run=RUN, model="simple_cnn", weights="none")
    )
    assert job_of(form).weights == "none"
    choose_model(form, "MobileNetV2")
    assert job_of(form).weights == "imagenet"
    form.weights.choose("none")
    choose_model(form, "Simple CNN")
    choose_model(form, "MobileNetV2")
    assert job_of(form).weights == "none", "a random start that the user chose stays"


def test_a_training_can_go_on_from_a_model_of_either_architecture(
    form: TrainingForm, tmp_path: Path
) -> None:
    model = tmp_path / "first-run" / "model"
    model.mkdir(parents=True)
    for title in ("Simple CNN", "MobileNetV2"):
        choose_model(form, title)
        form.weights.use_folder(model)
        assert form.weights.currentText() == "first-run…"
        assert job_of(form).weights == str(model)
        assert form.word("split") == SAME_SPLIT_WORD
    model.rmdir()
    form.epochs.setValue(2)
    assert any(str(model) in problem for problem in form.problems)


def test_a_backbone_that_is_not_there_cannot_be_frozen(form: TrainingForm) -> None:
    form.backbone.choose("frozen")
    assert form.word("backbone") == FROZEN_WORD
    form.weights.choose("none")
    assert form.word("backbone") == FROZEN_RANDOM_WORD
    choose_model(form, "Simple CNN")
    assert not form.backbone.isEnabled()
    assert job_of(form).fine_tune
    choose_model(form, "MobileNetV2")
    assert form.backbone.choice == "frozen"


def test_never_stopping_early_is_a_word_and_not_a_number(form: TrainingForm) -> None:
    assert form.patience.text() == "never"
    form.patience.setValue(1)
    assert form.patience.text() == "1 epoch"
    form.patience.setValue(3)
    assert form.patience.text() == "3 epochs"
    assert job_of(form).patience == 3


@pytest.mark.parametrize(
    "settings",
    [
        {"model": "simple_cnn", "weights": "none"},
        {
            "model": "simple_cnn",
            "weights": "none",
            "seed": 9,
            "split": patch_split_path(WORKSPACE, 9),
        },
        {
            "model": "mobilenetv2",
            "alpha": 0.35,
            "weights": "none",
            "fine_tune": False,
            "epochs": 3,
            "steps_per_epoch": 7,
            "patience": 2,
            "schedule": "constant",
            "precision": "bfloat16",
            "learning_rate": 0.000123456789,
            "batch_size": 5,
            "class_weights": False,
            "augmentation": False,
            "split": Path("mine.json"),
        },
        {
            "model": "mobilenetv2",
            "epochs": 1_000_000,
            "steps_per_epoch": 1_000_000,
            "patience": 5000,
            "batch_size": 4096,
            "label_smoothing": 0.025,
            "weight_averaging": False,
            "seed": 2**32 - 1,
        },
        *({"model": "mobilenetv2", "label_smoothing": share} for share in (0, 0.5, 0.005, 0.29)),
        *({"model": "mobilenetv2", "label_smoothing": share} for share in (1 / 3, 0.07, 1e-5)),
    ],
)
def test_a_job_goes_into_the_form_and_comes_out_again(
    form: TrainingForm, settings: dict[str, object]
) -> None:
    job = TrainingJob.model_validate(
        {"folder": DATA, "workspace": WORKSPACE, "run": RUN, **settings}
    )
    form.use(job)
    assert job_of(form) == job
    form.use(TrainingJob(folder=DATA, workspace=WORKSPACE, run=RUN, model="mobilenetv2"))
    assert job_of(form).weights == "imagenet"
    form.use(job)
    assert job_of(form) == job


def test_a_download_is_told_before_it_happens(form: TrainingForm) -> None:
    assert "9 MB" in form.word("weights")
    choose_model(form, "MobileNetV2 0.35")
    assert "2 MB" in form.word("weights")
    form.weights.choose("none")
    assert "MB" not in form.word("weights")
    assert job_of(form).weights == "none"


@pytest.mark.parametrize("typed", ["quick", "0", "-1", "1.5", "nan", "1e-3x", "inf"])
def test_a_wrong_learning_rate_is_told_as_it_is_typed(form: TrainingForm, typed: str) -> None:
    QTest.keyClicks(form.learning_rate, typed)
    assert form.word("learning_rate") == RATE_WORD
    assert len(form.problems) == 1
    with pytest.raises(JobError, match="learning_rate"):
        job_of(form)
    form.learning_rate.clear()
    assert form.word("learning_rate") == ""
    assert not form.problems


@pytest.mark.parametrize(("typed", "rate"), [("1e-3", 0.001), ("0,01", 0.01), (" 1 ", 1.0)])
def test_a_learning_rate_may_be_written_in_several_ways(
    form: TrainingForm, typed: str, rate: float
) -> None:
    QTest.keyClicks(form.learning_rate, typed)
    assert form.problems == ()
    assert job_of(form).learning_rate == rate


@pytest.mark.parametrize(
    ("field", "typed", "word", "setting"),
    [
        ("epochs", "0", "A whole number from 1 to 1,000,000.", "epochs"),
        ("epochs", "1000001", "A whole number from 1 to 1,000,000.", "epochs"),
        ("epochs", "", "A whole number from 1 to 1,000,000.", "epochs"),
        ("epochs", "1.5", "A whole number from 1 to 1,000,000.", "epochs"),
        ("steps", "a lot", "1 to 1,000,000; empty for “whole set”.", "steps_per_epoch"),
        ("patience", "-1", "1 to 1,000,000; empty for “never”.", "patience"),
        ("batch_size", "4097", "A whole number from 1 to 4,096.", "batch_size"),
        ("seed", "4294967296", "A whole number from 0 to 4,294,967,295.", "seed"),
        ("smoothing", "50.1", "A number from 0 to 50.", "label_smoothing"),
        ("smoothing", "", "A number from 0 to 50.", "label_smoothing"),
    ],
)
def test_a_wrong_number_is_told_as_it_is_typed_and_stays(
    form: TrainingForm, field: str, typed: str, word: str, setting: str
) -> None:
    number: NumberField = getattr(form, field)
    good = number.text()
    number.setFocus()
    number.selectAll()
    QTest.keyClick(number, Qt.Key.Key_Delete)
    QTest.keyClicks(number, typed)
    form.model.setFocus()
    assert number.text() == typed, "no other number is put in its place"
    assert form.word(field) == word
    (problem,) = form.problems
    assert problem.endswith(word[1:])
    with pytest.raises(JobError, match=setting):
        job_of(form)
    number.selectAll()
    QTest.keyClicks(number, good)
    assert form.word(field) == ""
    assert form.problems == ()


def test_a_number_too_long_to_be_read_is_told_like_any_other(form: TrainingForm) -> None:
    form.seed.lineEdit().setText("9" * 5000)
    assert form.word("seed") == "A whole number from 0 to 4,294,967,295."


@pytest.mark.parametrize(
    ("field", "typed", "shown"),
    [
        ("epochs", "2000", "2,000"),
        ("epochs", "2 000", "2,000"),
        ("epochs", " 2,000", "2,000"),
        ("steps", "", "whole set"),
        ("steps", "whole set", "whole set"),
        ("patience", "3", "3 epochs"),
        ("patience", "1 epochs", "1 epoch"),
        ("smoothing", "2,50", "2.5 %"),
        ("smoothing", "7 %", "7 %"),
    ],
)
def test_a_number_may_be_written_in_several_ways(
    form: TrainingForm, field: str, typed: str, shown: str
) -> None:
    number: NumberField = getattr(form, field)
    number.setFocus()
    number.selectAll()
    QTest.keyClick(number, Qt.Key.Key_Delete)
    QTest.keyClicks(number, typed)
    assert form.problems == ()
    form.model.setFocus()
    assert number.text() == shown
    assert form.problems == ()


def test_the_arrows_stay_within_what_can_be_used(form: TrainingForm) -> None:
    form.steps.setFocus()
    QTest.keyClick(form.steps, Qt.Key.Key_Down)
    assert form.steps.text() == "whole set"
    QTest.keyClick(form.steps, Qt.Key.Key_Up)
    assert job_of(form).steps_per_epoch == 50
    QTest.keyClicks(form.steps, "none at all")
    QTest.keyClick(form.steps, Qt.Key.Key_Up)
    assert job_of(form).steps_per_epoch == 100, "they go on from the last number that was one"
    form.batch_size.setValue(4090)
    QTest.keyClick(form.batch_size, Qt.Key.Key_Up)
    assert job_of(form).batch_size == 4096
    option = QStyleOptionSpinBox()
    form.batch_size.initStyleOption(option)
    assert option.stepEnabled == QAbstractSpinBox.StepEnabledFlag.StepDownEnabled


@pytest.mark.parametrize("width", [552, 300])
def test_words_of_two_settings_in_a_row_do_not_cover_each_other(
    form: TrainingForm, width: int
) -> None:
    form.resize(width, 600)
    form.steps.lineEdit().setText("a lot")
    form.learning_rate.setText("quick")
    form.seed.lineEdit().setText("none")
    QTest.qWait(20)
    words = [each for each in form.findChildren(QLabel) if each.isVisible() and each.wordWrap()]
    assert {form.word(name) for name in ("weights", "steps", "seed", "learning_rate")} == {
        label.text() for label in words
    }
    for one, other in itertools.combinations(words, 2):
        assert not one.geometry().intersects(other.geometry())
    for label in words:
        assert label.height() >= label.heightForWidth(label.width())


def test_a_patch_wise_split_is_called_optimistic(form: TrainingForm) -> None:
    assert form.word("split") == ""
    form.split.choose("patch")
    assert "optimistic" in form.split.currentText()
    assert form.word("split") == PATCH_WISE_WORD
    form.seed.setValue(5)
    assert job_of(form).split == patch_split_path(WORKSPACE, 5)
    form.split.choose("patient")
    assert form.word("split") == ""
    assert job_of(form).split is None


def test_a_file_that_is_gone_is_told_beside_its_field(form: TrainingForm, tmp_path: Path) -> None:
    gone = tmp_path / "split.json"
    form.split.use_file(gone)
    assert str(gone) in form.word("split")
    assert any(str(gone) in problem for problem in form.problems)
    form.split.choose("patient")
    assert form.problems == ()


def test_the_file_stays_at_hand_when_another_choice_is_made(
    form: TrainingForm, tmp_path: Path
) -> None:
    weights = tmp_path / "mine.h5"
    weights.touch()
    form.weights.use_file(weights)
    assert form.weights.currentText() == "mine.h5…"
    assert form.weights.toolTip() == str(weights)
    form.weights.choose("imagenet")
    assert form.weights.file is None
    assert form.weights.toolTip() == TIPS["weights"]
    assert job_of(form).weights == "imagenet"


def test_every_change_is_told(form: TrainingForm, qtbot: QtBot) -> None:
    changes: tuple[Callable[[], object], ...] = (
        lambda: choose_model(form, "Simple CNN"),
        lambda: form.split.choose("patch"),
        lambda: form.epochs.setValue(4),
        lambda: form.steps.setValue(9),
        lambda: form.batch_size.setValue(8),
        lambda: form.seed.setValue(3),
        lambda: form.learning_rate.setText("x"),
        lambda: form.schedule.choose("constant"),
        lambda: form.patience.setValue(2),
        lambda: form.backbone.choose("frozen"),
        lambda: form.class_weights.setChecked(False),
        lambda: form.augmentation.setChecked(False),
    )
    for change in changes:
        with qtbot.waitSignal(form.changed, timeout=1000):
            change()


def test_while_a_training_runs_the_settings_can_be_read_only(form: TrainingForm) -> None:
    form.set_editable(False)
    QTest.keyClicks(form.learning_rate, "5")
    assert form.learning_rate.text() == ""
    form.set_editable(True)
    QTest.keyClicks(form.learning_rate, "5")
    assert form.learning_rate.text() == "5"


def test_the_wheel_scrolls_and_changes_nothing(form: TrainingForm) -> None:
    form.class_weights.setFocus()
    for control in (form.epochs, form.model, form.split):
        centre = QPointF(control.rect().center())
        wheel = QWheelEvent(
            centre,
            control.mapToGlobal(centre),
            QPoint(),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(control, wheel)
    assert job_of(form) == TrainingJob(
        folder=DATA, workspace=WORKSPACE, run=RUN, model="mobilenetv2"
    )


@pytest.mark.parametrize(("width", "columns"), [(552, 2), (300, 1), (288, 1)])
def test_nothing_is_cut_off_at_any_width(
    form: TrainingForm, qtbot: QtBot, width: int, columns: int
) -> None:
    form.resize(width, 180)
    area = form.findChild(QScrollArea)
    assert area is not None
    content = area.widget()
    assert content is not None
    qtbot.waitUntil(lambda: content.width() <= area.viewport().width(), timeout=2000)
    lefts = {form.epochs.x(), form.model.x()}
    assert len(lefts) == columns
    for control in (form.model, form.weights, form.steps, form.learning_rate, form.augmentation):
        assert control.geometry().right() <= content.width()
        assert control.width() >= 100
    area.ensureWidgetVisible(form.augmentation)
    assert not form.augmentation.visibleRegion().isEmpty()


def test_every_field_has_its_name_and_a_plain_word_for_everyone(form: TrainingForm) -> None:
    fields = form.findChildren(FormField)
    assert len(fields) == 14
    assert len({field.control.accessibleName() for field in fields}) == 14
    for field in fields:
        assert field.name.toolTip(), field.name.text()
        assert field.control.toolTip(), field.name.text()
        assert field.control.accessibleDescription() == field.name.toolTip()
    for tick in (form.class_weights, form.augmentation, form.averaging):
        assert tick.toolTip()
    read = QAccessible.queryAccessibleInterface(form.patience)
    assert read.role() == QAccessible.Role.SpinBox
    assert read.text(QAccessible.Text.Value) == "never"

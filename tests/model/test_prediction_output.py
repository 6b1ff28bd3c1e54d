"""A patient is done when all its files are there, made by the same; whatever ended a run before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bcviewer.annotation.reading import EffectiveLabels
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.dataset.scan import scan
from bcviewer.errors import StorageError
from bcviewer.model import prediction_output
from bcviewer.model.context import View
from bcviewer.model.export_files import ExportKind
from bcviewer.model.folder import ModelFolder
from bcviewer.model.library import bundled_models
from bcviewer.model.prediction import PatientPrediction
from bcviewer.model.prediction_output import PredictionOutput
from bcviewer.model.prediction_record import FOLDER, Counts, Records
from bcviewer.model.prediction_wanted import Look, Wanted
from bcviewer.model.way import Precision, Way
from bcviewer.slide.picture import Layer

PATIENT = "p01"


@pytest.fixture
def output(data_folder: Path, tmp_path: Path) -> PredictionOutput:
    """A folder for the predictions of the bundled model, with nothing in it yet."""
    dataset = scan(data_folder)
    return PredictionOutput(
        tmp_path / "out",
        dataset,
        PixelStore(tmp_path / "pixels", dataset),
        plain=ModelFolder.open(bundled_models()["simple_cnn"]),
        view=View(),
        way=Way(),
        wanted=Wanted(look=Look(palette="cividis")),
    )


def said(output: PredictionOutput, *, shift: float = 0.0) -> PatientPrediction:
    """Half of the patches are surely IDC, one could not be read."""
    count = len(output.dataset.x[output.dataset.rows(PATIENT)])
    found = np.linspace(0, 1, count, dtype=np.float32) * np.float32(1 - shift)
    found[0] = np.nan
    return PatientPrediction(PATIENT, found, 0.0, output.pixels.signature(PATIENT))


def table(output: PredictionOutput) -> Path:
    return output.folder / "model-outputs-csv" / f"{PATIENT}.csv"


def record(output: PredictionOutput) -> Path:
    return output.folder / FOLDER / f"{PATIENT}.json"


def test_what_is_written_is_done_and_its_patches_are_counted(output: PredictionOutput) -> None:
    assert output.done(PATIENT) is None
    written = output.write(said(output))
    assert output.done(PATIENT) == written
    assert (written.patches, written.unreadable) == (19, 1)
    assert 0 < written.idc < 19
    at_one = replace(output, wanted=Wanted(threshold=float(said(output).probabilities[7])))
    assert at_one.write(said(output)).idc == 20 - 7, "the patch at the threshold counts"
    output.write(said(output))
    assert output.done("p02") is None
    assert Counts(1, 2, 3) + Counts(10, 20, 30) == Counts(11, 22, 33)


@pytest.mark.parametrize(
    "changes",
    [
        {"way": Way(averaged=True)},
        {"way": Way(precision=Precision.BFLOAT16)},
        {"view": View(context=True)},
        {"view": View(calibrated=True)},
        {"wanted": Wanted(kinds=(ExportKind.VALUES,))},
        {"wanted": Wanted(pictures=True)},
        {"wanted": Wanted(threshold=0.123)},
    ],
)
def test_other_options_are_not_done(output: PredictionOutput, changes: dict[str, object]) -> None:
    output.write(said(output))
    assert replace(output, **changes).done(PATIENT) is None  # type: ignore[arg-type]


def test_pictures_that_would_look_other_or_show_another_change_are_not_done(
    output: PredictionOutput,
) -> None:
    look = Look(palette="cividis")
    pictures = replace(output, wanted=Wanted(kinds=(ExportKind.PNG,), look=look))
    pictures.write(said(output))
    assert pictures.done(PATIENT)
    assert output.done(PATIENT), "the table is the same"
    for other in (
        replace(look, opacity=0.3),
        replace(look, contour=False),
        replace(look, truth=False),
        replace(look, hide_below=True),
        replace(look, layers=(Layer.PREDICTION, Layer.UNCERTAINTY)),
    ):
        wanted = replace(pictures.wanted, look=other)
        assert replace(pictures, wanted=wanted).done(PATIENT) is None
    fewer = replace(pictures.wanted, look=replace(look, layers=(Layer.PREDICTION,)))
    assert replace(pictures, wanted=fewer).done(PATIENT)
    against = ModelFolder.open(bundled_models()["mobilenetv2"])
    assert replace(pictures, against=against).done(PATIENT) is None
    assert replace(output, against=against).done(PATIENT), "tables show no change"
    labels = EffectiveLabels.of(output.dataset, output.dataset.labels)
    assert replace(pictures, judged_by=labels).done(PATIENT) is None


def test_another_model_or_threshold_is_not_done(output: PredictionOutput) -> None:
    output.write(said(output))
    other = replace(output, plain=replace(output.plain, fingerprint="b" * 64))
    assert other.done(PATIENT) is None
    card = output.plain.card.model_copy(update={"threshold": 0.123})
    moved = replace(output, plain=replace(output.plain, card=card))
    assert moved.done(PATIENT) is None


def test_another_context_name_or_program_is_not_done(
    output: PredictionOutput, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its numbers count, and not when it was fitted; the name of a model is on pictures only."""
    output.write(said(output))
    pictures = replace(output, wanted=Wanted(kinds=(ExportKind.VALUES,)))
    pictures.write(said(output))
    plain = output.plain
    assert plain.context is not None
    for changes, done in (({"created": "later"}, True), ({"pull": 0.123}, False)):
        context = plain.context.model_copy(update=changes)
        again = replace(output, plain=replace(plain, context=context))
        assert (again.done(PATIENT) is not None) == done
    renamed = replace(plain, card=plain.card.model_copy(update={"name": "another"}))
    assert replace(output, plain=renamed).done(PATIENT)
    assert replace(pictures, plain=renamed).done(PATIENT) is None
    monkeypatch.setattr(prediction_output, "__version__", "0.0.1")
    assert output.done(PATIENT) is None


def test_changed_pictures_make_one_patient_anew_and_no_other(output: PredictionOutput) -> None:
    for patient in (PATIENT, "p02"):
        output.write(replace(said(output), patient=patient))
    # Written under the signature of another patient's pictures: p02 is not as it was read.
    assert output.done("p02") is None
    path = output.dataset.path(output.dataset.rows(PATIENT).start)
    path.write_bytes(path.read_bytes() + b"\0")
    assert output.done(PATIENT) is None


@pytest.mark.parametrize("fault", ["gone", "half", "no record", "half a record", "lies"])
def test_half_of_a_patient_never_counts(output: PredictionOutput, fault: str) -> None:
    output.write(said(output))
    text = record(output).read_text()
    match fault:
        case "gone":
            table(output).unlink()
        case "half":
            table(output).write_bytes(table(output).read_bytes()[:50])
        case "no record":
            record(output).unlink()
        case "half a record":
            record(output).write_text(text[: len(text) // 2])
        case "lies":
            record(output).write_text(text.replace('"patches": 19', '"patches": "many"'))
    assert output.done(PATIENT) is None


def test_a_run_that_ends_between_file_and_record_leaves_nothing_that_counts(
    output: PredictionOutput, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The table of another model has the very same length: only the record tells them apart."""
    output.write(said(output))
    other = replace(output, plain=replace(output.plain, fingerprint="b" * 64))

    def full(*_: object) -> None:
        raise StorageError("The disk is full.")

    with monkeypatch.context() as broken:
        broken.setattr(Records, "write", full)
        with pytest.raises(StorageError):
            other.write(said(output, shift=0.5))
    assert output.done(PATIENT) is None
    assert other.done(PATIENT) is None


def test_files_that_were_not_asked_for_this_time_stay_done(output: PredictionOutput) -> None:
    more = replace(
        output,
        wanted=Wanted(kinds=(ExportKind.VALUES, ExportKind.MOSAIC), look=output.wanted.look),
    )
    more.write(said(output))
    output.write(said(output))
    assert output.done(PATIENT)
    assert more.done(PATIENT)
    (output.folder / "mosaics" / f"{PATIENT}.png").unlink()
    assert output.done(PATIENT)
    assert more.done(PATIENT) is None

"""A report tells the numbers of ``evaluate`` and needs nothing but itself to be read."""

from __future__ import annotations

import base64
import io
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bcviewer.annotation.reading import EffectiveLabels
from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.opening import open_dataset
from bcviewer.dataset.pixel_store import PixelStore
from bcviewer.dataset.split import split_by_patch
from bcviewer.errors import Cancelled, ModelError, StorageError
from bcviewer.evaluation.evaluation import evaluate
from bcviewer.evaluation.judging import JudgedSet, Whom, of_roles, of_split
from bcviewer.evaluation.report import Report, make_report
from bcviewer.evaluation.report_card import card_section
from bcviewer.evaluation.report_files import save_report
from bcviewer.evaluation.report_html import POLICY, report_html
from bcviewer.evaluation.report_json import clean, model_json, report_json
from bcviewer.evaluation.report_leaks import PICTURES
from bcviewer.evaluation.report_markup import Markup, element, number, safe
from bcviewer.evaluation.report_svg import Plot
from bcviewer.evaluation.report_words import NOT_FOR, USE
from bcviewer.evaluation.results import judge, views_of
from bcviewer.model.card import ImportCard, PointCard
from bcviewer.model.context import PLAIN, View
from bcviewer.model.folder import ModelFolder
from bcviewer.model.library import find_model
from tests.factories import PatchSpec, grid_specs, write_dataset

EMPTY = {"meta", "br", "img", "circle", "rect", "line", "polyline"}
NASTY = "<script>alert('1')</script>\"&\n\x07"


class Page(HTMLParser):
    """What stands in a page; notes tags that do not close and what would be loaded."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.loaded: list[str] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.loaded += [value or "" for name, value in attrs if name in ("src", "href", "data")]
        assert not [name for name, _ in attrs if name.startswith("on")]
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in EMPTY:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


@pytest.fixture
def model() -> ModelFolder:
    """The bundled model, which has a context; it never saw the patients of the tests."""
    return find_model("simple_cnn")


@pytest.fixture
def opened(data_folder: Path) -> tuple[Dataset, PixelStore]:
    dataset, place = open_dataset(data_folder)
    return dataset, PixelStore(place.pixels_folder, dataset)


def guesses(dataset: Dataset, seed: int = 0) -> np.ndarray:
    """Probabilities that know something of the labels."""
    noise = np.random.default_rng(seed).normal(0, 0.25, len(dataset))
    return np.clip(0.3 + 0.4 * dataset.labels + noise, 0, 1).astype(np.float32)


def reported(
    opened: tuple[Dataset, PixelStore],
    model: ModelFolder,
    *,
    chosen: JudgedSet | None = None,
    threshold: float | None = None,
    shown: View = PLAIN,
) -> Report:
    dataset, store = opened
    results = judge(
        model,
        dataset,
        chosen or of_roles(dataset, model, dataset.labels),
        labels=EffectiveLabels.of(dataset, dataset.labels),
        probabilities=guesses(dataset),
        views=views_of(model, shown=shown),
        threshold=threshold,
    )
    return make_report(results, store)


def test_the_numbers_are_those_of_evaluate_to_the_last_digit(
    opened: tuple[Dataset, PixelStore], model: ModelFolder
) -> None:
    dataset, _ = opened
    report = reported(opened, model, threshold=0.45)
    told = json.loads(json.dumps(report_json(report)))
    found = evaluate(dataset.labels, guesses(dataset), dataset.patient_index, threshold=0.45)
    expected = found.as_json()
    assert {name: told["evaluation"][name] for name in expected} == expected
    view = told["views"]["single patch, raw"]
    assert {name: view[name] for name in expected} == expected
    assert sum(view["confusion"].values()) == len(dataset)
    assert view["confusion"]["tp"] == ((guesses(dataset) >= 0.45) & (dataset.labels == 1)).sum()
    page = Page(report_html(report)).text
    for name in ("balanced_accuracy", "f1", "auc", "average_precision", "brier"):
        low, high = found.intervals[name]
        assert number(found.scores[name]) in page
        assert f"{low:.3f} to {high:.3f}" in page
    assert "0.450, set by hand; the model's own is" in page


def test_all_views_stand_side_by_side_and_one_stands_for_the_model(
    opened: tuple[Dataset, PixelStore], model: ModelFolder
) -> None:
    wanted = View(context=True, calibrated=True)
    report = reported(opened, model, shown=wanted)
    told = report_json(report)
    assert told["evaluation"]["view"] == "with context, calibrated"
    assert list(told["views"]) == [
        "with context, calibrated",
        "single patch, raw",
        "single patch, calibrated",
    ]
    assert model.context is not None
    assert told["evaluation"]["threshold"] == model.context.threshold_of(
        wanted, single=model.card.threshold
    )
    bare = replace(model, context=None)
    assert [each.result.view for each in reported(opened, bare).details] == [PLAIN]
    with pytest.raises(ModelError, match="neither context nor calibration"):
        reported(opened, bare, shown=wanted)


def test_the_page_needs_nothing_but_itself(
    opened: tuple[Dataset, PixelStore], model: ModelFolder
) -> None:
    text = report_html(reported(opened, model))
    page = Page(text)
    assert page.open == []
    assert not {"script", "link", "iframe", "object", "embed", "base", "form"} & set(page.tags)
    assert page.loaded
    assert all(each.startswith("data:image/jpeg;base64,") for each in page.loaded)
    assert "http" not in text.replace("http-equiv", "")
    assert "url(" not in text.replace("url(#hatch)", "")
    assert f'content="{POLICY}"' in text
    assert "prefers-color-scheme:dark" in text
    assert "@media print" in text


def test_the_page_says_what_it_is_worth_and_what_it_is_not_for(
    opened: tuple[Dataset, PixelStore], model: ModelFolder
) -> None:
    dataset, _ = opened
    text = Page(report_html(reported(opened, model))).text
    for words in (USE, *NOT_FOR):
        assert words in text
    assert "HELD OUT" in text
    assert "OPTIMISTIC" not in text
    assert "6 patients, 120 patches" in text
    assert model.card.weights_origin in text
    assert model.card.versions["tensorflow"] in text
    assert PICTURES in text
    patch_wise = of_split(split_by_patch(dataset), model, dataset.labels)
    stamped = Page(report_html(reported(opened, model, chosen=patch_wise))).text
    assert "patch-wise (optimistic)" in stamped
    assert "OPTIMISTIC" in stamped
    assert "same patients in several parts" in stamped
    assert "leak into each other" in stamped


def test_everything_quoted_is_escaped(tmp_path: Path, model: ModelFolder) -> None:
    patients = {"p<0>0": grid_specs(4, 3), 'p"1': grid_specs(4, 3), "p&2": grid_specs(3, 3)}
    dataset, place = open_dataset(write_dataset(tmp_path / "<u>data</u>", patients))
    card = model.card.model_copy(
        update={"name": NASTY, "weights_origin": NASTY, "job": {"seed": NASTY, NASTY: 1}}
    )
    opened = dataset, PixelStore(place.pixels_folder, dataset)
    report = reported(opened, replace(model, card=card))
    text = report_html(report)
    page = Page(text)
    assert page.open == []
    assert not {"script", "u"} & set(page.tags)
    assert "alert('1')" in page.text
    assert "p<0>0" in page.text
    save_report(report, tmp_path / "out.html")
    told = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert {each["patient"] for each in told["views"]["single patch, raw"]["per_patient"]} == set(
        patients
    )


@given(st.text())
def test_no_text_breaks_out_of_the_markup(text: str) -> None:
    found = safe(text)
    assert not set("<>\"'\n\x00") & set(found)
    assert safe(found) == found
    found.encode("utf-8")
    assert Page(element("p", text)).open == []
    assert safe(Markup("<b>")) == "<b>"


def test_patients_come_worst_first_with_maps_that_show_them(
    opened: tuple[Dataset, PixelStore], model: ModelFolder
) -> None:
    report = reported(opened, model)
    told = report_json(report)
    order = [each["patient"] for each in told["views"]["single patch, raw"]["per_patient"]]
    assert told["worst"] == order[:3]
    assert told["best"] == order[:2:-1]
    for shown in (*report.worst, *report.best):
        tissue, heatmap = (picture(uri) for uri in (shown.tissue, shown.heatmap))
        assert tissue.size == heatmap.size == shown.size == (125, 100)
        assert tissue.tobytes() != heatmap.tobytes()


def picture(uri: str) -> Image.Image:
    found = Image.open(io.BytesIO(base64.b64decode(uri.partition(",")[2])))
    assert found.format == "JPEG"
    return found.convert("RGB")


@pytest.mark.parametrize("labels", [(0,), (1,), (0, 1)])
def test_one_patient_one_class_and_one_patch_are_enough_for_a_page(
    tmp_path: Path, model: ModelFolder, labels: tuple[int, ...]
) -> None:
    specs = [PatchSpec(1 + 50 * place, 1, label) for place, label in enumerate(labels)]
    dataset, place = open_dataset(write_dataset(tmp_path / "data", {"a": specs}))
    report = reported((dataset, PixelStore(place.pixels_folder, dataset)), model)
    text = report_html(report)
    assert Page(text).open == []
    assert not re.search(r"\bnan\b|\binf\b", Page(text).text)
    assert "no interval: one patient" in text
    json.dumps(report_json(report), allow_nan=False)


def test_files_have_the_page_and_the_numbers_and_never_lie_in_the_data(
    opened: tuple[Dataset, PixelStore], model: ModelFolder, tmp_path: Path
) -> None:
    report = reported(opened, model)
    paths = save_report(report, tmp_path / "out" / "a report.html")
    assert [path.name for path in paths] == ["a report.html", "a report.json"]
    assert json.loads(paths[1].read_text()) == json.loads(json.dumps(report_json(report)))
    assert save_report(report, tmp_path / "b.JSON") == (tmp_path.resolve() / "b.JSON",)
    with pytest.raises(StorageError, match="ends in .html or .json"):
        save_report(report, tmp_path / "report.pdf")
    root = opened[0].root
    with pytest.raises(StorageError, match="never written to"):
        save_report(report, root / "p00" / "report.html")
    assert not list(root.rglob("report.*"))


def test_another_file_beside_the_page_is_not_written_over(
    opened: tuple[Dataset, PixelStore], model: ModelFolder, tmp_path: Path
) -> None:
    report, place = reported(opened, model), tmp_path / "out"
    place.mkdir()
    notes = place / "report.json"
    notes.write_text('{"notes": "of weeks"}')
    with pytest.raises(StorageError, match="no report"):
        save_report(report, place / "report.html")
    assert list(place.iterdir()) == [notes]
    assert "weeks" in notes.read_text()
    notes.unlink()
    for _ in range(2):
        save_report(report, place / "report.html")
    assert len(list(place.iterdir())) == 2


def test_a_report_can_be_stopped(opened: tuple[Dataset, PixelStore], model: ModelFolder) -> None:
    report = reported(opened, model)
    with pytest.raises(Cancelled):
        make_report(report.results, opened[1], cancelled=lambda: True)


def test_places_of_the_machine_do_not_leave_with_the_report(
    opened: tuple[Dataset, PixelStore], model: ModelFolder
) -> None:
    dataset, _ = opened
    job = {"folder": "/home/ann/data", "run": "/home/ann/run", "weights": "/home/ann/best.h5"}
    card = model.card.model_copy(update={"job": {**job, "epochs": 3}})
    report = reported(opened, replace(model, card=card))
    told = report_json(report)
    assert told["model"]["job"] == {"weights": "best.h5", "epochs": 3}
    for text in (json.dumps(told), report_html(report)):
        assert "/home/ann" not in text
        assert str(dataset.root.parent) not in text


def test_a_plot_passes_over_what_is_not_defined() -> None:
    plot = Plot("a plot", "x", "y")
    plot.line([0, np.nan, 1], [0, 0.5, 1], "v0")
    plot.line([np.nan], [1], "v1")
    plot.points([np.nan, 0.5], [0.5, 0.5], "p0", titles=["no", "ye<s"])
    plot.bars([0, 0.5, 1], [np.nan, 0.5], "idc")
    svg = plot.svg()
    assert "nan" not in svg
    assert svg.count("<polyline") == 1
    assert svg.count("<circle") == 1
    assert "ye&lt;s" in svg
    assert svg.count('class="idc"') == 1


def test_json_knows_no_nan_and_no_stray_bytes() -> None:
    given = {"a": [np.float64("nan"), float("inf"), 1.5], "b": ("x\udc80", np.int64(3))}
    assert clean(given) == {"a": [None, None, 1.5], "b": ["x\N{REPLACEMENT CHARACTER}", 3]}


def test_patients_of_the_training_are_named_as_such(
    opened: tuple[Dataset, PixelStore], model: ModelFolder
) -> None:
    dataset, _ = opened
    card = model.card.model_copy(update={"patients_trained": ("p00", "p01")})
    seen = replace(model, card=card)
    chosen = of_roles(dataset, seen, dataset.labels, whom=Whom.ALL)
    report = reported(opened, seen, chosen=chosen)
    text = Page(report_html(report)).text
    assert "4 HELD OUT, 2 TRAIN" in text
    assert "Optimistic: the model was trained or tuned on 2 of these patients." in text
    assert report_json(report)["roles"]["p00"] == "TRAIN"


def test_of_a_model_made_elsewhere_it_is_told_what_was_read_chosen_and_assumed(
    model: ModelFolder,
) -> None:
    hows = ("read from the file", "chosen", "assumed")
    point = {"name": NASTY, "words": "words"}
    points = tuple(PointCard.model_validate({**point, "how": how}) for how in hows)
    about = ImportCard(file="a.h5", sha256="0", written_by="Keras", network="net", points=points)
    imported = replace(model, card=model.card.model_copy(update={"imported": about}))
    page = Page(card_section(imported))
    assert all(f"words ({how})" in page.text for how in hows)
    assert "script" not in page.tags
    assert [point["how"] for point in model_json(imported)["imported"]["points"]] == [*hows]

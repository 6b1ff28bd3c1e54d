"""Lists of patches, as older projects wrote them, open as a split that says what it is worth."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from bcviewer.dataset.dataset import Dataset
from bcviewer.dataset.scan import scan
from bcviewer.dataset.split_file import load_split, save_split, split_from_files
from bcviewer.errors import SplitError

FOREIGN = {
    "windows": "C:\\Users\\me\\data\\IDC_regular_ps50_idx5\\{patient}\\{label}\\{name}",
    "linux": "/home/me/data, old/{patient}/{label}/{name}",
    "bare": "{name}",
}


@pytest.fixture
def dataset(data_folder: Path) -> Dataset:
    return scan(data_folder)


def write_lists(
    folder: Path,
    dataset: Dataset,
    rows: dict[str, list[int]],
    *,
    style: str = "linux",
    header: bool = True,
    end: str = "\n",
) -> Path:
    """``,image_path`` and an index, as pandas writes it; gives the list of the train part."""
    folder.mkdir(exist_ok=True)
    for part, chosen in rows.items():
        lines = [",image_path"] if header else []
        for number, row in enumerate(chosen):
            path = FOREIGN[style].format(
                patient=dataset.patients[int(dataset.patient_index[row])],
                label=int(dataset.labels[row]),
                name=dataset.path(row).name,
            )
            quoted = f'"{path}"' if "," in path else path
            lines.append(f"{number},{quoted}" if header else quoted)
        (folder / f"{part}.txt").write_text(end.join(lines) + end, encoding="utf-8")
    return folder / "train.txt"


def mixed_rows(dataset: Dataset) -> dict[str, list[int]]:
    rows = list(range(len(dataset)))
    random.Random(1).shuffle(rows)
    return {"train": rows[:84], "val": rows[84:96], "test": rows[96:]}


@pytest.mark.parametrize("style", FOREIGN)
@pytest.mark.parametrize(("header", "end"), [(True, "\n"), (True, "\r\n"), (False, "\n")])
def test_lists_of_another_machine_open_as_a_patch_wise_split(
    dataset: Dataset, tmp_path: Path, style: str, header: bool, end: str
) -> None:
    rows = mixed_rows(dataset)
    train = write_lists(tmp_path / "seed", dataset, rows, style=style, header=header, end=end)
    for chosen in (train, train.with_name("val.txt"), train.with_name("test.txt"), train.parent):
        split = load_split(chosen, dataset)
        assert split.title == "patch-wise (optimistic)"
        assert split.optimistic
        for part, listed in zip(("train", "validation", "test"), rows.values(), strict=True):
            assert split.rows(part).tolist() == sorted(listed)


def test_lists_with_whole_patients_are_not_called_optimistic(
    dataset: Dataset, tmp_path: Path
) -> None:
    rows = {"train": list(range(75)), "val": list(range(80, 100)), "test": list(range(100, 120))}
    split = load_split(write_lists(tmp_path / "l", dataset, rows), dataset)
    assert split.title == "from lists of patches"
    assert not split.optimistic
    assert (split.part_of[75:80] == -1).all()
    save_split(split, tmp_path / "split.json")
    again = load_split(tmp_path / "split.json", dataset)
    np.testing.assert_array_equal(again.part_of, split.part_of)
    assert again.title == split.title


def test_a_patient_mixed_in_the_lists_counts_though_the_data_have_a_part_of_it_only(
    dataset: Dataset, tmp_path: Path
) -> None:
    rows = {"train": [0, 1], "val": [40], "test": [80]}
    train = write_lists(tmp_path / "l", dataset, rows)
    strange = "9,/elsewhere/p00/0/p00_idx5_x9951_y9951_class0.png\n"
    test = train.with_name("test.txt")
    test.write_text(test.read_text() + strange)
    assert load_split(train, dataset).title == "patch-wise (optimistic)"


def test_lists_of_patients_beside_each_other_open_too(dataset: Dataset, tmp_path: Path) -> None:
    for part, ids in {"train": "p00\np01", "val": "p02", "test": "p03"}.items():
        (tmp_path / f"official_{part}.txt").write_text(ids)
    split = load_split(tmp_path / "official_val.txt", dataset)
    assert split.title == "from lists of patients"
    assert split.patients("validation") == ("p02",)


def test_a_patch_in_two_lists_is_refused(dataset: Dataset, tmp_path: Path) -> None:
    train = write_lists(tmp_path, dataset, {"train": [0, 1], "val": [1], "test": [2]})
    with pytest.raises(SplitError, match=r"1 patch is in more than one list, as p00_idx5"):
        load_split(train, dataset)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (",image_path\n0,/data/notes.txt\n", "names no patch: '0,/data/notes.txt'"),
        (",image_path\n", "names no patch"),
        (",image_path\n3\n", "names no patch"),
        ("p01\n", "Some lists name patients, and others patches"),
        (',image_path\n0,"/data/p00_idx5_x1_y1_class0.png\n', "is damaged"),
        ("", "names no patch"),
    ],
)
def test_a_damaged_list_is_refused_with_words(
    dataset: Dataset, tmp_path: Path, content: str, words: str
) -> None:
    train = write_lists(tmp_path, dataset, {"train": [0], "val": [1], "test": [2]})
    train.with_name("val.txt").write_text(content)
    with pytest.raises(SplitError, match=words):
        load_split(train, dataset)


def test_lists_that_are_missing_or_of_other_data_are_told(dataset: Dataset, tmp_path: Path) -> None:
    train = write_lists(tmp_path, dataset, {"train": [0], "val": [1], "test": [2]})
    train.with_name("test.txt").write_bytes(b"\xff\xfe\x00binary")
    with pytest.raises(SplitError, match="not a text file"):
        load_split(train, dataset)
    train.with_name("test.txt").unlink()
    with pytest.raises(SplitError, match=r"There is no test\.txt") as caught:
        load_split(train, dataset)
    assert "train.txt, val.txt and test.txt" in caught.value.hint
    other = "99/0/99_idx5_x1_y1_class0.png"
    files = {part: tmp_path / part for part in ("train", "validation", "test")}
    for number, path in enumerate(files.values()):
        path.write_text(other.replace("x1_", f"x{50 * number + 1}_"))
    with pytest.raises(SplitError, match="None of the listed patches"):
        split_from_files(dataset, **files)

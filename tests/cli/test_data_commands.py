"""The commands about data: they report in words or in JSON, and end with the right code."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bcviewer.cli import main
from tests.factories import small_dataset


def run(*arguments: object) -> int:
    """Run a command line in this process; returns its exit code."""
    with pytest.raises(SystemExit) as caught:
        main([str(argument) for argument in arguments])
    return int(caught.value.code or 0)


def test_scan_reports_what_is_there(data_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoilt = next((data_folder / "p00" / "0").iterdir())
    spoilt.write_bytes(spoilt.read_bytes()[:200])
    (data_folder / "p01" / "0" / "notes.txt").write_text("x")
    assert run("scan", data_folder, "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["patients"], report["patches"], report["idc_patches"]) == (6, 120, 36)
    assert report["finding_counts"] == {"strange_file": 1, "damaged": 1}
    assert run("scan", data_folder) == 0
    assert "6 patients, 120 patches, 30.0% of them IDC" in capsys.readouterr().out
    assert run("scan", data_folder, "--quick", "--json") == 0
    assert json.loads(capsys.readouterr().out)["finding_counts"] == {"strange_file": 1}


def test_scan_counts_one_patient_and_one_patch_as_one(
    data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    patch = next((data_folder / "p00" / "0").iterdir())
    small = tmp_path / "small"
    for folder in (small, small / "IDC_regular_ps50_idx5"):
        (folder / "p00" / "0").mkdir(parents=True)
        shutil.copy(patch, folder / "p00" / "0")
    assert run("scan", small) == 0
    told = capsys.readouterr().out
    assert ": 1 patient, 1 patch, 0.0% of them IDC." in told
    assert "1 patient stands a second time here" in told


def test_split_writes_a_file_and_says_what_is_in_it(
    data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "split.json"
    assert run("split", data_folder, "--out", out, "--fractions", ".5", ".25", ".25", "--json") == 0
    parts = json.loads(capsys.readouterr().out)["parts"]
    assert sum(part["patients"] for part in parts.values()) == 6
    assert parts["train"]["patches"] == 60
    assert json.loads(out.read_text())["by"] == "patient"
    assert run("split", data_folder, "--out", out, "--by", "patch") == 0
    assert "patch-wise (optimistic)" in capsys.readouterr().out


def test_a_split_is_not_written_into_the_data(
    data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(data_folder.rglob("*"))
    with pytest.raises(SystemExit) as ended:
        main(["split", str(data_folder), "--out", str(data_folder / "split.json")])
    assert ended.value.code == 1
    assert "never written to" in capsys.readouterr().err
    assert sorted(data_folder.rglob("*")) == before


def test_split_takes_lists_of_patients(
    data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lists = [tmp_path / name for name in ("a", "b", "c")]
    for path, ids in zip(lists, ("p00\np01", "p02", "p03"), strict=True):
        path.write_text(ids)
    assert run("split", data_folder, "--out", tmp_path / "s", "--lists", *lists, "--json") == 0
    assert json.loads(capsys.readouterr().out)["parts"]["train"]["patients"] == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["scan", "nowhere"], "There is no folder nowhere"),
        (["split", "DATA", "--out", "s", "--fractions", "1", "1", "1"], "add up to 3"),
        (["evaluate", "DATA", "--model", "nothing"], "There is no model nothing"),
        (["train", "--job", "nothing.json"], "Cannot read nothing.json"),
    ],
)
def test_a_named_error_is_one_line_and_code_1(
    data_folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    words: str,
) -> None:
    monkeypatch.chdir(data_folder.parent)
    assert run(*(str(data_folder) if word == "DATA" else word for word in arguments)) == 1
    said = capsys.readouterr().err
    assert said.startswith("bcviewer: ")
    assert words in said
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["scan"],
        ["scan", "DATA", "--nonsense"],
        ["train", "DATA"],
        ["train", "--job", "x.json", "--epochs", "3"],
        ["train", "DATA", "--model", "resnet", "--run", "x"],
        ["evaluate", "DATA", "--model", "x", "--part", "exam"],
    ],
)
def test_wrong_usage_is_code_2(data_folder: Path, arguments: list[str]) -> None:
    assert run(*(str(data_folder) if word == "DATA" else word for word in arguments)) == 2


def test_help_and_version_need_no_screen(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--help") == 0
    assert "Research use only" in capsys.readouterr().out
    assert run("--version") == 0
    for command in ("gui", "demo", "scan", "split", "train", "evaluate", "predict", "models"):
        assert run(command, "--help") == 0


def test_without_a_display_the_window_says_what_helps(tmp_path: Path) -> None:
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {key: value for key, value in os.environ.items() if key not in hidden}
    if not sys.platform.startswith("linux"):
        pytest.skip("other systems always have a display")
    result = subprocess.run(
        [sys.executable, "-m", "bcviewer", str(tmp_path)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert "DISPLAY is not set" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_missing_library_of_qt_is_named_with_its_package() -> None:
    from bcviewer.gui.display import _how_to_install, _missing_library

    said = "libxcb-cursor.so.0: cannot open shared object file: No such file or directory"
    assert _missing_library(said) == "libxcb-cursor.so.0"
    assert "apt-get install libxcb-cursor0" in _how_to_install("libxcb-cursor.so.0")


def test_scan_is_stopped_by_ctrl_c(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    small_dataset(tmp_path / "data", patients=1)

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("bcviewer.cli.data_commands.check_pictures", interrupt)
    assert run("scan", tmp_path / "data") == 130
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="no such names there")
def test_names_of_files_neither_steer_the_terminal_nor_stop_the_report(data_folder: Path) -> None:
    for name in ("\x1b[31mred.png", "[bold].png", "\udcff.png"):
        (data_folder / "p00" / "0" / name).write_bytes(b"")
    (data_folder / "p01").rename(data_folder / "[b]p01")
    for path in list((data_folder / "[b]p01").glob("*/p01_*")):
        path.rename(path.with_name(path.name.replace("p01", "[b]p01")))
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8:strict"}
    for more in ((), ("--json",)):
        done = subprocess.run(
            [sys.executable, "-m", "bcviewer", "scan", str(data_folder), *more],
            capture_output=True,
            check=False,
            env=environment,
        )
        assert (done.returncode, done.stderr) == (0, b"")
        assert b"\x1b" not in done.stdout
        assert b"6 patients" in done.stdout or b'"patients": 6' in done.stdout

"""A prediction that is killed half way: the same command finishes it and does nothing twice."""

from __future__ import annotations

import csv
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_data_commands import run

KILLED_AMID_A_TABLE = """
import os, pathlib, signal, sys
real, seen = pathlib.Path.write_bytes, []

def write_bytes(path, content):
    if ".csv." in path.name:
        seen.append(path)
        if len(seen) == 3:
            real(path, content[: len(content) // 2])
            os.kill(os.getpid(), signal.SIGKILL)
    return real(path, content)

pathlib.Path.write_bytes = write_bytes
"""

KILLED_BEFORE_A_RECORD = """
import os, signal, sys
from bcviewer.model.prediction_record import Records
real, seen = Records.write, []

def write(self, patient, counts, files):
    seen.append(patient)
    if len(seen) == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    real(self, patient, counts, files)

Records.write = write
"""

START = """
from bcviewer.cli import main
main(sys.argv[1:])
"""


def tables(out: Path) -> dict[str, Path]:
    return {path.stem: path for path in (out / "model-outputs-csv").glob("p*.csv")}


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
@pytest.mark.parametrize(
    ("killing", "written"), [(KILLED_AMID_A_TABLE, 2), (KILLED_BEFORE_A_RECORD, 3)]
)
def test_the_same_command_finishes_and_leaves_what_is_done(
    data_folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    killing: str,
    written: int,
) -> None:
    out = tmp_path / "out"
    arguments = ["predict", data_folder, "--model", "simple_cnn", "--out", out]
    arguments += ["--workspace", tmp_path / "place"]
    command = [sys.executable, "-c", killing + START, *map(str, arguments)]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    before = {name: path.stat().st_mtime_ns for name, path in tables(out).items()}
    assert len(before) == written

    assert run(*arguments) == 0
    assert "2 of 6 patients were done already" in capsys.readouterr().out
    after = tables(out)
    assert set(after) == {f"p0{number}" for number in range(6)}
    untouched = {name for name, time in before.items() if after[name].stat().st_mtime_ns == time}
    assert len(untouched) == 2, "of the third nobody knew whether it is whole"
    for path in after.values():
        with path.open(newline="") as file:
            lines = list(csv.DictReader(file))
        assert len(lines) == 20
        assert all(0 <= float(line["prob_IDC"]) <= 1 for line in lines)

    assert run(*arguments) == 0
    assert "All 6 patients were done already" in capsys.readouterr().out

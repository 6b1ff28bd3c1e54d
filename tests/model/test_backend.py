"""Loading TensorFlow for a person at a terminal is quiet."""

from __future__ import annotations

import subprocess
import sys

LOAD = """
from bcviewer.model.backend import load_run_job
print(load_run_job().__name__)
"""

FAIL = """
import sys
sys.modules["tensorflow"] = None
from bcviewer.model.backend import load_run_job
load_run_job()
"""


def python(script: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )


def test_nothing_is_said_when_all_is_well() -> None:
    result = python(LOAD)
    assert result.stdout == "run_job\n"
    assert result.stderr == ""


def test_an_error_is_still_told() -> None:
    result = python(FAIL)
    assert result.returncode == 1
    assert "tensorflow" in result.stderr

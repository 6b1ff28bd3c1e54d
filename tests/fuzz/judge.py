"""Asks the judging process, and runs a property over many inputs."""

from __future__ import annotations

import json
import select
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as some

ROOT = Path(__file__).parent.parent.parent
SHORT, LONG = 200, 20_000
"""Inputs of the default suite, and of ``make fuzz``."""

LONG_SECONDS = 8 * 3600
HANG_SECONDS = 600.0
"""By the clock, of a process that waits for something; work is bounded by the processor's time."""

TAME = ("taken", "refused")
Files = Mapping[str, bytes]

both_lengths = pytest.mark.parametrize(
    "inputs",
    [
        pytest.param(SHORT, id="short"),
        pytest.param(LONG, id="long", marks=[pytest.mark.fuzz, pytest.mark.timeout(LONG_SECONDS)]),
    ],
)


class Judge:
    """The judging process, begun anew when it ends, and the folder that it reads from."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.counts: Counter[str] = Counter()
        self._process = _started()

    def ask(self, reading: str, files: Files, **bounds: int) -> tuple[str, str]:
        """Have files read.

        Returns:
            The outcome, see ``judging``, and the words; the outcome "ended" for a process that took
            too long or crashed.
        """
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)
        for name, content in files.items():
            (self._folder / name).write_bytes(content)
        asked = {"reading": reading, "folder": str(self._folder), **bounds}
        outcome, words = self._answer(json.dumps(asked) + "\n")
        self.counts[outcome] += 1
        return outcome, words

    def _answer(self, asked: str) -> tuple[str, str]:
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(asked)
        process.stdin.flush()
        ready, _, _ = select.select([process.stdout], [], [], HANG_SECONDS)
        answer = process.stdout.readline() if ready else ""
        if answer:
            outcome, words = json.loads(answer)
            return outcome, words
        process.kill()
        process.communicate()
        self._process = _started()
        return "ended", f"exit code {process.returncode}; -9 is a hang, -24 too much work"

    def check(
        self, reading: str, files: Files, *, tame: tuple[str, ...] = TAME, **bounds: int
    ) -> str:
        """Have files read and fail unless the outcome is tame; the outcome."""
        outcome, words = self.ask(reading, files, **bounds)
        if outcome not in tame:
            pytest.fail(f"{outcome}: {words}\nThe files are kept in {_kept(reading, files)}.")
        return outcome

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


class Input(dict[str, bytes]):
    """Files that are not shown whole when a test fails."""

    def __repr__(self) -> str:
        return repr({name: content[:200] for name, content in self.items()})


def _kept(reading: str, files: Files) -> Path:
    """A folder with files that were not read as they should be, to look into."""
    folder = Path(tempfile.mkdtemp(prefix=f"bcviewer-{reading}-"))
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def _started() -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "tests.fuzz.judging"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def run(
    judge: Judge,
    reading: str,
    inputs: some.SearchStrategy[Files],
    *,
    count: int,
    tame: tuple[str, ...] = TAME,
    **bounds: int,
) -> None:
    """Have so many inputs read; the first that is not tame is shrunk and shown.

    The default suite reads the same inputs each time, a long run others each time.
    """

    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        derandomize=count == SHORT,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(inputs.map(Input))
    def check(files: Files) -> None:
        judge.check(reading, files, tame=tame, **bounds)

    judge.counts.clear()
    check()
    print(f"\n{reading}: {sum(judge.counts.values()):,} inputs, {dict(judge.counts)}")

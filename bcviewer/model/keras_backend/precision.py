"""In which numbers a training computes: float32, or bfloat16 where that is known to be faster."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from bcviewer.model.job import TrainingJob

Computed = Literal["float32", "bfloat16"]

CPU_FILE = Path("/proc/cpuinfo")
HARDWARE = {"avx512_bf16", "amx_bf16"}
"""What Linux calls a processor's own bfloat16. Without it TensorFlow converts each number to and
fro, which is slower than float32."""

GAINS = {"simple_cnn"}
"""Architectures that bfloat16 makes faster; see docs/decisions/0006-training-speed.md."""


def computed_in(job: TrainingJob) -> Computed:
    """What a job computes in on this machine; "auto" is decided here, without trying.

    Weights, optimizer and checkpoints are float32 in any case.
    """
    if job.precision != "auto":
        return job.precision
    return "bfloat16" if job.model in GAINS and has_bfloat16() else "float32"


def has_bfloat16(cpu_file: Path = CPU_FILE) -> bool:
    """Whether the processor computes in bfloat16 itself; False where it cannot be told."""
    try:
        text = cpu_file.read_text(encoding="ascii", errors="replace")
    except OSError:
        return False
    flags = (line for line in text.splitlines() if line.startswith("flags"))
    return bool(HARDWARE & set(next(flags, "").split()))

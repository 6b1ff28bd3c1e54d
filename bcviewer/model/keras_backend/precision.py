"""In which numbers a training computes: float32, or bfloat16 where that is known to be faster."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from bcviewer.model.job import TrainingJob
from bcviewer.model.keras_backend.device import has_gpu

Computed = Literal["float32", "bfloat16"]

CPU_FILE = Path("/proc/cpuinfo")
TILES = "amx_bf16"
"""What Linux calls a processor's matrix instructions for bfloat16: on Intel, they alone pay."""

VECTORS, FAST_VECTORS = "avx512_bf16", "AuthenticAMD"
"""The vector instructions, and whose are twice as fast as those for float32. Intel's take as long
for a product as two of float32 do, and the converting comes on top. Without either, TensorFlow
converts each number to and fro."""

GAINS = {"simple_cnn"}
"""Architectures that bfloat16 makes faster; see docs/decisions/0006-training-speed.md."""


def computed_in(job: TrainingJob) -> Computed:
    """What a job computes in on this machine; "auto" is decided here, without trying.

    Weights, optimizer and checkpoints are float32 in any case.
    """
    if job.precision != "auto":
        return job.precision
    gains = job.model in GAINS and not has_gpu() and fast_in_bfloat16()
    return "bfloat16" if gains else "float32"


def fast_in_bfloat16(cpu_file: Path = CPU_FILE) -> bool:
    """Whether the processor is faster in bfloat16 than in float32; False where it cannot be told.

    Measured by ``benchmarks/training_speed.py``; see docs/decisions/0006-training-speed.md.
    """
    try:
        text = cpu_file.read_text(encoding="ascii", errors="replace")
    except OSError:
        return False
    flags = set(_told(text, "flags").split())
    return TILES in flags or (VECTORS in flags and _told(text, "vendor_id") == FAST_VECTORS)


def _told(text: str, name: str) -> str:
    """What the first processor's line of a name says; "" where there is none."""
    lines = (line.partition(":") for line in text.splitlines())
    return next((value.strip() for key, _, value in lines if key.strip() == name), "")

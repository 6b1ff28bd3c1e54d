"""Where ImageNet weights lie on this machine, without loading them."""

from __future__ import annotations

import os
from pathlib import Path

from bcviewer.model.catalog import architecture
from bcviewer.model.job import TrainingJob
from bcviewer.model.start_model import names_model, weights_name
from bcviewer.storage import user_folder

DOWNLOADED_FILE = "mobilenet_v2_weights_tf_dim_ordering_tf_kernels_{alpha}_224_no_top.h5"
LOCAL_PATTERN = "*mobilenet*v2*_{alpha}_*no_top*.h5"
DOWNLOAD_MB = {1.0: 9, 0.35: 2}


def weights_folder() -> Path:
    """Where the user may put weight files."""
    return user_folder() / "weights"


def imagenet_file(alpha: float) -> Path | None:
    """A file that the user put into our folder, else that of an earlier download; None for none."""
    for path in sorted(weights_folder().glob(LOCAL_PATTERN.format(alpha=float(alpha)))):
        return path
    home = Path(os.environ.get("KERAS_HOME") or Path.home() / ".keras")
    cached = home / "models" / DOWNLOADED_FILE.format(alpha=float(alpha))
    return cached if cached.is_file() else None


def needs_download(job: TrainingJob) -> bool:
    """Whether a training by this job would first download its start weights."""
    pretrained = architecture(job.model).pretrained
    return pretrained and job.weights == "imagenet" and imagenet_file(job.alpha) is None


def start_words(job: TrainingJob) -> str:
    """What the network starts from, in words."""
    if names_model(job.weights):
        return f"those of the model {weights_name(job.weights)}"
    pretrained = architecture(job.model).pretrained
    if job.weights == "none" or (job.weights == "imagenet" and not pretrained):
        return "random"
    if job.weights != "imagenet":
        return Path(job.weights).name
    found = imagenet_file(job.alpha)
    if found is not None:
        return f"ImageNet, {found.name}"
    return f"ImageNet, about {DOWNLOAD_MB.get(job.alpha, 9)} MB to download"

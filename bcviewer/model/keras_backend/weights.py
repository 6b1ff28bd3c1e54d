"""Start weights of a pretrained backbone: never a silent random start."""

from __future__ import annotations

import os
import urllib.request
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import keras
import numpy as np

from bcviewer.errors import ModelError
from bcviewer.model.catalog import architecture
from bcviewer.model.events import Event, Note
from bcviewer.model.folder import ModelFolder
from bcviewer.model.imported_file import plain_parts
from bcviewer.model.imported_hdf5 import check_tree
from bcviewer.model.job import TrainingJob
from bcviewer.model.keras_backend.network import BACKBONE
from bcviewer.model.start_model import origin_words, start_model
from bcviewer.storage import user_folder

DOWNLOAD = "https://storage.googleapis.com/tensorflow/keras-applications/mobilenet_v2/"
KERAS_FILE = "mobilenet_v2_weights_tf_dim_ordering_tf_kernels_{alpha}_224_no_top.h5"
LOCAL_PATTERN = "*mobilenet*v2*_{alpha}_*no_top*.h5"
REACH_SECONDS = 10.0


def load_start_weights(
    network: keras.Model, job: TrainingJob, *, emit: Callable[[Event], None]
) -> str:
    """Give the network the weights the job asks for.

    Those of a finished model fill every layer, of any architecture; a file fills a backbone. For
    "imagenet": a file in the user's weights folder, else the one that Keras downloaded
    before, else a download.

    Returns:
        Where the weights come from, for the model card.

    Raises:
        ModelError: The weights cannot be found, read or used.
    """
    model = start_model(job)
    if model is not None:
        load_model_weights(network, model)
        return origin_words(model)
    pretrained = architecture(job.model).pretrained
    if job.weights == "none" or (job.weights == "imagenet" and not pretrained):
        return "random"
    if job.weights != "imagenet":
        path = Path(job.weights).expanduser()
        _check_backbone_file(path, pretrained=pretrained)
        load_backbone(network, path)
        return f"file {path.name}"
    found = _local_file(job.alpha)
    if found is not None:
        load_backbone(network, found)
        return f"ImageNet, {found.name}"
    emit(Note("Downloading the ImageNet weights of MobileNetV2 (up to 10 MB)."))
    load_backbone(network, _download(job.alpha))
    return f"ImageNet, {_keras_file(job.alpha)}"


def load_model_weights(network: keras.Model, model: ModelFolder) -> None:
    """Give the network all weights of a finished model of the same architecture and width.

    Only numbers are read: what the file says about layers, which could name code to run, is not
    looked at.

    Raises:
        ModelError: The file is damaged, or its weights do not fit.
    """
    try:
        with zipfile.ZipFile(model.network_path) as archive:
            plain_parts(archive, model.network_path)
        network.load_weights(model.network_path)
    except (MemoryError, ModelError):
        raise
    # Keras and HDF5 raise nearly anything of a file that is not theirs.
    except Exception as error:
        raise ModelError(
            f"The weights of the model {model.path} do not fit {network.name}: "
            f"{str(error).splitlines()[0] if str(error) else type(error).__name__}",
            hint="Choose another model, or other start weights.",
        ) from error
    if not all(np.isfinite(weight).all() for weight in network.get_weights()):
        raise ModelError(
            f"The model {model.path} has weights that are no numbers.",
            hint="Choose another model to start from.",
        )


def weights_folder() -> Path:
    """Where the user may put weight files."""
    return user_folder() / "weights"


def load_backbone(network: keras.Model, path: Path) -> None:
    """Load a file of weights without a top into the network's backbone.

    Raises:
        ModelError: The file is missing, damaged or for another network.
    """
    _check_backbone_file(path, pretrained=True)
    backbone = network.get_layer(BACKBONE)
    kernels = [variable for variable in backbone.weights if len(variable.shape) > 1]
    before = [kernel.numpy() for kernel in kernels]
    try:
        _check_inside(path)
        with warnings.catch_warnings():
            # Keras warns of containers that older files do not have; what was loaded is seen below.
            warnings.simplefilter("ignore")
            backbone.load_weights(path)
    except (ValueError, OSError, KeyError) as error:
        raise ModelError(
            f"The weights file {path} does not fit this network: it is damaged, or for another "
            "network or another alpha.",
            hint=_choices(),
        ) from error
    after = [kernel.numpy() for kernel in kernels]
    left = sum(map(np.array_equal, before, after))
    if left or not all(np.isfinite(kernel).all() for kernel in after):
        raise ModelError(
            f"The weights file {path} does not fill the network: {left} of {len(kernels)} layers "
            "would start at random, or values are not numbers.",
            hint=_choices(),
        )


def _check_inside(path: Path) -> None:
    """Look whether a weights file holds all that it has: Keras follows links of this older form.

    Raises:
        ModelError: It has links that lead out, or is larger than any.
        OSError: It is no HDF5 file.
    """
    import h5py

    with h5py.File(path, "r") as file:
        check_tree(file)


def _check_backbone_file(path: Path, *, pretrained: bool) -> None:
    """Look whether there is a file, and a use for it.

    Raises:
        ModelError: There is none.
    """
    if not path.is_file():
        raise ModelError(f"There is no weights file and no model folder {path}.", hint=_choices())
    if not pretrained:
        raise ModelError(
            f"The weights file {path} is of no use: this network has no pretrained backbone.",
            hint="Give the folder of a model to continue from, or leave the weights out.",
        )


def _local_file(alpha: float) -> Path | None:
    """A file that the user put into our folder, else Keras' own from an earlier download."""
    for path in sorted(weights_folder().glob(LOCAL_PATTERN.format(alpha=float(alpha)))):
        return path
    keras_home = Path(os.environ.get("KERAS_HOME") or Path.home() / ".keras")
    cached = keras_home / "models" / _keras_file(alpha)
    return cached if cached.is_file() else None


def _download(alpha: float) -> Path:
    """Have Keras fetch its own file; asked for first, as Keras would wait for ever."""
    address = DOWNLOAD + _keras_file(alpha)
    try:
        request = urllib.request.Request(address, method="HEAD")  # noqa: S310  (https)
        urllib.request.urlopen(request, timeout=REACH_SECONDS).close()  # noqa: S310
        return Path(keras.utils.get_file(_keras_file(alpha), address, cache_subdir="models"))
    except Exception as error:  # Keras raises just that when a download fails
        raise ModelError(
            f"The ImageNet weights cannot be downloaded: {error}.", hint=_choices()
        ) from error


def _keras_file(alpha: float) -> str:
    return KERAS_FILE.format(alpha=float(alpha))


def _choices() -> str:
    return (
        "Give a file or the folder of a model with --weights FILE (or put a file into "
        f"{weights_folder()}), or start from random weights with --weights none."
    )

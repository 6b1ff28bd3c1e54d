"""The layers that may be rebuilt from a file, and their settings: all others are refused."""

from __future__ import annotations

from typing import Any

from bcviewer.model import imported_values as values
from bcviewer.model.imported_plan import HANDED_ON, refused

_KERNEL = values.pair(1, values.FURTHEST)
_CONVOLUTION: dict[str, values.Reader] = {
    "kernel_size": _KERNEL,
    "strides": _KERNEL,
    "padding": values.one_of("same", "valid"),
    "dilation_rate": _KERNEL,
    "use_bias": values.flag,
    "activation": values.activation,
}
_FILTERS = {"filters": values.whole(1, values.MOST_CHANNELS)}
_DEPTH = {"depth_multiplier": values.whole(1, 64)}
_POOLING: dict[str, values.Reader] = {
    "pool_size": _KERNEL,
    "strides": values.optional(_KERNEL),
    "padding": values.one_of("same", "valid"),
}

KINDS: dict[str, dict[str, values.Reader]] = {
    "Conv2D": {**_CONVOLUTION, **_FILTERS, "groups": values.whole(1, values.MOST_CHANNELS)},
    "DepthwiseConv2D": {**_CONVOLUTION, **_DEPTH},
    "SeparableConv2D": {**_CONVOLUTION, **_FILTERS, **_DEPTH},
    "Dense": {
        "units": values.whole(1, values.MOST_CHANNELS),
        "use_bias": values.flag,
        "activation": values.activation,
    },
    "BatchNormalization": {
        "axis": values.axis,
        "momentum": values.number,
        "epsilon": values.number,
        "center": values.flag,
        "scale": values.flag,
    },
    "Activation": {"activation": values.activation},
    "ReLU": {
        "max_value": values.optional(values.number),
        "negative_slope": values.number,
        "threshold": values.number,
    },
    "LeakyReLU": {"negative_slope": values.number},
    "ELU": {"alpha": values.number},
    "Softmax": {"axis": values.axis},
    "Flatten": {},
    "Reshape": {"target_shape": values.shape},
    "GlobalAveragePooling2D": {"keepdims": values.flag},
    "GlobalMaxPooling2D": {"keepdims": values.flag},
    "AveragePooling2D": _POOLING,
    "MaxPooling2D": _POOLING,
    "ZeroPadding2D": {"padding": values.margins},
    "Cropping2D": {"cropping": values.margins},
    "UpSampling2D": {
        "size": values.pair(1, 8),
        "interpolation": values.one_of("nearest", "bilinear"),
    },
    "Rescaling": {"scale": values.numbers_or_number, "offset": values.numbers_or_number},
    "Add": {},
    "Subtract": {},
    "Multiply": {},
    "Average": {},
    "Maximum": {},
    "Concatenate": {"axis": values.axis},
}

NEEDED = {
    "Conv2D": ("filters", "kernel_size"),
    "DepthwiseConv2D": ("kernel_size",),
    "SeparableConv2D": ("filters", "kernel_size"),
    "Dense": ("units",),
    "Activation": ("activation",),
    "Reshape": ("target_shape",),
    "Rescaling": ("scale",),
}
"""Settings without which a layer cannot be built."""

MERGES = ("Add", "Subtract", "Multiply", "Average", "Maximum", "Concatenate")

ONLY_IN_TRAINING = (
    *("Dropout", "SpatialDropout2D", "GaussianDropout", "GaussianNoise", "AlphaDropout"),
    *("RandomFlip", "RandomRotation", "RandomZoom", "RandomTranslation", "RandomContrast"),
    *("RandomBrightness", "ActivityRegularization"),
)
"""They give what they are given when a network predicts."""

SAME_AS = {
    "BatchNormalizationV1": "BatchNormalization",
    "BatchNormalizationV2": "BatchNormalization",
    "Convolution2D": "Conv2D",
    "SeparableConvolution2D": "SeparableConv2D",
    "MaxPool2D": "MaxPooling2D",
    "AvgPool2D": "AveragePooling2D",
}

MODULES = ("keras", "tf_keras", "tensorflow")
CODE = ("Lambda", "SlicingOpLambda", "TFOpLambda", "TensorFlowOpLayer", "TFSMLayer")

_WITHOUT_MEANING = (
    *("name", "trainable", "dtype", "batch_input_shape", "batch_shape", "sparse", "ragged"),
    *("data_format", "fused", "optional", "input_dtype", "synchronized", "seed", "renorm_momentum"),
)
_OF_TRAINING = ("_initializer", "_regularizer", "_constraint")


def check_origin(entry: dict[str, Any], *, place: str) -> str:
    """The class of a layer, when nothing about it is from outside of Keras.

    Raises:
        ModelError: It names a module or a class that is not Keras' own.
    """
    kind = entry.get("class_name")
    if not isinstance(kind, str):
        raise refused(f"{place} has no class: the file is damaged.")
    module, registered = entry.get("module"), entry.get("registered_name")
    foreign = module is not None and (
        not isinstance(module, str) or module.split(".")[0] not in MODULES
    )
    if foreign or ">" in kind or registered not in (None, "", kind):
        raise refused(
            f"{place} is the custom object {_origin(module, kind, registered)}: it would need "
            "code from elsewhere, which is not run."
        )
    return SAME_AS.get(kind, kind)


def settings_of(kind: str, config: dict[str, Any], *, place: str) -> tuple[str, dict[str, Any]]:
    """The kind to build, and its checked settings.

    Raises:
        ModelError: The layer is of no known kind, or has a setting that is not known.
    """
    if kind in ONLY_IN_TRAINING:
        return HANDED_ON, {}
    if kind not in KINDS:
        why = "code of its own, which is not run" if kind in CODE else "a kind that is not known"
        raise refused(f"{place} is a {_short(kind)} layer: {why}.")
    if config.get("data_format") not in (None, "channels_last"):
        raise refused(f"{place} has the channels first; they must come last.")
    readers = KINDS[kind]
    settings = {}
    for key, value in _renamed(kind, config).items():
        if key in readers:
            settings[key] = values.read_setting(readers[key], value, place=f"{place}, {key}")
        elif not _without_meaning(key, value):
            raise refused(f"{place} has the setting {_short(key)}, which is not known.")
    for key in NEEDED.get(kind, ()):
        if key not in settings:
            raise refused(f"{place} lacks the setting {key}: the file is damaged.")
    return kind, settings


def _renamed(kind: str, config: dict[str, Any]) -> dict[str, Any]:
    """What Keras 3 calls otherwise than Keras 2."""
    if kind == "LeakyReLU" and "alpha" in config:
        return {"negative_slope": config["alpha"], **_without(config, "alpha")}
    if kind in ("DepthwiseConv2D", "SeparableConv2D") and config.get("groups") == 1:
        return _without(config, "groups")
    return config


def _without(config: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in config.items() if name != key}


def _without_meaning(key: str, value: Any) -> bool:
    if key in _WITHOUT_MEANING or key.endswith(_OF_TRAINING):
        return True
    return value is None or value is False or value in ([], {})


def _origin(module: Any, kind: str, registered: Any) -> str:
    named = registered if isinstance(registered, str) and ">" in registered else kind
    return _short(f"{module}.{named}" if isinstance(module, str) else named)


def _short(text: str) -> str:
    text = "".join(letter if letter.isprintable() else "?" for letter in text)
    return text if len(text) <= 60 else f"{text[:57]}..."

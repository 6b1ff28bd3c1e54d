"""Architectures are found by name."""

from __future__ import annotations

import pytest

from bcviewer.errors import ModelError
from bcviewer.model.catalog import ARCHITECTURES, architecture


def test_each_architecture_is_found_by_its_name() -> None:
    for known in ARCHITECTURES:
        assert architecture(known.name) is known


def test_a_wrong_name_is_answered_with_the_right_ones() -> None:
    with pytest.raises(ModelError) as error:
        architecture("resnet")
    assert "resnet" in error.value.message
    assert all(known.name in error.value.hint for known in ARCHITECTURES)

"""A head learns what features tell, is held to the head there was, and never lost for little."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from bcviewer.errors import Cancelled
from bcviewer.model.graph_head import Head
from bcviewer.model.head_fit import (
    HARM,
    PULLS,
    TIGHTER,
    LabelledFeatures,
    _inverse_of_lower,
    class_weights_of,
    fit_head,
)

BASE = Head(np.zeros(8, np.float32), -1.0)


def patches(
    count: int, *, seed: int, idc: float = 0.3, dtype: type = np.float16
) -> LabelledFeatures:
    """Eight features of which the first tells the label, and the last never changes."""
    generator = np.random.default_rng(seed)
    labels = (generator.random(count) < idc).astype(np.int8)
    features = generator.normal(0, 1, (count, 8))
    features[:, 0] += 2 * labels
    features[:, 7] = 3.0
    return LabelledFeatures(features.astype(dtype), labels)


def test_a_head_learns_what_the_features_tell() -> None:
    train, validation = patches(2000, seed=0), patches(500, seed=1)
    fit = fit_head(BASE, train, validation)
    assert fit.tried[fit.pull]["auc"] > 0.9
    assert fit.tried[fit.pull]["balanced_accuracy"] > 0.8
    assert np.argmax(fit.head.kernel) == 0
    assert fit.head.kernel[7] == BASE.kernel[7]


def test_a_strong_pull_changes_little_and_a_weak_one_much() -> None:
    train, validation = patches(2000, seed=0), patches(500, seed=1)
    tried = fit_head(BASE, train, validation).tried
    losses = [tried[pull]["loss"] for pull in tried]
    assert tuple(tried) == PULLS[: len(tried)]
    assert losses[0] > losses[-1]


def test_a_good_head_is_not_wrecked_by_a_few_wrong_corrections() -> None:
    train, validation = patches(2000, seed=0), patches(500, seed=1)
    good = fit_head(BASE, train, validation).head
    few = patches(12, seed=2)
    wrong = LabelledFeatures(few.features, (1 - few.labels).astype(np.int8))
    fit = fit_head(good, wrong, validation)
    before = roc_auc_score(validation.labels, good.probabilities(validation.features))
    assert fit.pull in TIGHTER
    assert fit.tried[PULLS[0]]["auc"] < before - 0.1
    assert fit.tried[fit.pull]["auc"] > before - 2 * HARM


def test_a_weaker_pull_has_to_earn_its_place() -> None:
    train = patches(2000, seed=0)
    perfect = Head(np.array([1, 0, 0, 0, 0, 0, 0, 0], np.float32), -1.0)
    clear = LabelledFeatures(np.diag(np.full(8, 9.0)), np.array([1, *[0] * 7], np.int8))
    fit = fit_head(perfect, train, clear)
    assert fit.tried[PULLS[0]]["auc"] == 1.0
    assert fit.pull == PULLS[0]
    assert len(fit.tried) == 3


def test_validation_patches_of_one_class_choose_by_the_loss() -> None:
    one = patches(100, seed=1, idc=0.0)
    fit = fit_head(BASE, patches(500, seed=0), one)
    assert np.isfinite(fit.head.kernel).all()
    assert np.isnan(fit.tried[fit.pull]["auc"])


def test_class_weights_raise_the_probability_of_the_rare_class() -> None:
    train, validation = patches(3000, seed=0, idc=0.05), patches(500, seed=1)
    weighted = fit_head(BASE, train, validation).head.probabilities(validation.features)
    plain = fit_head(BASE, train, validation, class_weights=False)
    assert weighted.mean() > plain.head.probabilities(validation.features).mean() + 0.1
    assert class_weights_of(np.array([0, 0, 0, 1], np.int8)) == pytest.approx([2 / 3, 2])


def test_it_can_be_stopped_at_any_step() -> None:
    with pytest.raises(Cancelled):
        fit_head(BASE, patches(100, seed=0), patches(50, seed=1), cancelled=lambda: True)


@settings(max_examples=25)
@given(st.integers(0, 1000), st.floats(1e-3, 1e4), st.floats(-1e3, 1e3), st.integers(2, 40))
def test_scale_and_offset_of_a_feature_do_not_change_what_is_learned(
    seed: int, scale: float, offset: float, count: int
) -> None:
    train, validation = patches(count, seed=seed, dtype=np.float32), patches(60, seed=1)
    labels = train.labels.copy()
    labels[:2] = 0, 1
    found = [
        fit_head(
            BASE,
            LabelledFeatures((train.features * by + plus).astype(np.float64), labels),
            LabelledFeatures(
                (validation.features * by + plus).astype(np.float64), validation.labels
            ),
        ).tried[PULLS[0]]["loss"]
        for by, plus in ((1.0, 0.0), (scale, offset if scale > 1 else 0.0))
    ]
    assert found[0] == pytest.approx(found[1], rel=0.02)


@pytest.mark.parametrize("count", [1, 128, 129, 700])
def test_the_inverse_of_a_triangle_is_its_inverse(count: int) -> None:
    lower = np.tril(np.random.default_rng(0).normal(0, 0.1, (count, count))) + 3 * np.eye(count)
    np.testing.assert_allclose(_inverse_of_lower(lower) @ lower, np.eye(count), atol=1e-9)

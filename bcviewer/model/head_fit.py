"""Fitting a new head to features: logistic regression that is pulled towards the head there was.

The network behind the features has learned from the same patients, so their features look easier
than those of new patients. A head that fits them freely is sure of itself and worse on others;
the pull towards the old head prevents that, and its strength is chosen on validation patients.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bcviewer.model.graph_head import Head, sigmoid
from bcviewer.model.scores import scores
from bcviewer.progress import Cancel, stop_if

PULLS = (1.0, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001)
"""From strong to weak: the weight of half the squared change of the head, each feature measured
in its own standard deviations, against the mean loss of a patch."""

GAIN = 5e-4
"""Area under the curve that a weaker pull has to win on the validation patients."""

HARM = 2e-3
"""Area under the curve that the strongest of ``PULLS`` may lose against the old head."""

TIGHTER = (10.0, 100.0, 1000.0)
"""Stronger pulls, for labels so few or so odd that the head would lose more."""

PATIENCE = 2
"""After so many weaker pulls in a row without a gain, still weaker ones are not tried."""

QUIET = 0.1
"""Features that change less than this share of what they do on average count as that quiet."""

STEPS = 30
TOLERANCE = 1e-4
JITTER = 1e-6
SMALL_BLOCK = 128
CURVATURE_PATCHES = 4000
"""Patches from which the curvature of the loss is measured, which speeds up the way down."""


@dataclass(frozen=True, eq=False)
class LabelledFeatures:
    """Patches to learn from or to be judged on: float[n, k], none NaN, and int8[n], 0 or 1."""

    features: NDArray[np.floating]
    labels: NDArray[np.int8]


@dataclass(frozen=True, eq=False)
class HeadFit:
    """A fitted head.

    Attributes:
        head: The head.
        pull: How strongly it was held to the old head; of ``PULLS`` or ``TIGHTER``.
        tried: Validation scores at 0.5 for each pull that was tried.
    """

    head: Head
    pull: float
    tried: dict[float, dict[str, float]]


def fit_head(
    base: Head,
    train: LabelledFeatures,
    validation: LabelledFeatures,
    *,
    class_weights: bool = True,
    cancelled: Cancel | None = None,
) -> HeadFit:
    """Fit a head.

    The pull is chosen by the area under the ROC curve on the validation patches (by the loss, where
    they are of one class), as a training chooses its best epoch: a weaker one has to win something,
    and where even the strongest harms, the head is held tighter still.

    Args:
        base: The head there was; where the fit starts and what it is held to.
        train: What to learn from; both classes.
        validation: What the pull is chosen on.
        class_weights: Weigh both classes alike in the loss.
        cancelled: Asked at each step.

    Raises:
        Cancelled: The user asked to stop.
    """
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    # On a busy machine threads of the linear algebra wait for each other in loops and take ten
    # times as long; one is fast enough, and leaves a core to the window.
    with threadpool_limits(1, user_api="blas"):
        problem = _Problem(base, train, class_weights=class_weights, cancelled=cancelled)
        return _Search(problem, base, validation).run()


class _Search:
    """The way through the pulls: to weaker ones while they win, or to stronger ones."""

    def __init__(self, problem: _Problem, base: Head, validation: LabelledFeatures) -> None:
        self._problem = problem
        self._validation = validation
        self._base_merit = _merit(self._judge(base))
        self._change = problem.no_change()
        self._tried: dict[float, dict[str, float]] = {}

    def run(self) -> HeadFit:
        head, merit = self._try(PULLS[0])
        if merit < self._base_merit - HARM:
            return self._hold_tighter()
        best = HeadFit(head, PULLS[0], self._tried)
        without_gain = 0
        for pull in PULLS[1:]:
            head, now = self._try(pull)
            if now > merit + GAIN:
                best, merit, without_gain = HeadFit(head, pull, self._tried), now, 0
            else:
                without_gain += 1
            if without_gain == PATIENCE:
                break
        return best

    def _hold_tighter(self) -> HeadFit:
        for pull in TIGHTER:
            head, merit = self._try(pull)
            if merit >= self._base_merit - HARM:
                break
        return HeadFit(head, pull, self._tried)

    def _try(self, pull: float) -> tuple[Head, float]:
        self._change = self._problem.solve(pull, start=self._change)
        head = self._problem.head(self._change)
        self._tried[pull] = self._judge(head)
        return head, _merit(self._tried[pull])

    def _judge(self, head: Head) -> dict[str, float]:
        probabilities = head.probabilities(self._validation.features)
        return scores(self._validation.labels, probabilities)


def class_weights_of(labels: NDArray[np.int8]) -> NDArray[np.float32]:
    """float32[2]: weights that give both classes the same say, 1 on average over the patches."""
    counts = np.bincount(labels, minlength=2)
    return (len(labels) / (2 * np.maximum(counts, 1))).astype(np.float32)


def _merit(found: dict[str, float]) -> float:
    return -found["loss"] if math.isnan(found["auc"]) else found["auc"]


class _Problem:
    """Loss and gradient in the change of the head, in standard deviations of the features."""

    def __init__(
        self, base: Head, train: LabelledFeatures, *, class_weights: bool, cancelled: Cancel | None
    ) -> None:
        self._base = base
        self._cancelled = cancelled
        self._offset = base.logits(train.features)
        # One array of 32-bit floats, changed in place: it is the largest thing in memory.
        x = train.features.astype(np.float32)
        self._mean = x.mean(axis=0)
        x -= self._mean
        # As std() says it, without its copy of the largest thing in memory.
        spread = np.sqrt(np.einsum("ij,ij->j", x, x) / np.float32(len(x)))
        # A feature that never changes says nothing and keeps its weight. One that hardly changes
        # would be given a large weight, and be let loose on slides where it does change.
        quiet = np.maximum(spread, np.float32(QUIET) * spread.mean())
        self._scale = np.where(spread > 1e-6, quiet, np.float32(np.inf))
        x /= self._scale
        self._x = x
        self._y = (train.labels == 1).astype(np.float32)
        weights = class_weights_of(train.labels) if class_weights else np.ones(2, np.float32)
        self._weights = weights[train.labels] / np.float32(len(train.labels))

    def no_change(self) -> NDArray[np.float64]:
        """float64[k + 1]: the head as it was."""
        return np.zeros(self._x.shape[1] + 1)

    def solve(self, pull: float, *, start: NDArray[np.float64]) -> NDArray[np.float64]:
        """float64[k + 1]: the change of the kernel, and that of the bias, of the least loss."""
        from scipy import optimize  # type: ignore[import-untyped]

        penalty = np.full(len(start), pull)
        penalty[-1] = 0.0  # the bias is free: a share of IDC that changed is no great change
        turn = self._rounding(penalty, at=start)

        def loss(step: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
            change = start + turn.T @ step
            value, slope = self._loss(change)
            return value + float(penalty @ change**2) / 2, turn @ (slope + penalty * change)

        options = {"maxiter": STEPS, "gtol": TOLERANCE, "ftol": TOLERANCE * TOLERANCE}
        found = optimize.minimize(
            loss, np.zeros(len(start)), jac=True, method="L-BFGS-B", options=options
        )
        change: NDArray[np.float64] = start + turn.T @ found.x
        return change

    def head(self, change: NDArray[np.float64]) -> Head:
        """The head after a change."""
        moved = (change[:-1] / self._scale).astype(np.float32)
        bias = self._base.bias + float(change[-1]) - float(moved @ self._mean)
        return Head(self._base.kernel + moved, bias)

    def _loss(self, change: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        stop_if(self._cancelled)
        logits = self._logits(change, slice(None))
        # log(1 + exp(z)) - y z, without overflow
        losses = np.maximum(logits, 0) + np.log1p(np.exp(-np.abs(logits))) - self._y * logits
        slopes = self._weights * (sigmoid(logits) - self._y)
        value = float((self._weights * losses).sum(dtype=np.float64))
        return value, np.append(slopes @ self._x, slopes.sum()).astype(np.float64)

    def _logits(self, change: NDArray[np.float64], part: slice) -> NDArray[np.float32]:
        small = change.astype(np.float32)
        logits: NDArray[np.float32] = self._offset[part] + self._x[part] @ small[:-1] + small[-1]
        return logits

    def _rounding(
        self, penalty: NDArray[np.float64], *, at: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """float64[k + 1, k + 1]: coordinates in which the loss is nearly round about a point.

        The inverse of the lower Cholesky factor of its second derivatives, as some of the patches
        tell them; in these coordinates few steps lead down.
        """
        part = slice(None, None, max(1, len(self._y) // CURVATURE_PATCHES))
        x = self._x[part]
        found = sigmoid(self._logits(at, part))
        bend = self._weights[part] * found * (1 - found)
        bend *= self._weights.sum() / self._weights[part].sum()
        curvature = np.diag(penalty + JITTER)
        curvature[:-1, :-1] += (x * bend[:, None]).T @ x
        curvature[-1, :-1] = curvature[:-1, -1] = bend @ x
        curvature[-1, -1] += bend.sum()
        return _inverse_of_lower(np.linalg.cholesky(curvature)).astype(np.float64, copy=False)


def _inverse_of_lower(lower: NDArray[np.floating]) -> NDArray[np.floating]:
    """The inverse of a lower triangular matrix, half by half.

    SciPy's own function for it holds Python's lock all the time: the window would stand still.
    """
    count = len(lower)
    if count <= SMALL_BLOCK:
        inverse: NDArray[np.floating] = np.linalg.inv(lower)
        return inverse
    half = count // 2
    upper_left = _inverse_of_lower(lower[:half, :half])
    lower_right = _inverse_of_lower(lower[half:, half:])
    whole = np.zeros_like(lower)
    whole[:half, :half], whole[half:, half:] = upper_left, lower_right
    whole[half:, :half] = -lower_right @ (lower[half:, :half] @ upper_left)
    return whole

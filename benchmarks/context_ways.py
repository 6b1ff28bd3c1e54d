"""The ways to refine a map of logits that ``context.py`` compares; all but ours live only here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]

from bcviewer.model.calibration import logit, sigmoid
from bcviewer.model.context_fit import JudgedPatient, fit_context, steady_threshold
from bcviewer.model.context_smoothing import Cells, smooth

RADIUS = 8
SIGMAS = (0.5, 0.7, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)
Values = NDArray[np.float64]
Refine = Callable[["Slide"], Values]


@dataclass(frozen=True, eq=False)
class Slide:
    """A patient: labels, logits of single patches, cells, features, and pairs of near patches.

    ``pairs`` are int64[k, 2] patches at most ``RADIUS`` cells apart, both ways, and ``apart`` the
    squares of their distances.
    """

    labels: NDArray[np.int8]
    logits: Values
    cells: Cells
    features: Values
    pairs: NDArray[np.int64]
    apart: Values

    @classmethod
    def of(
        cls,
        labels: NDArray[np.int8],
        logits: Values,
        cells: Cells,
        features: Values,
    ) -> Slide:
        steps_down = np.abs(np.subtract.outer(cells.row, cells.row))
        steps_across = np.abs(np.subtract.outer(cells.column, cells.column))
        near = (steps_down <= RADIUS) & (steps_across <= RADIUS)
        np.fill_diagonal(near, False)
        pairs = np.argwhere(near)
        apart = (steps_down**2 + steps_across**2)[near].astype(np.float64)
        return cls(labels, logits, cells, features, pairs, apart)

    def mean_of(self, values: Values, weights: Values, *, own: Values | float = 1.0) -> Values:
        """The weighted mean of a patch's own value and those of its neighbours."""
        here, there = self.pairs.T
        total = own + np.bincount(here, weights, len(self.logits))
        return np.asarray(
            (own * values + np.bincount(here, weights * values[there], len(self.logits))) / total
        )


def single(_: Sequence[Slide]) -> Refine:
    """The logits as they are."""
    return lambda slide: slide.logits


def majority(slides: Sequence[Slide]) -> Refine:
    """The share of IDC among a patch and its neighbours, in 3x3 or 5x5 cells."""
    labels = np.concatenate([slide.labels for slide in slides])
    threshold = float(
        logit(
            np.array(
                [steady_threshold(labels, sigmoid(np.concatenate([s.logits for s in slides])))]
            )
        )[0]
    )

    def refine(radius: int) -> Refine:
        def votes(slide: Slide) -> Values:
            ballots = (slide.logits >= threshold).astype(np.float64)
            near = np.abs(np.diff(_steps(slide), axis=1)).max(axis=(1, 2)) <= radius
            return slide.mean_of(ballots, near.astype(np.float64))

        return votes

    return _best([refine(1), refine(2)], slides)


def gaussian(slides: Sequence[Slide]) -> Refine:
    """A Gaussian over the logits, of the best width."""

    def refine(sigma: float) -> Refine:
        return lambda slide: slide.mean_of(slide.logits, np.exp(-slide.apart / (2 * sigma**2)))

    return _best([refine(sigma) for sigma in SIGMAS], slides)


def mean_field(slides: Sequence[Slide]) -> Refine:
    """A conditional random field by mean field: three rounds, neighbours speak by tanh."""

    def refine(place: Values) -> Refine:
        slope, offset, reach, pull, voice = np.exp(place[0]), place[1], *np.exp(place[2:])

        def rounds(slide: Slide) -> Values:
            own = slope * slide.logits + offset
            weights = pull * np.exp(-slide.apart / (2 * reach**2))
            now = own
            for _ in range(3):
                now = own + voice * slide.mean_of(np.tanh(now / 2), weights)
            return np.asarray(now)

        return rounds

    return refine(_learned(refine, slides, [-0.5, -0.5, 0.5, 0.0, 0.7]))


def ours(slides: Sequence[Slide]) -> Refine:
    """What bcviewer does."""
    patients = [JudgedPatient(slide.labels, sigmoid(slide.logits), slide.cells) for slide in slides]
    card = fit_context(patients, graph="")
    return lambda slide: smooth(slide.logits, slide.cells, card.smoothing)


def one_sweep(slides: Sequence[Slide]) -> Refine:
    """Ours with one sweep: a Gaussian and the weight of the patch itself."""
    return _swept(slides, sweeps=1, edges=False)


def with_features(slides: Sequence[Slide]) -> Refine:
    """Ours, with weights that also fall with the distance of the features."""
    return _swept(slides, sweeps=8, edges=True)


def _swept(slides: Sequence[Slide], *, sweeps: int, edges: bool) -> Refine:
    def refine(place: Values) -> Refine:
        reach, pull = np.exp(place[2:4])

        def sweep(slide: Slide) -> Values:
            weights = pull * np.exp(-slide.apart / (2 * reach**2))
            if edges:
                weights = weights * np.exp(-_unlike(slide) / (2 * np.exp(2 * place[4])))
            here, there = slide.pairs.T
            total = 1 + np.bincount(here, weights, len(slide.logits))
            now = slide.logits
            for _ in range(sweeps):
                heard = np.bincount(here, weights * now[there], len(slide.logits))
                now = (slide.logits + heard) / total
            return np.asarray(np.exp(place[0]) * now + place[1])

        return sweep

    return refine(_learned(refine, slides, [0.0, -0.5, 0.4, -0.3, 0.5][: 5 if edges else 4]))


def _unlike(slide: Slide) -> Values:
    here, there = slide.pairs.T
    return np.asarray(((slide.features[here] - slide.features[there]) ** 2).mean(axis=1))


def _steps(slide: Slide) -> NDArray[np.int64]:
    """int64[k, 2, 2]: of each pair the cells, row and column."""
    places = np.stack([slide.cells.row, slide.cells.column], axis=1)
    return places[slide.pairs]


def _learned(
    refine: Callable[[Values], Refine], slides: Sequence[Slide], begin: Sequence[float]
) -> Values:
    """Parameters of the greatest likelihood, with the same weak pull as ours."""
    start = np.array(begin)
    sizes = [len(slide.labels) for slide in slides]
    weights = np.concatenate([np.full(size, size**-0.5) for size in sizes])
    signs = np.concatenate([np.where(slide.labels == 1, -1.0, 1.0) for slide in slides])

    def loss(place: Values) -> float:
        values = np.concatenate([refine(place)(slide) for slide in slides])
        fit = (weights * np.logaddexp(0, signs * values)).sum() / weights.sum()
        return float(fit + 0.04 / len(slides) * ((place - start) ** 2).sum())

    return np.asarray(minimize(loss, start, method="L-BFGS-B", tol=1e-6).x)


def _best(choices: Sequence[Refine], slides: Sequence[Slide]) -> Refine:
    """The choice of the best balanced accuracy on these slides, at its best threshold."""
    labels = np.concatenate([slide.labels for slide in slides]) == 1

    def gain(refine: Refine) -> float:
        values = np.concatenate([refine(slide) for slide in slides])
        edges = np.quantile(values, np.linspace(0, 1, 400))
        return max(
            float((values[labels] >= edge).mean() + (values[~labels] < edge).mean())
            for edge in edges
        )

    return max(choices, key=gain)


WAYS = {
    "single patch": single,
    "majority filter": majority,
    "best Gaussian": gaussian,
    "Gaussian, own weight learned": one_sweep,
    "mean field": mean_field,
    "ours": ours,
    "ours, weights by features too": with_features,
}

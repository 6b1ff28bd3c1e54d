"""What came of retraining a head, in figures and in words."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bcviewer.model.card import ValidationCard
from bcviewer.model.feature_source import FeatureSource
from bcviewer.model.folder import ModelFolder
from bcviewer.model.graph_head import Head


@dataclass(frozen=True, eq=False)
class HeadResult:
    """A model with a new head.

    Attributes:
        model: The model.
        base: The model that it was made of.
        head: The new head.
        pull: How strongly it was held to the old one, see ``head_fit``.
        patches: Patches that the head was fitted to.
        patients: Their patients.
        changed: Corrected patches in the whole data set.
        changed_fitted: Those of them that took part in the fit.
        changed_judged: Those that only changed the scores, being of validation patients.
        before: The base on the same validation patches and labels, at its own threshold.
        after: The new head.
        features_seconds: What it took to make or read the features.
        fit_seconds: What it took to fit the head.
        seconds: All together.
        features: float32[n, k] of the patients that were asked for.
        source: Where the features of all others are, as far as they are kept.
        warnings: What to know before believing the scores, and what could not be kept.
    """

    model: ModelFolder
    base: ModelFolder
    head: Head
    pull: float
    patches: int
    patients: int
    changed: int
    changed_fitted: int
    changed_judged: int
    before: ValidationCard
    after: ValidationCard
    features_seconds: float
    fit_seconds: float
    seconds: float
    source: FeatureSource
    features: dict[str, NDArray[np.float32]] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    def prediction(self, patient: str) -> NDArray[np.float32] | None:
        """float32[n]: what the new head says of a patient; None where no features are kept.

        NaN where a patch could not be read. It takes milliseconds.
        """
        features = self.features.get(patient)
        if features is None:
            features = self.source.kept(patient)
        return None if features is None else self.head.probabilities(features)

    @property
    def words(self) -> str:
        """In a few sentences, for the window and the terminal."""
        said = [self._learned, self._corrections, self._scores, self._context]
        return " ".join(filter(None, said))

    @property
    def _learned(self) -> str:
        patients = "1 patient" if self.patients == 1 else f"{self.patients} patients"
        return f"Fitted to {self.patches:,} patches of {patients} in {self.fit_seconds:.1f} s."

    @property
    def _corrections(self) -> str:
        if not self.changed:
            return ""
        others = self.changed - self.changed_fitted - self.changed_judged
        rest = [
            f"{self.changed_judged:,} changed the scores" if self.changed_judged else "",
            f"{others:,} of other patients did not count" if others else "",
        ]
        said = "; ".join(text for text in rest if text)
        corrections = "1 correction" if self.changed == 1 else f"{self.changed:,} corrections"
        return f"Of {corrections} it learned {self.changed_fitted:,}" + (
            f"; {said}." if said else "."
        )

    @property
    def _scores(self) -> str:
        name = "balanced_accuracy"
        before, after = self.before.at_threshold[name], self.after.at_threshold[name]
        low, high = self.after.intervals.get(name, (float("nan"), float("nan")))
        interval = "" if low != low else f" (95 %: {low:.3f} to {high:.3f})"
        patients = (
            "1 validation patient"
            if self.after.patients == 1
            else f"{self.after.patients} validation patients"
        )
        return f"Balanced accuracy on {patients}: {before:.3f} before, {after:.3f} now{interval}."

    @property
    def _context(self) -> str:
        if self.model.context is not None:
            return ""
        return "They are too few for context and calibration: it has neither."

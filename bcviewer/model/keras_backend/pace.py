"""How fast a training goes, and how long it will still take."""

from __future__ import annotations

SMOOTHING = 0.1
"""Weight of the latest step in the mean time of a step."""

JUDGING_COST = 0.35
"""Time of a patch in validation against one in training, until a validation was timed: without
the way back."""


class Pace:
    """Times steps and validations; the caller leaves pauses out.

    Args:
        steps: Steps of the whole training.
        validations: Validations of the whole training.
        batch_size: Patches a step.
        validation_patches: Patches a validation.
    """

    def __init__(
        self, *, steps: int, validations: int, batch_size: int, validation_patches: int
    ) -> None:
        self._steps_left = steps
        self._validations_left = validations
        self._batch_size = batch_size
        self._validation_patches = validation_patches
        self._step_seconds = 0.0
        self._steps_timed = -1
        self._validation_seconds: float | None = None

    @property
    def settled(self) -> bool:
        """Whether the figures can be told: the first step traces the network and takes longer."""
        return self._steps_timed > 0

    def step_took(self, seconds: float) -> None:
        """Count a step."""
        self._steps_left -= 1
        self._steps_timed += 1
        if self._steps_timed <= 1:
            self._step_seconds = seconds
        else:
            self._step_seconds += SMOOTHING * (seconds - self._step_seconds)

    def validation_took(self, seconds: float) -> None:
        """Count a validation."""
        self._validations_left -= 1
        self._validation_seconds = seconds

    def skip(self, *, steps: int, validations: int) -> None:
        """Count what was done before, in a training that is resumed."""
        self._steps_left -= steps
        self._validations_left -= validations

    @property
    def patches_per_second(self) -> float:
        """Speed of training; 0 before the first step."""
        return self._batch_size / self._step_seconds if self._step_seconds else 0.0

    @property
    def seconds_left(self) -> float:
        """Time to the end of the last validation."""
        return self.seconds_left_within(0.0)

    def seconds_left_within(self, judged: float) -> float:
        """The same within a validation, of whose patches this share is judged, 0 to 1."""
        validation = self._validation_seconds
        if validation is None:
            patches = self._validation_patches * JUDGING_COST
            validation = patches * self._step_seconds / self._batch_size
        return self._steps_left * self._step_seconds + (
            (self._validations_left - judged) * validation
        )

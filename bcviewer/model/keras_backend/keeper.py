"""Keeping a checkpoint after each epoch."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import keras

from bcviewer.model.keras_backend.averaging import Averaging
from bcviewer.model.keras_backend.checkpoint import Basis, BestEpoch, Checkpoint, save_checkpoint
from bcviewer.model.keras_backend.controls import Controls
from bcviewer.model.keras_backend.state import chance_state, optimizer_state, weights_of
from bcviewer.model.keras_backend.validation import Curve
from bcviewer.model.run_folder import RunFolder
from bcviewer.model.start_model import Heritage


@dataclass(frozen=True, eq=False)
class Clock:
    """The time of a training over all its sessions, without its pauses.

    Attributes:
        began: When this session began, of ``time.perf_counter``.
        before: Seconds of the sessions before.
        controls: They know of the pauses.
    """

    began: float
    before: float
    controls: Controls

    def seconds(self) -> float:
        """Seconds so far."""
        return self.before + time.perf_counter() - self.began - self.controls.paused_seconds


@dataclass(frozen=True, eq=False)
class Keeper:
    """Writes the checkpoint of an epoch; called with the curve and the best epoch.

    Attributes:
        run: Where to.
        basis: What the training learns from.
        weights_origin: Where its start weights came from.
        network: The network, compiled before the first call.
        clock: The time it took.
        heritage: What the start weights have seen.
    """

    run: RunFolder
    basis: Basis
    weights_origin: str
    network: keras.Model
    clock: Clock
    heritage: Heritage = field(default_factory=Heritage)

    def __call__(
        self, curve: Curve, best: BestEpoch, *, averaging: Averaging | None = None
    ) -> None:
        """Write the checkpoint.

        Args:
            curve: The epochs done.
            best: The best of them.
            averaging: Has the average of the weights; None where none is kept.

        Raises:
            StorageError: It cannot be written.
        """
        checkpoint = Checkpoint(
            basis=self.basis,
            weights_origin=self.weights_origin,
            heritage=self.heritage,
            seconds=self.clock.seconds(),
            curve=curve,
            best=best,
            network=weights_of(self.network),
            optimizer=optimizer_state(self.network),
            chance=chance_state(self.network),
            average=averaging.state() if averaging else (),
        )
        save_checkpoint(self.run, checkpoint)

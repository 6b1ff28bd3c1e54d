"""One fit of a network to its material: feed, callbacks and optimizer put together."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import keras

from bcviewer.model.events import Event
from bcviewer.model.job import TrainingJob
from bcviewer.model.keras_backend.averaging import Averaging
from bcviewer.model.keras_backend.checkpoint import Checkpoint
from bcviewer.model.keras_backend.controls import Controls
from bcviewer.model.keras_backend.faults import fault_of
from bcviewer.model.keras_backend.feed import Feed
from bcviewer.model.keras_backend.keeper import Keeper
from bcviewer.model.keras_backend.material import Material
from bcviewer.model.keras_backend.optimizer import compile_network
from bcviewer.model.keras_backend.pace import Pace
from bcviewer.model.keras_backend.state import restore
from bcviewer.model.keras_backend.steering import Steering
from bcviewer.model.keras_backend.validation import Validation, ValidationPart
from bcviewer.model.run_folder import RunFolder


class Fitting:
    """A network and all that it takes to train it.

    Args:
        job: The settings.
        run: Where curve and checkpoints go.
        network: The network, with its start weights; compiled here.
        material: What it learns from.
        controls: Asked between batches.
        emit: Told each event.
        keep: Keeps a checkpoint after each epoch.
    """

    def __init__(
        self,
        job: TrainingJob,
        run: RunFolder,
        *,
        network: keras.Model,
        material: Material,
        controls: Controls,
        emit: Callable[[Event], None],
        keep: Keeper,
    ) -> None:
        self._job = job
        self._network = network
        labels = material.labels.labels
        self._feed = Feed(
            material.pixels,
            material.train,
            labels=labels[material.train],
            batch_size=job.batch_size,
            seed=job.seed,
            augmentation=job.augmentation,
            class_weights=job.class_weights,
        )
        self.steps = job.steps_per_epoch or self._feed.steps_per_pass
        self._pace = Pace(
            steps=self.steps * job.epochs,
            validations=job.epochs,
            batch_size=job.batch_size,
            validation_patches=len(material.validation),
        )
        peak = job.peak_learning_rate
        self._steering = Steering(
            controls,
            self._pace,
            emit=emit,
            run_seconds=keep.clock.seconds,
            steps=self.steps,
            peak=peak,
        )
        self.averaging = Averaging(network, steps=self.steps) if job.weight_averaging else None
        self.validation = Validation(
            ValidationPart(material.pixels, material.validation, labels[material.validation]),
            run,
            controls=controls,
            pace=self._pace,
            emit=emit,
            run_seconds=keep.clock.seconds,
            keep=partial(keep, averaging=self.averaging),
            averaging=self.averaging,
            patience=job.patience,
        )
        compile_network(
            network,
            peak=peak,
            steps=self.steps * job.epochs,
            schedule=job.schedule,
            label_smoothing=job.label_smoothing,
        )

    def go_on_from(self, past: Checkpoint) -> None:
        """Stand where a training stood after its last finished epoch.

        Raises:
            TrainingError: The checkpoint does not fit the network.
            StorageError: The run folder cannot be written.
        """
        restore(self._network, past, averaging=self.averaging)
        self.validation.go_on_from(past.curve, past.best)
        self._pace.skip(steps=self.steps * len(past.curve), validations=len(past.curve))

    def fit(self) -> None:
        """Train until the last epoch, or until the training is to end."""
        done = self.validation.epochs_done
        if done >= self._job.epochs or self.validation.out_of_patience:
            return
        with fault_of(self._feed):
            self._network.fit(
                self._feed.batches(first_step=self.steps * done),
                initial_epoch=done,
                epochs=self._job.epochs,
                steps_per_epoch=self.steps,
                # The average first: the steering may end the training within a step.
                callbacks=[
                    *([self.averaging] if self.averaging else []),
                    self._steering,
                    self.validation,
                ],
                shuffle=False,
                verbose=0,
            )

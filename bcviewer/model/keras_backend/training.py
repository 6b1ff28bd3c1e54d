"""Running a job: from the data folder to the model folder, or on from where it stopped."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from pathlib import Path

import keras

from bcviewer.annotation.reading import save_snapshot
from bcviewer.dataset.split import PARTS
from bcviewer.dataset.split_file import save_split
from bcviewer.errors import BcviewerError, Cancelled, JobError, TrainingError
from bcviewer.model.commands import CommandSource
from bcviewer.model.event_log import EventLog
from bcviewer.model.events import Cancelled_, Event, Exporting, Failed, Finished, Note, Prepared
from bcviewer.model.job import TrainingJob, read_job, write_job
from bcviewer.model.keras_backend.checkpoint import BestEpoch, Checkpoint, load_checkpoint
from bcviewer.model.keras_backend.controls import Controls
from bcviewer.model.keras_backend.device import device_name
from bcviewer.model.keras_backend.export import export_model
from bcviewer.model.keras_backend.faults import in_words
from bcviewer.model.keras_backend.fitting import Fitting
from bcviewer.model.keras_backend.keeper import Clock, Keeper
from bcviewer.model.keras_backend.material import Material, open_material
from bcviewer.model.keras_backend.network import build_network, for_training, freeze_backbone
from bcviewer.model.keras_backend.precision import computed_in
from bcviewer.model.keras_backend.steering import LossLostError
from bcviewer.model.keras_backend.weights import load_start_weights
from bcviewer.model.resume import resumable_job
from bcviewer.model.run_folder import RunFolder, claim_run_folder, sweep
from bcviewer.model.run_lock import held
from bcviewer.model.start_model import Heritage, heritage_of, start_model
from bcviewer.model.step_log import StepLog

Emit = Callable[[Event], None]


def run_job(
    job: TrainingJob,
    *,
    emit: Emit,
    commands: CommandSource,
    resume: bool = False,
    only_best: bool = False,
) -> Finished | Cancelled_:
    """Train, judge, keep the best and write the model folder.

    Args:
        job: What to do.
        emit: Told each event, the last one as well; errors are raised instead.
        commands: Asked between batches.
        resume: Go on after the last finished epoch of the job's run.
        only_best: Of a run that is resumed: train no more, make the model of its best epoch.

    Returns:
        The last event.

    Raises:
        JobError, DataError, SplitError, ModelError: The job cannot be done as it is.
        StorageError: Run folder or workspace cannot be written.
        TrainingError: The training could not go on; finished epochs are kept in the run folder.
    """
    began = time.perf_counter()
    run = RunFolder(resumable_job(job.run).run) if resume else claim_run_folder(job)
    with held(run.path):
        log = EventLog(run.events_path, fresh=not resume)
        ending: Finished | Cancelled_
        try:
            with in_words(run):
                training = _Training(job, run, log=log, emit=emit, commands=commands)
                ending = training.run(began, resume=resume, only_best=only_best)
        except Cancelled:
            ending = Cancelled_()
        except BcviewerError as error:
            # A resume that is refused changes nothing about what became of the run.
            if not (resume and isinstance(error, JobError)):
                log.add(Failed(message=error.message, hint=error.hint))
            raise
        except Exception as error:
            log.add(Failed(message=f"The training ended by a fault of the program: {error!r}."))
            raise
        log.add(ending)
    emit(ending)
    return ending


def resume_run(
    run: Path, *, emit: Emit, commands: CommandSource, only_best: bool = False
) -> Finished | Cancelled_:
    """Go on with a run after its last finished epoch, as if it had never stopped.

    Args:
        run: The run folder.
        emit: Told each event; earlier epochs are told again, after ``Prepared``.
        commands: Asked between batches.
        only_best: Train no more, make the model of its best epoch.

    Raises:
        JobError: The run is finished or running, has no checkpoint, or its data have changed.
        BcviewerError: As ``run_job``.
    """
    job = resumable_job(run)
    return run_job(job, emit=emit, commands=commands, resume=True, only_best=only_best)


class _Training:
    """The way of one job."""

    def __init__(
        self,
        job: TrainingJob,
        run: RunFolder,
        *,
        log: EventLog,
        emit: Emit,
        commands: CommandSource,
    ) -> None:
        self._job = job
        self._run = run
        self._log = log
        self._steps = StepLog(run.steps_path)
        self._listener = emit
        self._controls = Controls(commands, self._emit)

    def run(self, began: float, *, resume: bool, only_best: bool) -> Finished:
        job, run = self._job, self._run
        if resume:
            sweep(run)
        past = load_checkpoint(run, emit=self._emit) if resume else None
        clock = Clock(began, past.seconds if past else 0.0, self._controls)
        keras.config.disable_interactive_logging()
        keras.utils.clear_session()
        keras.utils.set_random_seed(job.seed)
        heritage = past.heritage if past else heritage_of(start_model(job))
        material = open_material(
            self._same_split(past),
            controls=self._controls,
            emit=self._emit,
            heritage=heritage,
            kept_labels=run.labels_path if resume else None,
        )
        network, origin = self._network(material, past)
        fitting = Fitting(
            job,
            run,
            network=network,
            material=material,
            controls=self._controls,
            emit=self._emit,
            keep=Keeper(run, material.basis, origin, network, clock, heritage),
        )
        earlier = self._go_on(fitting, past) if past else []
        self._emit(_prepared(job, material, fitting.steps))
        for event in earlier:  # the run folder has them
            self._listener(event)
        if past:
            self._emit(_goes_on(past, only_best=only_best))
        self._controls.obey()
        warning = "" if only_best else self._fit(fitting)
        best = _best_of(fitting)
        self._controls.obey()
        self._emit(Exporting())
        export_model(
            job,
            run,
            material=material,
            best=best,
            weights_origin=origin,
            emit=self._emit,
            obey=self._controls.obey,
        )
        return Finished(
            model_folder=run.model_path,
            best_epoch=best.epoch,
            validation=best.validation,
            seconds=clock.seconds(),
            stopped_early=fitting.validation.epochs_done < job.epochs,
            warning=warning,
        )

    def _fit(self, fitting: Fitting) -> str:
        """Train; returns a warning about an end that has a best epoch all the same, or "".

        Raises:
            TrainingError: The loss was lost before there was an epoch to make a model of.
        """
        try:
            fitting.fit()
        except LossLostError as error:
            if not _is_sound(fitting.validation.best):
                raise
            warning = f"{error.message} The model is that of the best epoch before. {error.hint}"
            self._emit(Note(warning))
            return warning
        return ""

    def _same_split(self, past: Checkpoint | None) -> TrainingJob:
        """The job; of a run that is resumed with its own split, should its start model be gone."""
        job = self._job
        if past is None or past.heritage == Heritage() or job.split is not None:
            return job
        return job.model_copy(update={"split": self._run.split_path})

    def _network(self, material: Material, past: Checkpoint | None) -> tuple[keras.Model, str]:
        """The network, and where its start weights came from; those of the past come later."""
        job = self._job
        network = for_training(build_network(job.model, alpha=job.alpha), computed_in(job))
        if not job.fine_tune:
            freeze_backbone(network)
        if past is not None:
            _check_same(past, material)
            return network, past.weights_origin
        save_split(material.split, self._run.split_path)
        if material.labels.fingerprint:
            save_snapshot(material.labels, material.dataset, self._run.labels_path)
        return network, load_start_weights(network, job, emit=self._emit)

    def _go_on(self, fitting: Fitting, past: Checkpoint) -> list[Event]:
        """Stand where the past ended, and put the run folder in order; returns what it has.

        Before anything is told of this session: who comes then reads the folder.
        """
        fitting.go_on_from(past)
        if read_job(self._run.job_path) != self._job:  # its places have moved
            write_job(self._run.job_path, self._job)
        return [*self._steps.cut(len(past.curve)), *past.curve]

    def _emit(self, event: Event) -> None:
        self._log.add(event)
        self._steps.add(event)
        self._listener(event)


def _best_of(fitting: Fitting) -> BestEpoch:
    """The best epoch.

    Raises:
        TrainingError: There is none that a model can be made of.
    """
    best = fitting.validation.best
    if best is None:
        raise TrainingError("The training ended before its first epoch was done.")
    if not _is_sound(best):
        raise TrainingError(
            "The validation loss of the best epoch is no number: no model can be made of it.",
            hint="Train again, with a lower learning rate.",
        )
    return best


def _goes_on(past: Checkpoint, *, only_best: bool) -> Note:
    if only_best:
        return Note(f"Making the model of the best epoch, {past.best.epoch}.")
    return Note(f"Going on after epoch {len(past.curve)}.")


def _is_sound(best: BestEpoch | None) -> bool:
    return best is not None and math.isfinite(best.validation["loss"])


def _check_same(past: Checkpoint, material: Material) -> None:
    """Look whether the training would go on with what it began with.

    Raises:
        JobError: Data set, split, labels or readable patches are others now.
    """
    now = material.basis
    changed = {
        "data set": past.basis.dataset != now.dataset,
        "split": past.basis.split != now.split,
        "set of labels": past.basis.labels != now.labels,
        "set of readable patches": past.basis.patches != now.patches,
    }
    for what, other in changed.items():
        if other:
            raise JobError(
                f"The {what} has changed since the run was started.",
                hint="Put it back as it was, or start a new run.",
            )


def _prepared(job: TrainingJob, material: Material, steps: int) -> Prepared:
    split = material.split
    random = not job.fine_tune and job.weights == "none"
    frozen = "The backbone is frozen at random weights: only ImageNet's or a file's are of use."
    return Prepared(
        model=job.model,
        patients={part: len(split.patients(part)) for part in PARTS},
        patches={part: len(split.rows(part)) for part in PARTS},
        steps_per_epoch=steps,
        epochs=job.epochs,
        split_title=split.title,
        device=device_name(computed_in(job)),
        warnings=(*material.warnings, frozen) if random else material.warnings,
    )

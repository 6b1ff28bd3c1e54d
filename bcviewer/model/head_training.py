"""Retraining the head of a model on features that are kept: seconds instead of a training.

The backbone stays as it is. Augmentation is left out: it would change the features. What comes of
it is an ordinary run with an ordinary model, of which the card says that it has only a new head.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from bcviewer.dataset.split import PARTS
from bcviewer.dataset.split_file import save_split
from bcviewer.errors import BcviewerError, Cancelled
from bcviewer.model.event_log import EventLog
from bcviewer.model.events import (
    Cancelled_,
    EpochDone,
    Event,
    Exporting,
    Failed,
    Note,
)
from bcviewer.model.feature_source import FeatureSource, Predicted
from bcviewer.model.feature_store import FeatureStore
from bcviewer.model.features import Backbone
from bcviewer.model.folder import ModelFolder
from bcviewer.model.head_export import head_card, write_head_model
from bcviewer.model.head_fit import HeadFit, LabelledFeatures, fit_head
from bcviewer.model.head_material import (
    HeadLabels,
    rows_to_judge,
    rows_to_learn,
    split_of_model,
)
from bcviewer.model.head_result import HeadResult
from bcviewer.model.head_run import HeadTask, finished, job_of, prepared, told
from bcviewer.model.run_folder import RunFolder, claim_run_folder
from bcviewer.model.run_lock import WORK, held
from bcviewer.model.scores import scores
from bcviewer.model.training_split import check_split, warnings_of
from bcviewer.model.validated import Validated
from bcviewer.progress import Cancel, Progress, stop_if
from bcviewer.storage import write_text


def retrain_head(
    task: HeadTask,
    *,
    emit: Callable[[Event], None] | None = None,
    progress: Progress | None = None,
    predicted: Predicted | None = None,
    cancelled: Cancel | None = None,
) -> HeadResult:
    """Fit a new head to the training patients of a model and write a model with it.

    Args:
        task: What to do.
        emit: Told each event of the run, as a training tells them; errors are raised instead.
        progress: Told the patches whose features are made, when some are missing.
        predicted: Told what the base says of each patient whose features are made.
        cancelled: Asked between batches and steps.

    Raises:
        JobError: The model's patients are not in the data set, or the run folder is not free.
        ModelError: The model has no head that could be replaced.
        StorageError: The run folder cannot be written.
        Cancelled: The user asked to stop; features that were made are kept.
    """
    retraining = _Retraining(task, emit, cancelled)
    run = claim_run_folder(retraining.job, begun_here=True)
    # Not with the lock of trainings: who finds that one held takes it for one to be steered.
    with held(run.path, WORK):
        log = EventLog(run.events_path, fresh=True)
        retraining.log = log
        try:
            result = retraining.run(run, progress, predicted)
        except Cancelled:
            log.add(Cancelled_())
            raise
        except BcviewerError as error:
            log.add(Failed(message=error.message, hint=error.hint))
            raise
        except Exception as error:
            log.add(Failed(message=f"The retraining ended by a fault of the program: {error!r}."))
            raise
        log.add(finished(result))
    if emit is not None:  # who looks at the run now finds it finished
        emit(finished(result))
    return result


class _Retraining:
    """The way of one task; all that can be refused is refused when it is made."""

    def __init__(
        self, task: HeadTask, emit: Callable[[Event], None] | None, cancelled: Cancel | None
    ) -> None:
        self._began = time.perf_counter()
        self._task = task
        self._listener = emit
        self._cancelled = cancelled
        self.log: EventLog | None = None
        self._labels = task.labels or HeadLabels.of(task.dataset)
        self._labels.check(task.dataset)
        self._split = split_of_model(task.base, task.dataset)
        check_split(self._split, self._labels.labels)
        self.job = job_of(task)
        self._backbone = Backbone(task.base)
        self._store = FeatureStore(task.workspace.features_folder, self._backbone.fingerprint)

    def run(
        self, run: RunFolder, progress: Progress | None, predicted: Predicted | None
    ) -> HeadResult:
        task, split, labels = self._task, self._split, self._labels.labels
        save_split(split, run.split_path)
        learn = rows_to_learn(split, self._labels, seed=self.job.seed)
        judge = rows_to_judge(split, self._labels)
        source = FeatureSource(task.dataset, task.pixels, self._backbone, self._store)
        wanted = np.sort(np.concatenate([learn, judge]))
        rows, features, whole = source.gather(
            wanted,
            also=task.also,
            predicted=predicted,
            progress=progress,
            cancelled=self._cancelled,
        )
        self._store.forget_old_backbones()
        read = time.perf_counter()
        warnings = self._warnings(source, unreadable=len(wanted) - len(rows))
        self._emit(prepared(self.job, split, labels, task.base, warnings))
        here = split.part_of[rows] == PARTS.index("train")
        judged = rows[~here]
        train = LabelledFeatures(features[here], labels[rows[here]])
        validation = LabelledFeatures(features[~here], labels[judged])
        fit = self._fit(train, validation)
        fitted = time.perf_counter()
        before, now = (
            Validated.of(
                task.dataset,
                judged,
                labels=validation.labels,
                probabilities=head.probabilities(validation.features),
            )
            for head in (self._backbone.head, fit.head)
        )
        model = self._export(run, fit, train, now)
        result = HeadResult(
            model=model,
            base=task.base,
            head=fit.head,
            pull=fit.pull,
            patches=len(train.labels),
            patients=len(np.unique(task.dataset.patient_index[rows[here]])),
            changed=int(self._labels.changed.sum()),
            changed_fitted=int(self._labels.changed[rows[here]].sum()),
            changed_judged=int(self._labels.changed[judged].sum()),
            before=before.card(threshold=task.base.card.threshold),
            after=model.card.validation,
            features_seconds=read - self._began,
            fit_seconds=fitted - read,
            seconds=time.perf_counter() - self._began,
            source=source,
            features=whole,
            warnings=warnings,
        )
        self._emit(Note(result.words))
        return result

    def _fit(self, train: LabelledFeatures, validation: LabelledFeatures) -> HeadFit:
        fit = fit_head(
            self._backbone.head,
            train,
            validation,
            class_weights=self.job.class_weights,
            cancelled=self._cancelled,
        )
        for pull, found in fit.tried.items():
            chosen = "; chosen" if pull == fit.pull else ""
            text = f"Pull {pull:g}: validation AUC {found['auc']:.4f}, loss {found['loss']:.4f}"
            self._emit(Note(text + chosen + "."))
        return fit

    def _export(
        self, run: RunFolder, fit: HeadFit, train: LabelledFeatures, validated: Validated
    ) -> ModelFolder:
        card = head_card(
            self._task.base,
            run,
            job=self.job,
            split=self._split,
            validated=validated,
            labels=self._labels.fingerprint,
        )
        epoch = EpochDone(
            epoch=1,
            epochs=1,
            seconds=time.perf_counter() - self._began,
            train=told(scores(train.labels, fit.head.probabilities(train.features))),
            validation=told(card.validation.at_half),
            best_epoch=1,
        )
        write_text(run.history_path, epoch.to_line() + "\n")
        self._emit(epoch)
        stop_if(self._cancelled)
        self._emit(Exporting())
        return write_head_model(
            self._task.base,
            run,
            card,
            old=self._backbone.head,
            new=fit.head,
            validated=validated,
            cancelled=self._cancelled,
        )

    def _warnings(self, source: FeatureSource, *, unreadable: int) -> tuple[str, ...]:
        warnings = warnings_of(self._split, labels=self._labels.labels, unreadable=unreadable)
        if self._store.damaged:
            names = ", ".join(sorted(self._store.damaged))
            warnings += (f"The kept features were damaged and made again, of: {names}.",)
        if source.unsaved is not None:
            unsaved = "The features could not be kept, so next time they are made again"
            warnings += (f"{unsaved}: {source.unsaved}",)
        return warnings

    def _emit(self, event: Event) -> None:
        if self.log is not None:
            self.log.add(event)
        if self._listener is not None:
            self._listener(event)

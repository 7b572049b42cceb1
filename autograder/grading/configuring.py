"""nbgrader's configuration, in one function: what `nbgrader_config.py` calls and everything else relies on.

It puts our steps among nbgrader's own, and our walk over the folders (`converting`) in the place of nbgrader's, so its
commands and formgrader's buttons go the same way as `autograder grade`.
"""

from __future__ import annotations

import os
from pathlib import Path

from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    ClearHiddenTests,
    ClearMarkScheme,
    ClearOutput,
    ComputeChecksums,
    DeduplicateIds,
    GetGrades,
    IgnorePattern,
    OverwriteCells,
    OverwriteKernelspec,
)
from traitlets.config import Config

from autograder.grading.clearing import ClearPictures
from autograder.grading.collecting import CollectWithoutLinks
from autograder.grading.converting import install
from autograder.grading.disarming import Disarm
from autograder.grading.exporting import ExportGrades, take_the_place_of_nbgraders_own
from autograder.grading.feedback import ShowVerdicts
from autograder.grading.gradebook import prepare
from autograder.grading.opening import SubmissionExporter
from autograder.grading.reassembling import Reassemble
from autograder.grading.recording import RecordVerdicts
from autograder.grading.registering import BEFORE_SAVING, SaveLab
from autograder.grading.releasing import ReleaseFeedbackToThoseWhoSubmitted
from autograder.grading.running import LimitOutputAndSaySo, RunTwoKernels
from autograder.grading.wording import clean_records

COURSE_ID = "kubernetes-for-ml"


def configure(config: Config, course_root: Path) -> Config:
    """Make nbgrader grade through two kernels.

    Args:
        config: changed in place; what is set afterwards wins.
        course_root: the folder that holds `source/`. `$AUTOGRADER_COURSE` wins over it, and
            `$AUTOGRADER_EXCHANGE` names the exchange, else `exchange/` in the course.
    """
    prepare()
    install()
    clean_records()
    take_the_place_of_nbgraders_own()
    root = Path(os.environ.get("AUTOGRADER_COURSE") or course_root).resolve()
    config.CourseDirectory.course_id = COURSE_ID
    config.CourseDirectory.root = str(root)
    config.Exchange.root = os.environ.get("AUTOGRADER_EXCHANGE") or str(_exchange_in(root))
    config.ExchangeFactory.collect = CollectWithoutLinks
    config.ExchangeFactory.release_feedback = ReleaseFeedbackToThoseWhoSubmitted
    config.ExportApp.plugin_class = ExportGrades
    config.GenerateAssignment.preprocessors = [
        *BEFORE_SAVING,
        SaveLab,
        ClearHiddenTests,
        ClearMarkScheme,
        ClearPictures,
        ComputeChecksums,
        CheckCellMetadata,
    ]
    config.Autograde.exporter_class = SubmissionExporter
    config.Autograde.sanitize_preprocessors = [
        Reassemble,
        ClearOutput,
        DeduplicateIds,
        OverwriteKernelspec,
        OverwriteCells,
        CheckCellMetadata,
    ]
    config.Autograde.autograde_preprocessors = [
        RunTwoKernels,
        IgnorePattern,
        LimitOutputAndSaySo,
        RecordVerdicts,
        Disarm,
        AssignLatePenalties,
        CheckCellMetadata,
    ]
    config.GenerateFeedback.preprocessors = [ShowVerdicts, GetGrades, CSSHTMLHeaderPreprocessor]
    return config


def _exchange_in(root: Path) -> Path:
    """nbgrader wants its exchange to be there; one in the course's own folder is ours to make."""
    exchange = root / "exchange"
    if os.access(root, os.W_OK):
        exchange.mkdir(mode=0o755, exist_ok=True)
    return exchange

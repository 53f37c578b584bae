"""What holds for coordinated reports: pure functions."""

from services.contracts.boards.coordinated_reports import ReportStage
from services.kit.problems import Conflict

_WRITTEN = frozenset({ReportStage.draft, ReportStage.published})


def check_written(stage: str) -> None:
    """Refuse (409) to change what an edition is being made of, somebody reviews or has approved."""
    if stage == ReportStage.making:
        raise Conflict("An edition of the report is being made: see `making`.", code="stage")
    if ReportStage(stage) not in _WRITTEN:
        raise Conflict(
            f"The report is {stage}: return its edition, or publish it, before it is changed.",
            code="stage",
        )


def stage_after(stage: str, *, changed: bool) -> ReportStage:
    """A published report that is changed is a draft again."""
    return ReportStage.draft if changed else ReportStage(stage)

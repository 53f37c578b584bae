"""What holds for editions of reports: pure functions."""

from datetime import date

from services.contracts.boards.report_editions import EditionStage
from services.kit.problems import Conflict, Forbidden, Invalid, NotFound

_DRAWN_WHILE_WAITING = 24


def check_chapter(chapter: int | None, count: int) -> None:
    """Refuse (404) a chapter that the report does not have."""
    if chapter is not None and chapter > count:
        raise NotFound(f"The report has {count} chapters.")


def check_size(drawn: int) -> None:
    """Refuse (409) to draw more than somebody waits for."""
    if drawn > _DRAWN_WHILE_WAITING:
        raise Conflict(
            f"It has {drawn} charts and maps: look at one `chapter`, or hand it in.",
            code="too-many",
        )


def check_draft(stage: str) -> None:
    """Refuse (409) to hand in what is being made, in review or approved already."""
    if stage in ("making", "in_review", "approved"):
        raise Conflict(f"An edition of the report is {stage} already.", code="stage")


def check_day(on: date, today: date) -> None:
    """Refuse (409) a day that has not come: nobody knows what will be decided by then."""
    if on > today:
        raise Conflict("The day whose state the report shows has not come.", code="future")


def check_changes(*, said: bool, again: bool) -> None:
    """Refuse (422) a later edition that does not say what is different."""
    if again and not said:
        raise Invalid(
            "Say what is different from the edition published before.",
            pointer="/changes",
            code="missing",
        )


def check_stage(stage: str, *needed: EditionStage) -> None:
    """Refuse (409) a step that does not follow."""
    if stage not in needed:
        raise Conflict(f"The edition is {stage}.", code="stage")


def check_second(made_by: str, actor: str) -> None:
    """Refuse (403) whoever made the edition: four eyes."""
    if made_by == actor:
        raise Forbidden("A second person approves the edition that you have handed in.")

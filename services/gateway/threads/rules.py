"""In which form a thread is told, and which gaps are on a page: pure functions."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal

from services.contracts.shared.thread_walks import Lacking
from services.contracts.shared.threads import ThreadGap
from services.kit.paging import Paging
from services.kit.threads.composing import position

Form = Literal["json", "text", "svg"]
MEDIA: Mapping[Form, str] = {
    "json": "application/json",
    "text": "text/plain",
    "svg": "image/svg+xml",
}


def form(asked: Form | None, accept: str) -> Form:
    """What was asked for, or the first of the other forms that is accepted, or JSON."""
    others: Sequence[Form] = ("svg", "text")
    if asked is not None:
        return asked
    return next((one for one in others if MEDIA[one] in accept.lower()), "json")


Place = tuple[date, str, str]
"""The day, the kind and the node of the gap after which a page begins."""


def left(
    gaps: Sequence[ThreadGap], after: Place | None, responsible: str | None
) -> list[ThreadGap]:
    """The gaps, which stand in order, after this place; of all or of one that is to act."""
    return [
        gap
        for gap in gaps
        if (after is None or position(gap) > after)
        and (responsible is None or (gap.responsible and gap.responsible.key == responsible))
    ]


def end(until: date) -> Place:
    """The place after all gaps up to this day."""
    return until, "~", "~"


def page(gaps: Sequence[ThreadGap], paging: Paging, found: Lacking) -> Mapping[str, Any]:
    """The first of the gaps as a page; after the last of them stand those of later days."""
    items = gaps[: paging.limit]
    following = None
    if len(gaps) > paging.limit:
        following = position(items[-1])
    elif found.until is not None:
        following = end(found.until)
    return {
        "items": items,
        "next": None if following is None else paging.address(list(following)),
        "left": len(gaps) - len(items) + found.later,
    }

"""In which form a thread is told, and which gaps are on a page: pure functions."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal

from services.contracts.shared.thread_walks import Lacking
from services.contracts.shared.threads import ThreadGap
from services.kit import negotiation
from services.kit.paging import Paging
from services.kit.threads.composing import position

Form = Literal["json", "text", "svg"]
MEDIA: Mapping[Form, str] = {
    "json": "application/json",
    "text": "text/plain",
    "svg": "image/svg+xml",
}
_FORMS: Mapping[str, Form] = {media: one for one, media in MEDIA.items()}


def form(asked: Form | None, accept: str) -> Form:
    """What was asked for, or what is liked best; JSON where it is liked as well or nothing is."""
    if asked is not None:
        return asked
    taken = negotiation.representation(accept, list(_FORMS))
    return "json" if taken is None else _FORMS[taken.media_type]


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

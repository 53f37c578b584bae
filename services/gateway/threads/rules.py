"""In which form a thread is told, and which gaps are on a page: pure functions."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

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


def page(gaps: Sequence[ThreadGap], paging: Paging, responsible: str | None) -> Mapping[str, Any]:
    """One page of the gaps, which stand in order, of all or of one that is to act."""
    after = paging.place(str, str, str)
    left = [
        gap
        for gap in gaps
        if (after is None or list(position(gap)) > after)
        and (responsible is None or (gap.responsible and gap.responsible.key == responsible))
    ]
    items = left[: paging.limit]
    more = len(left) > paging.limit
    return {"items": items, "next": paging.address(list(position(items[-1]))) if more else None}

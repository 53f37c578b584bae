"""Who may hand in what, who sees what of it, and what is left of it: pure functions."""

import secrets
from collections.abc import Collection, Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from services.contracts.boards.contributions import Channel, ContributionState, NewContribution
from services.contracts.boards.participation import ParticipationState as State
from services.contracts.shared.base import Visibility
from services.kit.problems import Conflict, Invalid

_OPEN = frozenset({State.submission})
_LATE = frozenset({State.submission, State.evaluation, State.report})
TO_BE_ANSWERED = (ContributionState.received, ContributionState.published)
ERASED: Mapping[str, Any] = {
    "text": None,
    "published_text": None,
    "reason": None,
    "token_digest": None,
}
"""What goes at the deletion date; category, area and what was decided stay as facts of nobody."""
WITHDRAWN: Mapping[str, Any] = {
    **ERASED,
    "category": None,
    "area": None,
    "target_group": None,
    "hiding_reason": None,
    "decision": None,
    "answered_on": None,
    "state": ContributionState.withdrawn,
    "visibility": Visibility.administration,
}
"""What goes when the contributor takes it back: everything, it counts no longer."""
_OF_THE_OFFICE = ("area", "target_group", "consent_version", "hiding_reason")


def new_token() -> tuple[str, str]:
    """A token of 256 bits, and the digest by which it is known again."""
    token = secrets.token_urlsafe(32)
    return token, digest(token)


def digest(token: str) -> str:
    """By what a token is known again."""
    return sha256(token.encode()).hexdigest()


def check_taken(state: State, channel: Channel) -> None:
    """Refuse a contribution when none are taken; the office enters letters also afterwards."""
    if state not in (_OPEN if channel == Channel.online else _LATE):
        raise Conflict(
            f"The process takes no contributions: it is in the step {state}.",
            pointer="/process",
            code="not-open",
        )


def check_chosen(
    new: NewContribution,
    categories: Collection[str],
    target_groups: Collection[str],
    areas: Collection[str],
) -> None:
    """Refuse a choice that the process does not offer."""
    for field, offered in (
        ("category", categories),
        ("target_group", target_groups),
        ("area", areas),
    ):
        chosen = getattr(new, field)
        if chosen is not None and chosen not in offered:
            detail = f"The process has no {field.replace('_', ' ')} {chosen!r}."
            raise Invalid(detail, pointer=f"/{field}", code="unknown")


def check_consent(version: str, current: str) -> None:
    """Refuse the consent to another text than the one that holds."""
    if version != current:
        raise Invalid(
            "The text of consent has another version; show it and ask again.",
            pointer="/consent_version",
            code="other-version",
        )


def check_kept(erased: bool) -> None:
    """Refuse to do something with what was erased or taken back."""
    if erased:
        raise Conflict("The contribution was erased.", pointer="", code="erased")


def visibility(state: ContributionState) -> Visibility:
    """Who sees a contribution: everybody once it is published, the administration else."""
    shown = state == ContributionState.published
    return Visibility.public if shown else Visibility.administration


def is_overdue(state: str, decision: str | None, due_on: date, on: date) -> bool:
    """Should it be answered by now?"""
    return decision is None and state in TO_BE_ANSWERED and due_on < on


def answer(row: Any) -> dict[str, Any] | None:
    """What was made of a contribution; None while nothing was."""
    if row.decision is None:
        return None
    return {"decision": row.decision, "reason": row.reason, "answered_on": row.answered_on}


def shown(row: Any, office: bool, on: date) -> dict[str, Any]:
    """A contribution as the office or everybody sees it.

    Area and target group of one contribution would point to one person: counted, and shown
    to the office alone.
    """
    told: dict[str, Any] = row.model_dump()
    published = row.state == ContributionState.published
    told["original"] = row.text if office else None
    told["text"] = (row.published_text or row.text) if published else None
    told["answer"] = answer(row)
    told["overdue"] = is_overdue(row.state, row.decision, row.answer_due_on, on)
    return told | ({} if office else dict.fromkeys(_OF_THE_OFFICE))

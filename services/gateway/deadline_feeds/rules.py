"""With which eyes a calendar reads, and what it asks: pure functions."""

from collections.abc import Sequence
from datetime import date

from services.contracts.gateway.deadline_feeds import DeadlineFeed
from services.contracts.shared.access import SEES_EVERYTHING, Actor, Municipality, Role
from services.contracts.shared.base import Visibility
from services.contracts.shared.deadlines import DeadlineKind, Source
from services.gateway.deadlines.rules import Question

_SOON = 14


def roles(audience: Visibility, giver: Actor) -> Sequence[Role]:
    """The roles of a calendar, never more than whoever gives it out has."""
    if audience is Visibility.public:
        return []
    if audience is Visibility.members:
        return [Role.member]
    return sorted(giver.roles & SEES_EVERYTHING)


def reader(feed: DeadlineFeed, municipality: Municipality) -> Actor:
    """Who reads when a calendar program asks."""
    return Actor(
        subject=f"calendar:{feed.key}",
        kind="machine",
        roles=frozenset(feed.roles),
        municipality=municipality,
    )


def question(feed: DeadlineFeed, today: date) -> Question:
    """What a calendar shows: what is overdue, and what is to come within a year."""
    return Question(
        today=today,
        soon=_SOON,
        kinds=frozenset(feed.kinds or DeadlineKind),
        sources=frozenset(feed.services or Source),
        responsible=frozenset(feed.responsible),
    )

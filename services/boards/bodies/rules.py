"""What the word of a body was worth on a day: pure functions."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Protocol

from services.contracts.boards.bodies import EarlierMandates, Mandate, NewBody


class Mandated(Protocol):
    """A body, stored or sent."""

    @property
    def mandates(self) -> Sequence[str]: ...
    @property
    def earlier_mandates(self) -> Sequence[object]: ...


def mandates_on(body: Mandated, day: date) -> Sequence[str]:
    """The mandates of the body on the day."""
    for one in map(EarlierMandates.model_validate, body.earlier_mandates):
        if day <= one.until:
            return one.mandates
    return body.mandates


def from_today(new: NewBody, before: Collection[str], today: date) -> NewBody:
    """Other mandates than `before` count from today; a second change of the day changes the first.

    What the word of the body was worth yesterday is kept.
    """
    yesterday = today - timedelta(days=1)
    kept = new.earlier_mandates
    if set(new.mandates) == set(before) or (kept and kept[-1].until >= yesterday):
        return new
    ended = EarlierMandates(until=yesterday, mandates=[Mandate(one) for one in before])
    return new.model_copy(update={"earlier_mandates": [*kept, ended]})

"""How a body is composed on a day."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.bodies.queries import BODIES
from services.boards.composition import rules
from services.boards.composition.rules import Voter
from services.boards.memberships.queries import page
from services.boards.rosters.queries import rosters, serving, with_people
from services.boards.rosters.rules import Day, Held, Sight
from services.boards.seats.rules import filling
from services.boards.violations.words import told
from services.contracts.boards.composition import (
    Composition,
    Holder,
    SeatFilling,
    SeatState,
    Sitting,
    TermState,
)
from services.contracts.boards.memberships import Membership
from services.contracts.boards.seats import Seat
from services.kit.paging import Paging

People = Mapping[str, Mapping[str, Any]]
"""Membership -> what the actor may see of the person; nothing where they may not see either."""


async def composition(session: AsyncSession, key: str, on: date) -> Composition:
    """How the seats of the body are filled on the day, and what is wrong with it.

    Everybody sees the same numbers and states; people and organisations only as they may.
    """
    body = await BODIES.one(session, key)
    return await of(session, body.key, on)


async def of(session: AsyncSession, body: str, on: date) -> Composition:
    """The composition of a body that the actor may see, by its key."""
    roster, sight, people = await with_people(session, body)
    day = roster.on(on)
    seats = [_filling(day, seat, sight, people) for seat in day.seats if seat.key in sight.seats]
    violations = [told(finding, roster, sight) for finding in rules.findings(day)]
    shown = [violation for violation in violations if violation is not None]
    members, voting = rules.legal_size(day)
    further = [one for seat, one in day.holders if seat is None]
    return Composition(
        body=body,
        on=on,
        complete=all(seat.state == SeatState.filled for seat in seats),
        lawful=not shown,
        members=members,
        voting_members=voting,
        seats=seats,
        further=len(further),
        further_holders=_holders(day, further, people),
        violations=shown,
    )


async def memberships(
    session: AsyncSession,
    paging: Paging,
    body: str | None,
    person: str | None,
    seat: str | None,
    on: date | None,
) -> Mapping[str, Any]:
    """Memberships by key: in a body, of a person, on a seat, with a place on a day."""
    asked = {"body": body, "person": person, "seat": seat}
    where = await serving(session, on, **asked) if on is not None else []
    return await page(session, paging, *where, **asked)


async def voters(session: AsyncSession, body: str, on: date) -> Sequence[Voter]:
    """Everybody who holds a seat or a place in the body on the day, whoever asks.

    Each person once; carried over until a successor is named. Each with those who may step in:
    personal substitutes first, then the pool of the seat, then that of the body.
    """
    return rules.voters(await _day(session, body, on))


async def legal_size(session: AsyncSession, body: str, on: date) -> tuple[int, int]:
    """How many members, and voting members, the body has by rule (gesetzliche Mitgliederzahl)."""
    return rules.legal_size(await _day(session, body, on))


async def _day(session: AsyncSession, body: str, on: date) -> Day:
    return (await rosters(session, [body]))[body].on(on)


def _filling(day: Day, seat: Seat, sight: Sight, people: People) -> SeatFilling:
    filled, held = filling(day, seat), day.held[seat.key]
    return SeatFilling(
        seat=seat.key,
        name=seat.name,
        rule=seat.rule,
        clause=seat.clause,
        voting=seat.voting,
        chair=seat.chair,
        expected=filled.expected,
        count=len(held),
        carried_over=sum(one.standing(day.on) == TermState.carried_over for one in held),
        state=filled.state,
        missing=[key for key in filled.missing if key in sight.organisations],
        holders=_holders(day, held, people),
    )


def _holders(day: Day, held: Sequence[Held], people: People) -> Sequence[Holder]:
    return [_holder(day, one, people) for one in held if one.member.key in people]


def _holder(day: Day, one: Held, people: People) -> Holder:
    substitutes = day.substitutes(one.member)
    return Holder(
        **_sitting(one.member, people),
        standing=one.standing(day.on),
        substitutes=[
            Sitting(**_sitting(other, people)) for other in substitutes if other.key in people
        ],
    )


def _sitting(member: Membership, people: People) -> Mapping[str, Any]:
    person = people[member.key]
    return {
        **member.model_dump(include=set(Sitting.model_fields)),
        "membership": member.key,
        "person_id": person["id"],
        "given_name": person["given_name"],
        "family_name": person["family_name"],
    }

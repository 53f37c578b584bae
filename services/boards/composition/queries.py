"""What the composition of a body is made of."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.bodies.queries import BODIES
from services.boards.composition import rules
from services.boards.composition.rules import Voter
from services.boards.memberships.queries import holders, serving
from services.boards.memberships.tables import MembershipRow
from services.boards.organisations.queries import ORGANISATIONS
from services.boards.organisations.tables import OrganisationRow
from services.boards.persons.queries import shown as shown_of
from services.boards.seats.queries import every_seat, of_body
from services.contracts.boards.composition import Composition, Holder, SeatFilling, SeatState
from services.contracts.boards.seats import OnePer, Seat
from services.kit.database import municipality_of

Held = tuple[MembershipRow, Mapping[str, Any], bool]
"""Membership, what the actor may see of the person, may the actor see that there is somebody?"""


async def composition(session: AsyncSession, key: str, on: date) -> Composition:
    """How the seats of the body are filled on the day.

    Everybody sees the same numbers and states; people and organisations only as they may.
    """
    body = await BODIES.one(session, key)
    seats = await of_body(session, body.key, on)
    held: dict[str | None, list[Held]] = defaultdict(list)
    for membership, person, shown in await holders(session, body.key, on):
        held[membership.seat].append((membership, shown_of(session, person), shown))
    kinds = {seat.rule.organisation_kind for seat in seats if isinstance(seat.rule, OnePer)}
    organisations, hidden = await _of_kinds(session, kinds)
    filled = [_filling(seat, held[seat.key], organisations, hidden) for seat in seats]
    complete = all(seat.state == SeatState.filled for seat in filled)
    return Composition(body=body.key, on=on, complete=complete, seats=filled)


async def voters(session: AsyncSession, body: str, on: date) -> Sequence[Voter]:
    """Everybody who holds a seat or a place in the body on the day, whoever asks.

    Each with those who may step in: personal substitutes first, then the pool of the seat, then
    that of the body.
    """
    seats = {seat.key: seat for seat in await every_seat(session, body, on)}
    return rules.voters(await serving(session, body, on), seats)


async def legal_size(session: AsyncSession, body: str, on: date) -> tuple[int, int]:
    """How many members, and voting members, the body has by rule (gesetzliche Mitgliederzahl)."""
    seats = await every_seat(session, body, on)
    kinds = {seat.rule.organisation_kind for seat in seats if isinstance(seat.rule, OnePer)}
    organisations, _ = await _of_kinds(session, kinds)
    return rules.legal_size(await serving(session, body, on), seats, organisations)


async def _of_kinds(
    session: AsyncSession, kinds: Iterable[str]
) -> tuple[dict[str, list[str]], set[str]]:
    statement = (
        select(OrganisationRow.kind, OrganisationRow.key, ORGANISATIONS.seen(session))
        .where(
            col(OrganisationRow.municipality_id) == municipality_of(session).id,
            col(OrganisationRow.kind).in_(kinds),
        )
        .order_by(col(OrganisationRow.key))
    )
    found: dict[str, list[str]] = defaultdict(list)
    hidden = set()
    for kind, key, shown in await session.exec(statement):
        found[kind].append(key)
        if not shown:
            hidden.add(key)
    return found, hidden


def _filling(
    seat: Seat, held: list[Held], organisations: dict[str, list[str]], hidden: set[str]
) -> SeatFilling:
    of_kind = organisations[seat.rule.organisation_kind] if isinstance(seat.rule, OnePer) else []
    filling = rules.fill(seat.rule, [m.on_behalf_of for m, _, _ in held], of_kind)
    return SeatFilling(
        seat=seat.key,
        name=seat.name,
        rule=seat.rule,
        voting=seat.voting,
        chair=seat.chair,
        expected=filling.expected,
        count=len(held),
        state=filling.state,
        missing=[key for key in filling.missing if key not in hidden],
        holders=[_holder(membership, person) for membership, person, shown in held if shown],
    )


def _holder(membership: MembershipRow, person: Mapping[str, Any]) -> Holder:
    return Holder.model_validate(
        {
            **membership.model_dump(),
            "membership": membership.key,
            "person": person["key"],
            "person_id": person["id"],
            "given_name": person["given_name"],
            "family_name": person["family_name"],
        }
    )

"""Reads all that the composition of bodies follows from: two statements for any number of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.memberships.queries import MEMBERSHIPS
from services.boards.memberships.tables import MembershipRow
from services.boards.persons.queries import shown
from services.boards.persons.tables import PersonRow
from services.boards.rosters.rules import Roster, Sight
from services.contracts.boards.bodies import Body
from services.contracts.boards.composition_rules import CompositionRule
from services.contracts.boards.memberships import HOLDING, Membership, MembershipRole
from services.contracts.boards.organisations import Organisation
from services.contracts.boards.seats import Seat
from services.kit import sql
from services.kit.access import visible_to
from services.kit.database import actor_of, municipality_of
from services.kit.days import holds_on
from services.kit.resources import matching

_OfBody = TypeVar("_OfBody", Seat, CompositionRule, Membership)
_SERVING = HOLDING | {MembershipRole.substitute}
_THINGS = text("""
    WITH seats AS (SELECT * FROM seat
                   WHERE municipality_id = :municipality AND body = ANY (:bodies)),
         rules AS (SELECT * FROM composition_rule
                   WHERE municipality_id = :municipality AND body = ANY (:bodies)),
         kinds AS (SELECT rule ->> 'organisation_kind' FROM seats
                   WHERE rule ->> 'kind' = 'one_per'),
         named AS (SELECT rule ->> 'organisation' FROM seats
                   UNION SELECT rule ->> 'organisation' FROM rules
                   UNION SELECT on_behalf_of FROM membership
                         WHERE municipality_id = :municipality AND body = ANY (:bodies))
    SELECT 'body' AS what, to_jsonb(b) AS found FROM body b
    WHERE municipality_id = :municipality AND key = ANY (:bodies)
    UNION ALL SELECT 'seat', to_jsonb(s) FROM seats s
    UNION ALL SELECT 'rule', to_jsonb(r) FROM rules r
    UNION ALL SELECT 'organisation', to_jsonb(o) - 'description' FROM organisation o
    WHERE municipality_id = :municipality
    AND (kind IN (SELECT * FROM kinds) OR key IN (SELECT * FROM named))""")


async def rosters(session: AsyncSession, bodies: Sequence[str]) -> dict[str, Roster]:
    """Of each body, whoever asks. `Sight` says what of it the actor may see."""
    return await _put_together(session, bodies, await _memberships(session, bodies))


async def with_people(
    session: AsyncSession, body: str
) -> tuple[Roster, Sight, Mapping[str, Mapping[str, Any]]]:
    """The roster of a body, what the actor may see of it, and of the people by membership."""
    statement = (
        select(MembershipRow, PersonRow, MEMBERSHIPS.seen(session))
        .join(
            PersonRow,
            (col(PersonRow.municipality_id) == col(MembershipRow.municipality_id))
            & (col(PersonRow.key) == col(MembershipRow.person)),
        )
        .where(*_of(session, [body]))
    )
    found = (await session.exec(statement)).all()
    people = {one.key: shown(session, person) for one, person, seen in found if seen}
    members = [Membership.model_validate(one) for one, _, _ in found]
    roster = (await _put_together(session, [body], members))[body]
    return roster, sight(session, roster, people), people


async def serving(
    session: AsyncSession, on: date, **asked: str | None
) -> list[ColumnElement[bool]]:
    """The memberships, as asked, of those who have a place on the day or stand by, whoever asks.

    Guests and clerks have no place: they are there while they are noted.
    """
    noted = [
        col(MembershipRow.municipality_id) == municipality_of(session).id,
        holds_on(MembershipRow, on),
        *matching(MembershipRow, **asked),
    ]
    serve = col(MembershipRow.role).in_(_SERVING)
    bodies = list(await session.exec(select(MembershipRow.body).where(*noted, serve).distinct()))
    days = [roster.on(on) for roster in (await rosters(session, bodies)).values()]
    there = {one.key for day in days for one in day.serving}
    return [*noted, ~serve | col(MembershipRow.key).in_(there)]


def sight(session: AsyncSession, roster: Roster, memberships: Iterable[str] = ()) -> Sight:
    """What the actor may see of a roster, and of these memberships."""
    seen = visible_to(actor_of(session))
    return Sight(
        seats=frozenset(one.key for one in roster.seats if one.visibility in seen),
        rules=frozenset(one.key for one in roster.rules if one.visibility in seen),
        organisations=frozenset(
            key for key, one in roster.organisations.items() if one.visibility in seen
        ),
        memberships=frozenset(memberships),
    )


def _of(session: AsyncSession, bodies: Sequence[str]) -> Iterable[Any]:
    yield col(MembershipRow.municipality_id) == municipality_of(session).id
    yield col(MembershipRow.body).in_(bodies)
    yield col(MembershipRow.role).in_(_SERVING)


async def _memberships(session: AsyncSession, bodies: Sequence[str]) -> Sequence[Membership]:
    statement = select(MembershipRow).where(*_of(session, bodies))
    return [Membership.model_validate(row) for row in await session.exec(statement)]


async def _put_together(
    session: AsyncSession, bodies: Sequence[str], members: Iterable[Membership]
) -> dict[str, Roster]:
    values = {"municipality": municipality_of(session).id, "bodies": list(bodies)}
    found: dict[str, list[Any]] = defaultdict(list)
    for row in await sql.run(session, _THINGS, values):
        found[row.what].append(row.found)
    seats = _by_body(map(Seat.model_validate, found["seat"]))
    rules = _by_body(map(CompositionRule.model_validate, found["rule"]))
    serving = _by_body(members)
    organisations = {one["key"]: Organisation.model_validate(one) for one in found["organisation"]}
    return {
        body.key: Roster(body, seats[body.key], rules[body.key], serving[body.key], organisations)
        for body in map(Body.model_validate, found["body"])
    }


def _by_body(things: Iterable[_OfBody]) -> Mapping[str, list[_OfBody]]:
    found: dict[str, list[_OfBody]] = defaultdict(list)
    for one in things:
        found[one.body].append(one)
    return found

"""Every question asked of the stored participants."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.participants import (
    Participant,
    ParticipantExit,
    ParticipantFacts,
    SixMonths,
)
from services.kit.database import municipality_of
from services.kit.paging import Paging
from services.kit.problems import NotFound
from services.kit.resources import paged
from services.projects.participants import rules
from services.projects.participants.tables import (
    ParticipantIdentityRow,
    ParticipantRow,
    ParticipantSpecialRow,
)


class Whole(NamedTuple):
    """A participant with the special categories, without a name."""

    row: ParticipantRow
    special: ParticipantSpecialRow

    @property
    def facts(self) -> ParticipantFacts:
        """What is known on entry."""
        special = {name: getattr(self.special, name) for name in ("disability", "minority")}
        stored = self.row.model_dump() | special
        return ParticipantFacts.model_validate(
            {name: stored[name] for name in ParticipantFacts.model_fields}
        )

    @property
    def leaving(self) -> ParticipantExit | None:
        """What was so when they left."""
        return ParticipantExit.model_validate(self.row.leaving) if self.row.leaving else None

    @property
    def later(self) -> SixMonths | None:
        """How it was six months later."""
        return SixMonths.model_validate(self.row.six_months) if self.row.six_months else None


def told(whole: Whole) -> Participant:
    """A participant as those who work with them see it."""
    facts = whole.facts
    lacking = rules.missing(facts)
    return Participant.model_validate(
        {
            **whole.row.model_dump(),
            **facts.model_dump(),
            "long_term_unemployed": rules.long_term(facts, whole.row.age),
            "complete": not lacking,
            "missing": lacking,
            "leaving": whole.leaving,
            "six_months": whole.later,
            "revision": whole.row.edition,
        }
    )


async def one(session: AsyncSession, key: str, *, lock: bool = False) -> Whole:
    """The participant with this pseudonym; 404 when there is none."""
    statement = select(ParticipantRow).where(
        col(ParticipantRow.municipality_id) == municipality_of(session).id,
        col(ParticipantRow.key) == key,
    )
    statement = statement.with_for_update() if lock else statement
    row = (await session.exec(statement)).one_or_none()
    if row is None:
        raise NotFound(f"There is no {key!r} among the participants that you may see.")
    special = await session.get(ParticipantSpecialRow, (row.municipality_id, row.id))
    assert special is not None, "both are entered and erased together"
    session.info["revision"], session.info["read"] = row.edition, key
    return Whole(row, special)


async def identity(session: AsyncSession, whole: Whole) -> ParticipantIdentityRow:
    """Who it is."""
    found = await session.get(ParticipantIdentityRow, (whole.row.municipality_id, whole.row.id))
    assert found is not None, "both are entered and erased together"
    return found


async def known_as(session: AsyncSession, monitoring: str, same: str) -> str | None:
    """The pseudonym of somebody who is in the project already."""
    statement = (
        select(ParticipantRow.key)
        .join(
            ParticipantIdentityRow,
            (col(ParticipantIdentityRow.municipality_id) == col(ParticipantRow.municipality_id))
            & (col(ParticipantIdentityRow.participant) == col(ParticipantRow.id)),
        )
        .where(
            col(ParticipantRow.municipality_id) == municipality_of(session).id,
            col(ParticipantIdentityRow.monitoring) == monitoring,
            col(ParticipantIdentityRow.same) == same,
        )
    )
    return (await session.exec(statement)).first()


async def page(session: AsyncSession, paging: Paging, monitoring: str | None) -> Mapping[str, Any]:
    """Participants by pseudonym."""
    where = [] if monitoring is None else [col(ParticipantRow.monitoring) == monitoring]
    place = paging.place(str)
    if place is not None:
        where.append(col(ParticipantRow.key) > place[0])
    found = await wholes(session, *where, limit=paging.limit + 1)
    shown = paged(session, paging, found, lambda whole: [whole.row.key])
    return {**shown, "items": [told(whole) for whole in shown["items"]]}


async def wholes(session: AsyncSession, *where: Any, limit: int | None = None) -> Sequence[Whole]:
    """Participants with their special categories."""
    statement = (
        select(ParticipantRow, ParticipantSpecialRow)
        .join(
            ParticipantSpecialRow,
            (col(ParticipantSpecialRow.municipality_id) == col(ParticipantRow.municipality_id))
            & (col(ParticipantSpecialRow.participant) == col(ParticipantRow.id)),
        )
        .where(col(ParticipantRow.municipality_id) == municipality_of(session).id, *where)
        .order_by(col(ParticipantRow.key))
    )
    statement = statement if limit is None else statement.limit(limit)
    return [Whole(row, special) for row, special in await session.exec(statement)]


async def left(session: AsyncSession, since: date) -> Sequence[Whole]:
    """Those who left on a day or later."""
    return await wholes(session, col(ParticipantRow.exited_on) >= since)


async def of_monitoring(session: AsyncSession, monitoring: str) -> Sequence[Whole]:
    """All who take part in a project, for what is counted of them."""
    return await wholes(session, col(ParticipantRow.monitoring) == monitoring)


async def due(session: AsyncSession, on: date) -> Sequence[str]:
    """Whose erase date has come."""
    statement = select(ParticipantRow.key).where(
        col(ParticipantRow.municipality_id) == municipality_of(session).id,
        col(ParticipantRow.erase_on) <= on,
    )
    return (await session.exec(statement)).all()

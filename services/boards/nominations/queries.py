"""Whom organisations must name."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.bodies.queries import BODIES
from services.boards.bodies.tables import BodyRow
from services.boards.nominations.rules import Needed, needed
from services.boards.nominations.words import sentence
from services.boards.rosters.queries import rosters, sight
from services.boards.rosters.rules import Roster, Sight
from services.boards.tenures.rules import months_later
from services.contracts.boards.nominations import Nomination, Nominations, NominationsOf
from services.contracts.boards.organisations import Organisation, OrganisationKind

Sender = tuple[str | None, OrganisationKind | None]
"""An organisation that the reader may see, or the kind of which any may name somebody."""


async def nominations(
    session: AsyncSession, organisation: str | None, body: str | None, on: date, months: int
) -> Nominations:
    """What is due on the day and in the months after it, by organisation."""
    until = months_later(on, months)
    found: dict[Sender, list[Nomination]] = {}
    names: dict[str, Organisation] = {}
    for roster in (await rosters(session, await _bodies(session, body))).values():
        seen = sight(session, roster)
        names.update(roster.organisations)
        for one in _shown(needed(roster, on, until), seen):
            sender = one.what.organisation if one.what.organisation in seen.organisations else None
            if organisation in (None, sender):
                found.setdefault((sender, one.kind), []).append(_nomination(one, roster))
    return Nominations(
        on=on,
        until=until,
        organisations=[
            NominationsOf(
                organisation=sender,
                name=names[sender].name if sender is not None else None,
                organisation_kind=kind,
                nominations=sorted(due, key=lambda one: (one.due_on or date.min, one.body)),
            )
            for (sender, kind), due in sorted(
                found.items(), key=lambda item: (item[0][0] is None, item[0][0] or item[0][1] or "")
            )
        ],
    )


async def _bodies(session: AsyncSession, body: str | None) -> Sequence[str]:
    where = [] if body is None else [col(BodyRow.key) == body]
    return (await session.exec(select(BodyRow.key).where(BODIES.seen(session), *where))).all()


def _shown(found: Iterable[Needed], sight: Sight) -> Iterable[Needed]:
    for one in found:
        seat, rule = one.what.seat, one.rule
        if (seat is None or seat in sight.seats) and (rule is None or rule in sight.rules):
            yield one


def _nomination(one: Needed, roster: Roster) -> Nomination:
    seat, rule = roster.seat.get(one.what.seat or ""), roster.rule.get(one.rule or "")
    laid_down = rule or seat
    return Nomination(
        body=roster.body.key,
        body_name=roster.body.name,
        seat=one.what.seat,
        seat_name=seat.name if seat is not None else None,
        count=one.count,
        due_on=one.due_on,
        overdue=one.overdue,
        reason=one.reason,
        clause=laid_down.clause if laid_down is not None else None,
        text=sentence(one, roster),
    )

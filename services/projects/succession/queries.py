"""Every question asked for the line of a programme."""

from collections import defaultdict
from decimal import Decimal

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.succession import (
    GrantInLine,
    ProgrammeInLine,
    ProgrammeLine,
    YearInLine,
)
from services.projects.grants.queries import GRANTS
from services.projects.grants.rules import HOLDING
from services.projects.grants.tables import GrantRow
from services.projects.programmes.queries import PROGRAMMES
from services.projects.programmes.tables import ProgrammeRow
from services.projects.succession import rules


async def line(session: AsyncSession, key: str) -> ProgrammeLine:
    """The line of a programme, as far as the actor may see it; 404 when not the programme."""
    programme = await PROGRAMMES.one(session, key)
    session.info.pop("revision", None)  # of one programme; the answer is about several
    seen = await session.exec(select(ProgrammeRow).where(PROGRAMMES.seen(session)))
    programmes = {row.key: row for row in seen}
    order = rules.line(programme.key, {k: row.successor_of for k, row in programmes.items()})
    statement = (
        select(GrantRow)
        .where(GRANTS.seen(session), col(GrantRow.programme).in_(order))
        .order_by(col(GrantRow.starts_on).nulls_last(), col(GrantRow.key))
    )
    grants: dict[str, list[GrantRow]] = defaultdict(list)
    for row in await session.exec(statement):
        grants[row.programme].append(row)
    held = [
        (row.key, row.starts_on, row.ends_on)
        for k in order
        for row in grants[k]
        if row.state in HOLDING
    ]
    return ProgrammeLine(
        programmes=[_programme(programmes[k], grants[k]) for k in order],
        years=[YearInLine(year=y, grants=keys) for y, keys in rules.years(held).items()],
    )


def _programme(row: ProgrammeRow, grants: list[GrantRow]) -> ProgrammeInLine:
    held = [grant.amount for grant in grants if grant.state in HOLDING]
    return ProgrammeInLine(
        programme=row.key,
        name=row.name,
        successor_of=row.successor_of,
        grants=[GrantInLine.model_validate(grant) for grant in grants],
        amount=sum((amount for amount in held if amount is not None), Decimal("0.00")),
        unknown=sum(amount is None for amount in held),
    )

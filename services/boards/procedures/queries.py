"""Every question asked of the stored procedures."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.bodies.queries import BODIES
from services.boards.bodies.rules import mandates_on
from services.boards.bodies.tables import BodyRow
from services.boards.procedures import rules
from services.boards.procedures.tables import ProcedureRow
from services.contracts.boards.bodies import BodyKind, Mandate
from services.contracts.boards.procedures import ProcedureInForce, ProcedureRules
from services.kit.database import municipality_of
from services.kit.days import holds_on
from services.kit.paging import Paging
from services.kit.problems import NotFound
from services.kit.resources import Kind, matching, seen_keys

PROCEDURES = Kind(ProcedureRow, "procedures", "boards.procedure", within={"body": BODIES})


async def page(
    session: AsyncSession, paging: Paging, body: str | None, on: date | None
) -> Mapping[str, Any]:
    """Procedures by key: of a body, holding on a day."""
    where = matching(ProcedureRow, body=body)
    if on is not None:
        where.append(holds_on(ProcedureRow, on))
    return await PROCEDURES.page(session, paging, *where)


async def shown(session: AsyncSession, body: str, on: date) -> ProcedureInForce:
    """The rules of the body on the day; 404 where its own procedure is not for the actor."""
    found = await in_force(session, body, on)
    if found.key is not None and not (await seen_keys(session, (PROCEDURES, [found.key]))):
        raise NotFound(f"The procedure of {body} is not public.")
    return found


async def in_force(session: AsyncSession, body: str, on: date) -> ProcedureInForce:
    """The rules of the body on the day, whoever asks: its own, or those of the preset."""
    statement = (
        select(BodyRow, ProcedureRow)
        .outerjoin(
            ProcedureRow,
            (col(ProcedureRow.municipality_id) == col(BodyRow.municipality_id))
            & (col(ProcedureRow.body) == col(BodyRow.key))
            & holds_on(ProcedureRow, on),
        )
        .where(
            col(BodyRow.municipality_id) == municipality_of(session).id, col(BodyRow.key) == body
        )
    )
    found, own = (await session.exec(statement)).one()
    if own is not None:
        given = ProcedureRules.model_validate(
            {name: getattr(own, name) for name in ProcedureRules.model_fields}
        )
        return ProcedureInForce(body=body, key=own.key, preset=None, rules=given)
    preset = rules.preset_for(
        BodyKind(found.kind), [Mandate(one) for one in mandates_on(found, on)]
    )
    return ProcedureInForce(body=body, key=None, preset=preset, rules=rules.PRESETS[preset].rules)

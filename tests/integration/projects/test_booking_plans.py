"""However much of a journal comes again, no statement of an import compares all with all."""

from collections.abc import AsyncIterator
from datetime import date
from uuid import UUID

import pytest
from fastapi import FastAPI

from services.contracts.shared.access import Municipality
from services.kit.database import Database
from services.kit.native import native, statement
from services.projects.booking_imports import queries
from tests.support.plans import read_by
from tests.support.towns import actor

ROWS = 2_000
FEW = 20
"""So many times the rows that are there may a statement look at: each join and sort counts."""
FEATURE = queries.__package__


async def journal(every: int, version: int) -> AsyncIterator[bytes]:
    """Each `every`-th row is of no grant, and all of them have the digest of this version."""
    for number in range(ROWS):
        grant = r"\N" if every and number % every == 0 else "zuwendung"
        cells = [number, UUID(int=number), 2024, "5012000", number, r"\N", r"\N", r"\N"]
        cells += ["2024-05-31", r"\N", r"\N", "12.00", r"\N", r"\N", grant, "staff"]
        yield ("\t".join(map(str, [*cells, UUID(int=version)])) + "\n").encode()


@pytest.mark.parametrize("every", [1, 2, 0], ids=["none is of a grant", "half", "all are"])
async def test_what_just_came_is_compared_row_by_row(
    apps: dict[str, FastAPI], town: Municipality, every: int
) -> None:
    database: Database = apps["projects"].state.database
    whole = date(2024, 1, 1), date(2024, 12, 31)
    async with database.writing(actor(town, ("controller",))) as session:
        await queries.arrive(session, journal(0, version=1))
        difference = await queries.compared(session, "journal")
        await queries.store(session, "journal", difference, without_vanished=False)
    given = town.id, "journal"
    asked = {
        "release": given,
        "vanish": (*given, *whole),
        "compare": given,
        "told": (town.id, 200),
        "adopt": given,
        "keep_past": (town.id, "test:clerk"),
        "change": given,
        "leave": (town.id,),
        "add": given,
    }
    async with database.writing(actor(town, ("controller",))) as session:
        await queries.arrive(session, journal(every, version=2))
        connection = await native(session)
        read = {}
        for name, values in asked.items():
            if name == "compare":
                await connection.execute('DELETE FROM arriving_booking WHERE "grant" IS NULL')
            read[name] = await read_by(connection, statement(FEATURE, name), *values)
    assert {name: many for name, many in read.items() if many > FEW * ROWS} == {}

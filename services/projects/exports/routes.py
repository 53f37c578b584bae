"""Funded work as open data over HTTP."""

import asyncio
from typing import Any

from fastapi import Response
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.exports import Completeness, Export
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Reading, municipality_of
from services.kit.days import today
from services.kit.downloads import disposition
from services.kit.problems import NotFound
from services.projects.export_results import queries as export_results
from services.projects.exports import iati, kohesio, queries, rules, threesixty
from services.projects.exports.identifiers import Scheme
from services.projects.exports.works import Work

exports = router("Exports")
READ = requires("projects.exports:read")
_CSV, _JSON, _XML = "text/csv", "application/json", "application/xml"


def _told(media_type: str, schema: dict[str, Any], example: Any) -> dict[int | str, Any]:
    return {200: {"content": {media_type: {"schema": schema, "example": example}}}}


@exports.get(
    "/exports/list-of-operations.csv",
    response_class=Response,
    responses=_told(_CSV, {"type": "string"}, ",".join(kohesio.COLUMNS)),
    dependencies=[READ],
)
async def export_list_of_operations(session: Reading) -> Response:
    """Export the list of operations.

    CSV in the table schema of the European Commission (Kohesio; Article 49(3) of Regulation (EU)
    2021/1060): imported operations of current editions, and own public grants with money of the
    Union. Each once: a grant that is linked to an operation is told as the list has it. What lacks
    a field that the schema requires is left out; `/exports/completeness` says which. Legal
    entities only. A text that a spreadsheet would run as a formula begins with an apostrophe.
    """
    works, scheme = await _works(session, Export.list_of_operations)
    text = await asyncio.to_thread(kohesio.written, works, scheme)
    return _file(session, Export.list_of_operations, text, f"{_CSV}; charset=utf-8")


@exports.get(
    "/exports/360giving.json",
    response_class=Response,
    responses=_told(_JSON, {"type": "object"}, {"version": "1.4", "grants": []}),
    dependencies=[READ],
)
async def export_360giving(session: Reading) -> Response:
    """Export grants in the 360Giving standard.

    JSON in version 1.4: the public grants, received and passed on to other organisations, whose
    amount, date of notice, funder and recipient are known and public; with what was paid of those
    passed on and, once they are closed, of those received (`amountDisbursed`). 404 while there is
    none: the standard has no empty package.
    """
    works, scheme = await _some(session, Export.threesixtygiving)
    text = await asyncio.to_thread(threesixty.written, works, scheme)
    return _file(session, Export.threesixtygiving, text, _JSON)


@exports.get(
    "/exports/iati.xml",
    response_class=Response,
    responses=_told(_XML, {"type": "string"}, '<iati-activities version="2.03"/>'),
    dependencies=[READ],
)
async def export_iati(session: Reading) -> Response:
    """Export funded work in the IATI standard.

    XML in version 2.03: public grants and imported operations as activities with participants,
    planned dates, budgets by year where they are known, the award, what of it was awarded to others
    and paid to them, and of a closed grant what came of it, in one sum; with a grant its public
    results, their indicators, targets and what a second person approved. Above several grants of a
    project stands the project with its own results; money is told with each grant, once. What
    counts people is not among them. 404 while there is no activity: the standard has no empty file.
    """
    works, scheme = await _some(session, Export.iati)
    day = today()
    results = await export_results.results(session, works, day)
    data = await asyncio.to_thread(iati.written, works, results, scheme, day)
    return _file(session, Export.iati, data, _XML)


@exports.get("/exports/completeness", response_model=Completeness, dependencies=[READ])
async def read_export_completeness(session: Reading) -> Completeness:
    """Read what the exports leave out.

    How many pieces of work each export tells of, and which public grants and operations are
    missing in it for want of which fields. Nothing is invented to fill them; a
    `grant-disclosure` can say what a grant does not.
    """
    return await asyncio.to_thread(rules.completeness, await queries.works(session))


async def _works(session: AsyncSession, export: Export) -> tuple[list[Work], Scheme]:
    works, _ = await asyncio.to_thread(rules.told_by, await queries.works(session), export)
    return works, Scheme(municipality_of(session).id, await queries.name(session))


async def _some(session: AsyncSession, export: Export) -> tuple[list[Work], Scheme]:
    works, scheme = await _works(session, export)
    if not works:
        raise NotFound("There is nothing yet that this format can tell of.")
    return works, scheme


def _file(session: AsyncSession, export: Export, body: str | bytes, media_type: str) -> Response:
    name = f"{municipality_of(session).key}-{export}"
    headers = {"Content-Disposition": disposition("inline", name)}
    return Response(body, media_type=media_type, headers=headers)

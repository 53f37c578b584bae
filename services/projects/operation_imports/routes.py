"""The import of lists of operations over HTTP."""

import asyncio
from datetime import date
from typing import Annotated

from fastapi import Depends, Query, Request

from services.contracts.projects.operation_imports import OperationsImported
from services.kit.access import requires
from services.kit.app import router
from services.kit.bodies import as_bytes, as_text, taking
from services.kit.database import Writing
from services.kit.problems import UnsupportedMedia
from services.projects.list_reading.content import text_of
from services.projects.list_reading.records import Sent
from services.projects.list_reading.workbooks import XLSX, texts_of
from services.projects.operation_imports import commands

operation_imports = router("Published operations")
MOST_BYTES = 32 * 1024 * 1024
_CSV = (
    "Verzeichnis der Vorhaben;;;;;;\n"
    "Stand: 01.07.2016;;;;;;\n"
    "Name des Begünstigten;Bezeichnung des Vorhabens;Beginn des Vor-habens;Ende des Vor-habens;"
    "Gesamtbetrag der förderfähigen Ausgaben;Unions-Kofinanzierungssatz;Postleitzahl\n"
    "Stadt Jena;Armutspräventionsrichtlinie 2.1;01.06.2016;31.12.2018;135.020,40;80%;7743 Jena\n"
)


async def _received(request: Request) -> Sent:
    """The text of the body, read before a connection of the database is held."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "text/csv":
        return Sent([await asyncio.to_thread(text_of, await request.body())])
    if kind == XLSX:
        return Sent(await texts_of(await request.body()), workbook=True)
    raise UnsupportedMedia(f"Send the file itself as the body, as text/csv or {XLSX}.")


@operation_imports.post(
    "/operation-lists/{key}/import",
    response_model=OperationsImported,
    max_body_size=MOST_BYTES,
    dependencies=[requires("projects.operations:write")],
    openapi_extra=taking({"text/csv": as_text(_CSV), XLSX: as_bytes()}),
)
async def import_operation_list(
    key: str,
    sent: Annotated[Sent, Depends(_received)],
    session: Writing,
    edition: Annotated[date, Query(description="State of the list (Stand der Liste).")],
    dry_run: Annotated[
        bool, Query(description="Say what it would change and what is wrong; store nothing.")
    ] = False,
) -> OperationsImported:
    """Import an edition of a list of operations.

    Takes the list as it is published, as CSV or XLSX: the header on a later row and with line
    breaks in it, German and English numbers, days and rates, postcodes that lost their zero
    (`repairs` tells each). Columns are recognised by their wording; where that does not tell, say
    it in `columns` of the list. All or nothing: a cell that cannot be understood is refused (422)
    with a pointer of row and field, such as `/12/ends_on`; a dry run tells of all of them in
    `problems`. What is imported as it is and yet looks wrong is told: rows that are there twice
    (`repeats`), amounts that contradict their rate (`share_remarks`).

    Never imported are rows whose beneficiary may be a natural person: of names without a sign of a
    legal entity only the number of the row is told (`left_out`); confirm names in
    `legal_entities` of the list. The same edition again stores nothing, a newer one changes what it
    words otherwise and says what has vanished; an older one is refused (409).
    """
    return await commands.bring(session, key, sent, edition, dry_run)

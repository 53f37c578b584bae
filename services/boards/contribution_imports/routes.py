"""The import of contributions over HTTP."""

import asyncio
from collections.abc import Mapping
from typing import Annotated, Any, NamedTuple

from fastapi import Depends, Query, Request

from services.boards.contribution_imports import commands, rules
from services.boards.contribution_imports.rules import Sheet
from services.contracts.boards.contribution_imports import ContributionsImported
from services.contracts.shared.base import Key, Line
from services.kit.access import requires
from services.kit.app import router
from services.kit.bodies import as_text, taking
from services.kit.database import Writing
from services.kit.problems import UnsupportedMedia

contribution_imports = router("Participation")
MOST_BYTES = 8 * 1024 * 1024
_CSV = (
    "id;category/name/de;title/de;body/de;published_at\n"
    "17;Wohnen;Bus am Abend;<p>Der letzte Bus fährt zu früh.</p>;2026-04-15 10:00:00 UTC\n"
)


def _deep(name: str, description: str, example: Mapping[str, str]) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "style": "deepObject",
        "explode": True,
        "required": False,
        "description": description,
        "schema": {"type": "object", "additionalProperties": {"type": "string"}},
        "example": example,
    }


class _File(NamedTuple):
    sheet: Sheet
    means: Mapping[str, str]


async def _received(request: Request) -> _File:
    """The rows of the file in the body, read before a connection of the database is held."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "text/csv":
        raise UnsupportedMedia("Send the file itself as the body, as text/csv.")
    columns, means = rules.asked(request.query_params.multi_items())
    body = await request.body()
    return _File(await asyncio.to_thread(rules.read, body, columns), means)


@contribution_imports.post(
    "/contributions/import",
    response_model=ContributionsImported,
    max_body_size=MOST_BYTES,
    dependencies=[requires("boards.contributions:write")],
    openapi_extra={
        "parameters": [
            _deep(
                "column",
                "Which columns a field is read from, several with `|` between them: "
                "`column[text]=Titel|Inhalt`. Fields: id, text, category, area, target_group, "
                "received_on. Without it columns are known by the names that Decidim, CONSUL and "
                "adhocracy give them.",
                {"text": "Titel|Inhalt"},
            ),
            _deep(
                "means",
                "Which category, area or target group of the process a word of the file means: "
                "`means[Verkehr]=mobilitaet`. Keys and names of the process are known.",
                {"Verkehr": "mobilitaet"},
            ),
        ],
        **taking({"text/csv": as_text(_CSV)}),
    },
)
async def import_contributions(
    file: Annotated[_File, Depends(_received)],
    session: Writing,
    process: Annotated[Key, Query(description="The process that they are for.")],
    consent_version: Annotated[
        Line, Query(description="The version of the text of consent that contributors agreed to.")
    ],
    dry_run: Annotated[
        bool, Query(description="Check the file and say what it would add; store nothing.")
    ] = False,
) -> ContributionsImported:
    """Import contributions from CSV.

    From the export of another platform, all or nothing, as UTF-8, Windows-1252 or what spreadsheets
    call Unicode text (UTF-16); with commas, semicolons or tabs. Title and text become one text
    without HTML; who wrote it is not taken over. A row is known again by its number, or else by
    what it says: the same export twice adds nothing, and nothing that was erased comes back. A row
    came on the day as written, or that in Germany where the file says a moment with offset. Each
    fault (422) has a pointer with line and column, such as `/7/body~1de`; the first line is the
    header, or the second after one such as `sep=;`. Every contribution waits for moderation; there
    is no token. Refused (409) unless the process is between its submission and its closure.
    """
    return await commands.bring(session, process, consent_version, file.sheet, file.means, dry_run)

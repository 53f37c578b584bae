"""The catalogue of measures over HTTP."""

from typing import Annotated, Any, Literal

from fastapi import Depends, Query, Response

from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Reading, municipality_of
from services.kit.downloads import disposition
from services.kit.languages import VARIES, InLanguage
from services.kit.spreadsheets import CSV, XLSX, as_csv, as_xlsx
from services.projects.measure_catalogue import queries, rules
from services.projects.measures.parameters import wanted
from services.projects.measures.queries import Wanted

measure_catalogue = router("Measures")
READ = requires("projects.measures:read")
_TABLE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The table",
        "content": {
            CSV: {"schema": {"type": "string"}, "example": "Schlüssel,Maßnahme,Stand\r\n"},
            XLSX: {"schema": {"type": "string", "format": "binary"}},
        },
    }
}


@measure_catalogue.get(
    "/measure-catalogue", dependencies=[READ], response_class=Response, responses=_TABLE
)
async def read_measure_catalogue(
    session: Reading,
    asked: Annotated[Wanted, Depends(wanted)],
    lang: InLanguage,
    form: Annotated[
        Literal["csv", "xlsx"], Query(alias="format", description="As which kind of file.")
    ] = "csv",
) -> Response:
    """Download the catalogue of measures.

    The measures that `/measures` lists with the same filters, with the names of what they point to
    (Maßnahmenkatalog), as CSV or XLSX. No text in it is run as a formula: in CSV one that could be
    begins with `'`. An unknown amount is an empty cell, never zero.
    """
    found, words = await queries.catalogue(session, asked)
    table = rules.rows(found, words, lang)
    body = as_csv(table) if form == "csv" else as_xlsx(rules.TITLE[lang], table)
    name = f"{rules.TITLE[lang]} {municipality_of(session).key}.{form}"
    headers = {"Content-Disposition": disposition("attachment", name), "Vary": VARIES}
    return Response(body, media_type=rules.MEDIA[form], headers=headers)

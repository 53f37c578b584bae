"""Importing changes of the territory over HTTP."""

import asyncio
from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import Depends, Query, Request
from pydantic import ValidationError

from services.contracts.indicators.territory import (
    Crosswalk,
    ImportedCrosswalk,
    NewCrosswalk,
    Weighting,
    WeightKind,
    WeightMethod,
)
from services.contracts.shared.base import Code, Key, Line, Visibility
from services.indicators.territory.crosswalks import commands
from services.indicators.territory.imports import queries, rules
from services.kit.access import requires
from services.kit.app import router
from services.kit.bodies import as_text, taking
from services.kit.database import Writing
from services.kit.faults import faults_of
from services.kit.problems import Invalid, UnsupportedMedia

imports = router("Territory")
_CSV = "from,to,population\neisenach,wartburgkreis,1\n"
_TYPES = {"text/csv": rules.of_csv, "application/json": rules.of_json}


async def _texts(
    key: Annotated[Key, Query(description="Key of the new crosswalk.")],
    title: Annotated[Line, Query(description="German title.")],
    valid_from: Annotated[date, Query(description="The first day of the new territory.")],
    source: Annotated[Line, Query(description="Law, resolution or table that says so.")],
    visibility: Annotated[Visibility, Query(description="Who may see it.")] = Visibility.public,
) -> dict[str, object]:
    return {
        "key": key,
        "title": {"de": title},
        "valid_from": valid_from,
        "source": source,
        "visibility": visibility,
    }


async def _weighting(
    weights: Annotated[
        WeightKind, Query(description="The kind of shares.")
    ] = WeightKind.population,
    method: Annotated[
        WeightMethod, Query(description="Where shares come from that the file does not state.")
    ] = WeightMethod.given,
    indicator: Annotated[
        Key | None, Query(description="The count, for the method `indicator`.")
    ] = None,
    period: Annotated[str | None, Query(max_length=20, description="Its period.")] = None,
) -> Weighting:
    given = {"kind": weights, "method": method, "indicator": indicator, "period": period}
    try:
        return Weighting.model_validate(given)
    except ValidationError as error:
        raise Invalid("The weighting is not valid.", faults=faults_of(_asked(error))) from None


def _asked(error: ValidationError) -> list[dict[str, Any]]:
    return [{**dict(one), "loc": ("query", *one["loc"])} for one in error.errors()]


@imports.post(
    "/crosswalks/import",
    status_code=201,
    response_model=ImportedCrosswalk,
    dependencies=[requires("indicators.territory:write")],
    openapi_extra=taking(
        {
            "text/csv": as_text(_CSV),
            "application/json": {
                "schema": {
                    "type": "object",
                    "additionalProperties": {"type": "array", "items": {"type": "string"}},
                },
                "example": {"01011101": ["01100101"]},
            },
        }
    ),
)
async def import_crosswalk(
    request: Request,
    session: Writing,
    texts: Annotated[dict[str, object], Depends(_texts)],
    weighting: Annotated[Weighting, Depends(_weighting)],
    level: Annotated[Key | None, Query(description="Only areas of this level.")] = None,
    scheme: Annotated[
        Code | None, Query(description="The scheme of the codes; keys of areas if not given.")
    ] = None,
) -> ImportedCrosswalk:
    """Import a change of the territory.

    From a table of matches (Umsteigeschlüssel): as CSV with the columns `from`, `to` and, if it
    has shares, one for each kind; or as JSON, `{"old": ["new", ...]}`, in which rows the other
    way round are found out. Rows whose codes name no area of the level are ignored and counted.
    Shares that the file does not state are computed by `method`. Checked like a crosswalk that is
    created; the moves that faults point at are in the order of the file.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in _TYPES:
        raise UnsupportedMedia(f"Send the table as one of {', '.join(_TYPES)}.")
    day = texts["valid_from"]
    assert isinstance(day, date)
    if day == date.min:
        raise Invalid("There is no day before.", pointer="/valid_from", code="range")
    before = await queries.codes_on(session, day - timedelta(days=1), level, scheme)
    after = await queries.codes_on(session, day, level, scheme)
    data = await request.body()
    matches = await asyncio.to_thread(_TYPES[kind], data, before, after)
    if not matches.moves:
        raise Invalid("No row names areas of these days.", pointer="", code="nothing")
    if len(matches.moves) > rules.MOST_ROWS:
        raise Invalid(f"More than {rules.MOST_ROWS} moves.", pointer="", code="too_many")
    others = {k for m in matches.moves for k in (*m.shares, *m.back)} - {weighting.kind}
    weightings = [weighting, *(Weighting(kind=other) for other in sorted(others))]
    new = NewCrosswalk.model_validate({**texts, "weighting": weightings, "moves": matches.moves})
    row = await commands.enter(session, new)
    return ImportedCrosswalk(
        crosswalk=Crosswalk.model_validate(row),
        ignored=len(matches.ignored),
        ignored_codes=matches.ignored[:50],
    )

"""Answers to questions for figures, in the form that was asked for."""

import json
from asyncio import to_thread
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode

from services.contracts.indicators.dimensions import DimensionInBrief
from services.contracts.shared.access import Actor
from services.indicators.deliveries.rules import attributes_of
from services.indicators.observations import queries, rules
from services.indicators.observations.queries import Asked, End, Part, Source
from services.indicators.observations.representations import sdmx_csv
from services.indicators.observations.representations.geojson import geojson
from services.indicators.observations.representations.jsonstat import jsonstat
from services.indicators.observations.representations.sdmx_csv import Style
from services.indicators.observations.representations.table import Table
from services.indicators.observations.representations.xlsx import MEDIA_TYPE as XLSX
from services.indicators.observations.representations.xlsx import xlsx
from services.indicators.observations.rules import Form, Place
from services.indicators.observations.shapes import Detail, shapes
from services.indicators.periods import parse_period
from services.kit.database import Database
from services.kit.paging import encode
from services.kit.problems import Invalid

MEDIA: dict[Form, str] = {
    "json": "application/json",
    "rows": "application/vnd.planraum.rows+json",
    "jsonl": "application/jsonl",
    "csv": "text/csv",
    "sdmx-csv": sdmx_csv.MEDIA_TYPE,
    "jsonstat": "application/vnd.json-stat+json",
    "xlsx": XLSX,
    "geojson": "application/geo+json",
}
STREAMED: frozenset[Form] = frozenset({"jsonl", "csv", "sdmx-csv"})
PAGED: frozenset[Form] = frozenset({"json", "rows"})
PART = 20_000
"""Figures of one part of an answer that comes in parts."""
_FILES: dict[Form, str] = {"csv": "csv", "sdmx-csv": "sdmx.csv", "xlsx": "xlsx", "jsonl": "jsonl"}
_CSV = (
    "indicator,indicator_name,area,area_name,period,breakdown,value,status,unit,reason,provisional"
)


@dataclass(frozen=True)
class Presentation:
    """The form of an answer, and what else decides how it looks."""

    form: Form
    basis: bool = False
    style: Style = field(default_factory=Style)
    geometry: Detail = "simplified"
    tolerance: int | None = None
    limit: int = rules.MOST_FIGURES
    after: Place | None = None

    @property
    def end(self) -> End:
        """How the statement puts the figures together."""
        parts = {"basis" if self.basis else "no_basis"}
        if self.form in ("csv", "jsonl"):
            return End("as_csv" if self.form == "csv" else "as_rows", frozenset(parts | {"lines"}))
        if self.form == "rows":
            return End("as_rows", frozenset(parts | {"rows", "names"}))
        return End("as_json", frozenset(parts | ({"names"} if self.form != "json" else set())))

    @property
    def media_type(self) -> str:
        """What the answer is."""
        if self.form == "sdmx-csv":
            return self.style.media_type
        return MEDIA[self.form] + ("; charset=utf-8" if self.form == "csv" else "")

    @property
    def vary(self) -> str:
        """On which headers the answer depends."""
        return "Accept" if self.form in ("json", "rows", "jsonl") else "Accept, Accept-Language"


class Address(NamedTuple):
    """Where the answer was asked for."""

    path: str
    query: list[tuple[str, str]]


class Answer(NamedTuple):
    """An answer: whole, or the parts that follow each other."""

    body: bytes | AsyncIterator[bytes]
    state: tuple[int, int]
    pinned: int | None
    following: str | None = None


async def answer(
    source: Source,
    asked: Asked,
    look: Presentation,
    address: Address,
    database: Database,
    actor: Actor,
) -> Answer:
    """The answer; refuses (422) what is unknown, and too many figures for a form of one piece."""
    if look.form in PAGED:
        return await _page(source, asked, look, address)
    if look.form in STREAMED:
        return await _streamed(source, asked, look)
    found = await _first(source, asked, look, rules.MOST_FIGURES + 1)
    if found.last is not None:
        detail = f"More than {rules.MOST_FIGURES} figures; ask for less, or for CSV."
        raise Invalid(detail, parameter="indicator", code="too_many")
    table = await to_thread(Table, found.body, asked.lang)
    if look.form == "geojson":
        ends = (parse_period(text).end for text in set(table.period))
        on = asked.question.territory or max(ends, default=date.min)
        given = (set(table.area), on, look.geometry, look.tolerance)
        drawn = await shapes(database, actor, *given, found.state)
        body = await to_thread(geojson, table, drawn)
    else:
        body = await to_thread(jsonstat if look.form == "jsonstat" else xlsx, table)
    return Answer(body, found.state, found.pinned)


async def _first(source: Source, asked: Asked, look: Presentation, most: int) -> Part:
    found = await queries.part(source, asked, look.end, most, look.after)
    await queries.check_codes(source, asked, found.state)
    return found


async def _page(source: Source, asked: Asked, look: Presentation, address: Address) -> Answer:
    found = await _first(source, asked, look, look.limit)
    following = None
    if found.last is not None:
        kept = [(name, value) for name, value in address.query if name not in ("cursor", "as_of")]
        kept += [("as_of", str(found.pinned)), ("cursor", encode(list(found.last)))]
        following = f"{address.path}?{urlencode(kept)}"
    body = f'{found.body},"next":{json.dumps(following)}}}'
    return Answer(body.encode(), found.state, found.pinned, following)


async def _streamed(source: Source, asked: Asked, look: Presentation) -> Answer:
    first = await _first(source, asked, look, PART)
    parts = queries.following(source, asked, look.end, first, PART)
    if look.form == "sdmx-csv":
        texts = _sdmx(source, asked, look, parts)
    else:
        texts = _lines(asked, look, parts)
    if first.last is None:
        body: bytes | AsyncIterator[bytes] = b"".join([text async for text in texts])
    else:
        body = texts
    return Answer(body, first.state, first.pinned)


async def _lines(
    asked: Asked, look: Presentation, parts: AsyncIterator[Part]
) -> AsyncIterator[bytes]:
    if look.form == "csv":
        gone = ",gone" if asked.question.tells_what_went else ""
        yield f"{_CSV}{gone}\r\n".encode()
    async for found in parts:
        yield found.body.encode()


async def _sdmx(
    source: Source, asked: Asked, look: Presentation, parts: AsyncIterator[Part]
) -> AsyncIterator[bytes]:
    dimensions: list[str] | None = None
    async for found in parts:
        table = await to_thread(Table, found.body, asked.lang)
        if dimensions is None:
            labels, dimensions = table.labels, list(table.dimensions)
            if found.last is not None:
                occurring, known = await queries.breakdowns(source, asked.pinned(found.pinned))
                labels = {
                    code: DimensionInBrief.model_validate(given) for code, given in known.items()
                }
                dimensions = sorted({code for one in occurring for code in attributes_of(one)})
            yield sdmx_csv.header(labels, asked.lang, dimensions, look.style).encode()
        yield (await to_thread(sdmx_csv.records, table, dimensions, look.style)).encode()


def headers(look: Presentation, town: str, made: Answer, tag: str) -> dict[str, str]:
    """ETag, Vary, where the next page is, and under which name to keep a file."""
    given = {"ETag": tag, "Vary": look.vary}
    if made.following:
        given["Link"] = f'<{made.following}>; rel="next"'
    if look.form in _FILES:
        name = f"{town}-observations-{made.pinned or 0}.{_FILES[look.form]}"
        given["Content-Disposition"] = f'attachment; filename="{name}"'
    return given

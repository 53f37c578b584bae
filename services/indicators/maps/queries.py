"""Maps: figures and shapes read, the answer built as bytes."""

import asyncio
from collections.abc import Hashable, Mapping
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, Literal

from pydantic_core import to_json
from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.shared.base import Language
from services.indicators.analyses import queries as analyses
from services.indicators.analyses import texts
from services.indicators.analyses.pictures import Picture, Question
from services.indicators.indices import reading
from services.indicators.indices import rules as indices
from services.indicators.maps import rules
from services.indicators.maps.palettes import PALETTES, SOURCE
from services.indicators.maps.rules import Look
from services.indicators.maps.shapes import Memory, Shapes, simplified
from services.kit import sql
from services.kit.database import municipality_of
from services.kit.native import statement

Detail = Literal["none", "simplified", "full"]
SHAPES = text(
    "".join(
        line
        for line in statement(__package__, "shapes").splitlines(keepends=True)
        if not line.startswith("--")
    )
)
_MEMORY = Memory()


async def map_of(
    session: AsyncSession, question: Question, look: Look, detail: Detail, lang: Language
) -> tuple[bytes, Picture]:
    """The map as GeoJSON, and the picture that it was made of."""
    picture = await with_classes(session, await analyses.picture(session, question))
    shapes = await shapes_of(session, picture, detail)
    town = municipality_of(session).key
    return await asyncio.to_thread(_written, town, picture, look, shapes, lang), picture


async def with_classes(session: AsyncSession, picture: Picture) -> Picture:
    """The picture with the classes of the recipe, where it is of an index."""
    if not indices.is_of_index(SimpleNamespace(**picture.indicator)):
        return picture
    key = picture.indicator["key"]
    classes = await reading.classes_of(session, key, picture.period, picture.release)
    return replace(picture, classes=classes)


async def shapes_of(session: AsyncSession, picture: Picture, detail: Detail) -> Shapes:
    """The shapes of the areas by version, read only if they are not in memory already."""
    drawn = [area for area in picture.areas if area.has_geometry]
    if detail == "none" or not drawn:
        return {}
    town = municipality_of(session).id
    key: Hashable = (town, tuple((area.version, area.revision) for area in drawn))
    if detail == "simplified" and (known := _MEMORY.find(key)) is not None:
        return known
    values = {"municipality": town, "versions": [area.version for area in drawn]}
    rows = await sql.run(session, SHAPES, values)
    entered = {row["version"]: row["shape"] for row in rows.mappings()}
    if detail == "full":
        return {version: shape.encode() for version, shape in entered.items()}
    made = await asyncio.to_thread(simplified, entered)
    _MEMORY.keep(key, made)
    return made


def _written(town: str, picture: Picture, look: Look, shapes: Shapes, lang: Language) -> bytes:
    drawn, found = rules.drawing(picture, look, lang), rules.assess(picture)
    features = (
        b'{"type":"Feature","id":%b,"geometry":%b,"properties":%b}'
        % (
            to_json(area.key),
            shapes.get(area.version, b"null"),
            to_json(rules.properties(picture, area, found, drawn, lang)),
        )
        for area in picture.areas
    )
    head = to_json(_head(town, picture, drawn, lang))
    return b'%b,"features":[%b]}' % (head[:-1], b",".join(features))


def _head(town: str, picture: Picture, drawn: rules.Drawing, lang: Language) -> Mapping[str, Any]:
    known = ("key", "name", "unit", "kind", "decimals", "polarity", "topic")
    palette = PALETTES[drawn.palette]
    return {
        "type": "FeatureCollection",
        "title": texts.title(picture, lang),
        "schematic": texts.schematic(picture, lang),
        "description": texts.description(picture, rules.together(picture), lang),
        "source": picture.indicator["source"],
        "source_line": texts.source_line(picture, lang),
        "lang": lang,
        "release": picture.release,
        "indicator": {name: picture.indicator[name] for name in known},
        "level": picture.level,
        "period": picture.period,
        "period_end": picture.period_end,
        "breakdown": picture.breakdown,
        "periods": picture.periods,
        "classification": {
            "method": drawn.method,
            "classes": len(drawn.colours),
            "limits": drawn.limits,
            "palette": drawn.palette,
            "kind": palette.kind,
            "reversed": drawn.reversed,
            "colour_blind_safe": len(drawn.colours) in palette.safe,
            "source": SOURCE,
        },
        "legend": drawn.legend,
        "statistics": rules.statistics(picture),
        "references": rules.references(picture, town, lang),
    }

"""Charts: what is published, read and drawn. Nothing else enters a chart."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.charts import ChartKind
from services.contracts.shared.base import Language
from services.indicators.analyses import queries as analyses
from services.indicators.analyses import texts, words
from services.indicators.analyses.pictures import Picture, Question
from services.indicators.charts import canvas
from services.indicators.charts.choropleth import choropleth
from services.indicators.charts.matrix import Side, described, matrix
from services.indicators.charts.ranking import ranking
from services.indicators.charts.series import description, series, spell
from services.indicators.indices import reading as indices
from services.indicators.maps import rules
from services.indicators.maps.palettes import PALETTES
from services.indicators.maps.queries import shapes_of, with_classes
from services.indicators.maps.rules import Look
from services.kit import writing
from services.kit.drawing.looks import Spec
from services.kit.problems import Invalid, NotFound

WIDTH = 640
MOST = {"time-series": 24, "ranking": 150, "map": 2000, "index-matrix": 1000}
"""Areas that a chart can show."""
_SIDES: Mapping[Language, tuple[str, str]] = {
    "de": ("Status", "Dynamik"),
    "en": ("Status", "Dynamics"),
    "it": ("Stato", "Dinamica"),
}


@dataclass(frozen=True)
class Order:
    """A chart that is asked for; an index matrix is of an index, or of two indicators."""

    kind: ChartKind
    question: Question
    look: Look
    lang: Language
    second: str | None
    second_look: Look
    index: str | None = None


async def drawn(session: AsyncSession, order: Order) -> tuple[Spec, Picture]:
    """The specification of a chart, and the picture that it was made of."""
    picture = await analyses.picture(session, order.question, "indicator")
    if len(picture.areas) > MOST[order.kind]:
        detail = f"{len(picture.areas)} areas, {MOST[order.kind]} are the most: name some."
        raise Invalid(detail, parameter="area", code="too_many")
    if order.kind == "map":
        shapes = await shapes_of(session, picture, "simplified")
        if not shapes:
            raise NotFound("None of the areas has a shape.")
        picture = await with_classes(session, picture)
        look = rules.drawing(picture, order.look, order.lang)
        parts = await asyncio.to_thread(choropleth, picture, look, shapes, order.lang)
        return framed(picture, parts, order.lang, texts.schematic(picture, order.lang)), picture
    if order.kind == "index-matrix":
        if order.index is not None:
            return await _grouped(session, picture, order.index, order), picture
        return await _crossed(session, picture, order), picture
    if order.kind == "ranking":
        parts = await asyncio.to_thread(ranking, picture, order.lang)
        return framed(picture, parts, order.lang), picture
    parts = await asyncio.to_thread(series, picture, order.lang)
    spec = framed(picture, parts, order.lang)
    unit = writing.text(picture.indicator["unit"], order.lang)
    spec["title"]["subtitle"] = [f"{unit} · {spell(picture, order.lang)}"]
    return {**spec, "description": description(picture, order.lang)}, picture


def framed(
    picture: Picture, parts: Sequence[Spec], lang: Language, note: str | None = None
) -> Spec:
    """The parts of a chart with title, words for those who do not see it, and source line.

    A `note` stands above the source and is said to those who do not see it, too.
    """
    said = texts.description(picture, rules.together(picture), lang)
    return canvas.chart(
        parts,
        width=WIDTH,
        title=texts.title(picture, lang),
        subtitle=texts.subtitle(picture, lang),
        description=f"{said} {note}" if note else said,
        note=note,
        source=texts.source_line(picture, lang),
        lang=lang,
        meta={
            "release": picture.release,
            "indicator": picture.indicator["key"],
            "level": picture.level["key"],
            "period": picture.period,
            "breakdown": picture.breakdown,
        },
    )


async def _crossed(session: AsyncSession, first: Picture, order: Order) -> Spec:
    """Two indicators of the same areas and period, each in classes."""
    if order.second is None:
        raise Invalid(
            "An index matrix needs a second indicator.", parameter="second", code="missing"
        )
    asked = replace(
        order.question, indicator=order.second, level=first.level["key"], period=first.period
    )
    first = await with_classes(session, first)
    second = await with_classes(session, await analyses.picture(session, asked, "second"))
    lang = order.lang
    down = rules.drawing(first, order.look, lang)
    across = rules.drawing(second, order.second_look, lang)
    areas = [
        (
            writing.text(area.name, lang),
            down.numbers.get(area.key),
            across.numbers.get(area.key),
        )
        for area in first.areas
    ]
    rows, columns = _side(first, down, lang), _side(second, across, lang)
    spec = _matrix(first, f"{rows.name} – {columns.name}", rows, columns, areas, lang)
    spec["usermeta"]["planraum"]["second"] = order.second
    return spec


async def _grouped(session: AsyncSession, picture: Picture, index: str, order: Order) -> Spec:
    """The state and the dynamics of an index, in the classes of its recipe."""
    lang = order.lang
    found = await indices.results(
        session, index, picture.period, picture.level["key"], None, order.question.release
    )
    if not found.dynamics_classes:
        raise Invalid(
            f"The recipe of {index!r} has no dynamics.", parameter="index", code="no_dynamics"
        )
    read = found.columns
    groups = zip(read.area, read.class_code, read.dynamics_class, strict=True)
    known = {area: (status, dynamics) for area, status, dynamics in groups}
    down = {one.code: n for n, one in enumerate(found.classes, 1)}
    across = {one.code: n for n, one in enumerate(found.dynamics_classes, 1)}
    areas = []
    for area in picture.areas:
        status, dynamics = known.get(area.key, (None, None))
        name = writing.text(area.name, lang)
        areas.append((name, down.get(status or ""), across.get(dynamics or "")))
    status_word, dynamics_word = _SIDES[lang]
    rows = Side(
        status_word,
        [writing.text(one.label, lang) for one in found.classes],
        PALETTES[rules.DEFAULTS[picture.polarity]].shared(len(found.classes)),
    )
    columns = Side(dynamics_word, [writing.text(one.label, lang) for one in found.dynamics_classes])
    return _matrix(picture, texts.title(picture, lang), rows, columns, areas, lang)


def _matrix(
    picture: Picture,
    title: str,
    rows: Side,
    columns: Side,
    areas: Sequence[tuple[str, int | None, int | None]],
    lang: Language,
) -> Spec:
    spec = framed(picture, matrix(rows, columns, areas, lang), lang)
    level = writing.text(picture.level["name"], lang)
    when = words.period(picture.period, lang)
    spec["title"] = {"text": canvas.wrapped(title, WIDTH, 17), "subtitle": [f"{level} · {when}"]}
    said = [f"{title}, {level}, {when}", *described(rows, columns, areas)]
    return {**spec, "description": ". ".join(said) + "."}


def _side(picture: Picture, drawing: rules.Drawing, lang: Language) -> Side:
    lines = [line for line in drawing.legend if line["number"] is not None]
    return Side(
        texts.title(picture, lang),
        [line["label"] for line in lines],
        [line["colour"] for line in lines],
    )

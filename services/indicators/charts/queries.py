"""Charts: what is published, read and drawn. Nothing else enters a chart."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pydantic_core import to_json
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.charts import ChartForm, ChartKind
from services.contracts.shared.base import Language
from services.indicators.analyses import queries as analyses
from services.indicators.analyses import texts, words
from services.indicators.analyses.pictures import Picture, Question
from services.indicators.charts import canvas, render
from services.indicators.charts.canvas import Spec
from services.indicators.charts.choropleth import choropleth
from services.indicators.charts.matrix import Side, described, matrix
from services.indicators.charts.ranking import ranking
from services.indicators.charts.series import description, series, spell
from services.indicators.maps import rules
from services.indicators.maps.queries import shapes_of
from services.indicators.maps.rules import Look
from services.indicators.observations.rules import refusal
from services.kit.problems import NotFound

MOST = {"time-series": 24, "ranking": 150, "map": 2000, "index-matrix": 1000}
"""Areas that a chart can show."""


@dataclass(frozen=True)
class Order:
    """A chart that is asked for; `second` is the indicator across an index matrix."""

    kind: ChartKind
    question: Question
    look: Look
    lang: Language
    second: str | None
    second_look: Look


async def drawn(session: AsyncSession, order: Order) -> tuple[Spec, Picture]:
    """The specification of a chart, and the picture that it was made of."""
    picture = await analyses.picture(session, order.question, "indicator")
    if len(picture.areas) > MOST[order.kind]:
        detail = f"{len(picture.areas)} areas, {MOST[order.kind]} are the most: name some."
        raise refusal("area", "too_many", detail)
    if order.kind == "map":
        shapes = await shapes_of(session, picture, "simplified")
        if not shapes:
            raise NotFound("None of the areas has a shape.")
        look = rules.drawing(picture, order.look, order.lang)
        parts = await asyncio.to_thread(choropleth, picture, look, shapes, order.lang)
        return framed(picture, parts, order.lang), picture
    if order.kind == "index-matrix":
        return await _crossed(session, picture, order), picture
    if order.kind == "ranking":
        return framed(picture, ranking(picture, order.lang), order.lang), picture
    spec = framed(picture, series(picture, order.lang), order.lang)
    unit = words.text(picture.indicator["unit"], order.lang)
    spec["title"]["subtitle"] = [f"{unit} · {spell(picture, order.lang)}"]
    return {**spec, "description": description(picture, order.lang)}, picture


async def made(spec: Spec, form: ChartForm) -> bytes:
    """The chart in a form."""
    if form == "vega-lite":
        return to_json(spec)
    if form == "png":
        return await asyncio.to_thread(render.png, spec)
    return (await asyncio.to_thread(render.svg, spec)).encode()


def framed(picture: Picture, parts: Sequence[Spec], lang: Language) -> Spec:
    """The parts of a chart with title, words for those who do not see it, and source line."""
    return canvas.chart(
        parts,
        width=WIDTH,
        title=texts.title(picture, lang),
        subtitle=texts.subtitle(picture, lang),
        description=texts.description(picture, rules.together(picture), lang),
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


WIDTH = 640


async def _crossed(session: AsyncSession, first: Picture, order: Order) -> Spec:
    """Two indicators of the same areas and period, each in classes."""
    if order.second is None:
        raise refusal("second", "missing", "An index matrix needs a second indicator.")
    asked = replace(
        order.question, indicator=order.second, level=first.level["key"], period=first.period
    )
    second = await analyses.picture(session, asked, "second")
    lang = order.lang
    down = rules.drawing(first, order.look, lang)
    across = rules.drawing(second, order.second_look, lang)
    areas = [
        (
            words.text(area.name, lang),
            rules.number_of(down, first.figure(area.key)),
            rules.number_of(across, second.figure(area.key)),
        )
        for area in first.areas
    ]
    rows, columns = _side(first, down, lang), _side(second, across, lang)
    spec = framed(first, matrix(rows, columns, areas, lang), lang)
    spec["title"]["text"] = canvas.wrapped(f"{rows.name} – {columns.name}", WIDTH, 17)
    level = words.text(first.level["name"], lang)
    when = words.period(first.period, lang)
    spec["title"]["subtitle"] = [f"{level} · {when}"]
    said = [f"{rows.name} / {columns.name}, {level}, {when}", *described(rows, columns, areas)]
    spec["usermeta"]["planraum"]["second"] = order.second
    return {**spec, "description": ". ".join(said) + "."}


def _side(picture: Picture, drawing: rules.Drawing, lang: Language) -> Side:
    lines = [line for line in drawing.legend if line["number"] is not None]
    return Side(
        texts.title(picture, lang),
        [line["label"] for line in lines],
        [line["colour"] for line in lines],
    )

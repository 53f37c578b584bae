"""A Vega-Lite specification of the portfolio in groups: pure functions.

One bar for each group, the largest first, with its amount and its share of everything beside it.
"""

from collections.abc import Mapping
from decimal import Decimal

from services.contracts.projects.portfolio import Portfolio, PortfolioAxis, PortfolioGroup
from services.contracts.shared.base import Language
from services.kit.drawing.looks import INK, STRONG, Spec, chart, in_order
from services.kit.writing import day, in_signs
from services.projects.chart_style.rules import ROWS, Words, in_words, names

MOST = 25
"""So many groups are drawn, the largest; the others are counted."""
_WIDTH, _ROW = 520, 30
_AXES: Mapping[PortfolioAxis, Words] = {
    PortfolioAxis.programme: {"de": "Programmen", "en": "programme", "it": "programma"},
    PortfolioAxis.field: {
        "de": "Handlungsfeldern",
        "en": "field of action",
        "it": "campo d'azione",
    },
    PortfolioAxis.planning_field: {
        "de": "Planungsfeldern",
        "en": "planning field",
        "it": "campo di pianificazione",
    },
    PortfolioAxis.area: {"de": "Gebieten", "en": "area", "it": "area"},
    PortfolioAxis.target_group: {"de": "Zielgruppen", "en": "target group", "it": "destinatari"},
    PortfolioAxis.department: {"de": "Fachdiensten", "en": "department", "it": "servizio"},
}
_TITLE: Words = {
    "de": "Bewilligte Mittel nach {by}",
    "en": "Granted money by {by}",
    "it": "Fondi concessi per {by}",
}
_SAID: Words = {
    "de": "Stand {on}. Zuwendungen: {n}, zusammen {total}",
    "en": "As of {on}. Grants: {n}, together {total}",
    "it": "Al {on}. Contributi: {n}, in totale {total}",
}
_SEVERAL: Words = {
    "de": "In mehreren Gruppen zählen Zuwendungen: {n}; die Anteile ergeben darum über 100 %",
    "en": "Grants that count in several groups: {n}; so the shares come to more than 100 %",
    "it": "Contributi in più gruppi: {n}; perciò le quote superano il 100 %",
}
_MORE: Words = {
    "de": "Nicht gezeichnete kleinere Gruppen: {n}",
    "en": "Smaller groups not drawn: {n}",
    "it": "Gruppi minori non disegnati: {n}",
}


def shares(found: Portfolio, called: Mapping[str, Mapping[str, str]], lang: Language) -> Spec:
    """The specification with its data; `called`: what the groups are called."""
    groups = sorted(found.groups, key=_largest)
    drawn = groups[:MOST]
    labels = names([group.key for group in drawn], called, lang)
    whole = found.total.granted.amount
    said = [
        _SAID[lang].format(
            on=day(found.on, lang), total=in_words(found.total.granted, lang), n=found.total.grants
        )
    ]
    said += [_SEVERAL[lang].format(n=found.several)] if found.several else []
    said += [_MORE[lang].format(n=len(groups) - MOST)] if len(groups) > MOST else []
    values = [
        {
            "group": label,
            "money": None if (money := group.granted.amount) is None else float(money),
            "top": float(money or 0),
            "said": _beside(group, whole, lang),
        }
        for label, group in zip(labels, drawn, strict=True)
    ]
    described = [*said, *(f"{one['group']}: {one['said']}" for one in values)]
    return chart(
        _TITLE[lang].format(by=_AXES[found.by][lang]),
        said,
        ". ".join(described) + ".",
        [_bars(values)],
        lang,
        {"on": str(found.on), "by": found.by},
    )


def _largest(group: PortfolioGroup) -> tuple[bool, Decimal, str]:
    return group.key is None, -(group.granted.amount or Decimal(0)), group.key or ""


def _beside(group: PortfolioGroup, whole: Decimal | None, lang: Language) -> str:
    said = in_words(group.granted, lang)
    if group.granted.amount is None or not whole:
        return said
    share = (100 * group.granted.amount / whole).quantize(Decimal("0.1"))
    return f"{said} · {_percent(share, lang)}"


def _percent(share: Decimal, lang: Language) -> str:
    return f"{in_signs(str(share), lang)} %"


def _bars(values: list[Spec]) -> Spec:
    # Beside the longest bar there must be room for its text.
    most = 1.85 * max((one["top"] for one in values), default=0.0) or 1.0
    scale: Spec = {"domain": [0, most]}
    axis: Spec = {**ROWS, "labelLimit": 260}
    text: Spec = {"type": "text", "align": "left", "dx": 5, "color": INK, "fontSize": 11}
    return {
        "width": _WIDTH,
        "height": {"step": _ROW},
        "data": {"values": values},
        "encoding": {"y": in_order("group", values, axis)},
        "layer": [
            {
                "mark": {"type": "bar", "color": STRONG, "height": {"band": 0.7}},
                "encoding": {
                    "x": {"field": "money", "type": "quantitative", "scale": scale, "axis": None}
                },
            },
            {
                "mark": text,
                "encoding": {
                    "x": {"field": "top", "type": "quantitative", "scale": scale},
                    "text": {"field": "said"},
                },
            },
        ],
    }

"""What a profile says of an area: pure functions over published figures."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from services.contracts.indicators.analyses import WhyNot
from services.contracts.indicators.catalogue import Polarity
from services.contracts.indicators.values import ValueStatus
from services.contracts.shared.base import Language
from services.indicators.analyses import rules, texts, trends, words
from services.indicators.analyses.rules import Cases, Figure, Span, Standing
from services.indicators.coverage.rules import Site, Sum, offer_on
from services.kit import writing

_RANK: Mapping[Language, str] = {
    "de": "Rang {rank} von {of}",
    "en": "rank {rank} of {of}",
    "it": "posizione {rank} di {of}",
}
_KNOWN = ("key", "name", "description", "unit", "kind", "decimals", "polarity")


def roles(above: Sequence[Mapping[str, Any]], area: str, town: str) -> list[dict[str, Any]]:
    """What the areas above are to an area, the nearest first.

    The municipality is the area of its key; if it is not among them, the nearest. Above the
    municipality itself are its parent and those above that.
    """
    if area == town:
        return [{**one, "role": "above" if place else "parent"} for place, one in enumerate(above)]
    keys = [one["key"] for one in above]
    first = keys.index(town) if town in keys else 0
    role = ("parent", "municipality", "above")
    return [
        {**one, "role": role[(place >= first) + (place > first)]} for place, one in enumerate(above)
    ]


def topics(
    lines: Sequence[Mapping[str, Any]], above: Sequence[Mapping[str, Any]], lang: Language
) -> list[dict[str, Any]]:
    """The lines of a profile by topic, in the order of topics; those without one come last."""
    ordered = sorted(lines, key=lambda one: (*_topic(one), one["indicator"]["key"]))
    return [
        {
            "topic": topic or None,
            "name": writing.text(names, lang) if topic else None,
            "indicators": [_line(one, above, lang) for one in group],
        }
        for (_, _, topic), members in groupby(ordered, key=_topic)
        for group in [list(members)]
        for names in [group[0]["indicator"]["topic_name"]]
    ]


def facilities(
    rows: Iterable[Any], area_of: Mapping[str, str], days: tuple[date, date], lang: Language
) -> list[dict[str, Any]]:
    """What there is in an area, by kind: open on the first day, seen from the second (today).

    `rows` are by kind, one for each facility, or one without. As long as there are facilities of no
    area, nobody knows of an area without a shape whether what is stated for it is all.
    """
    made = []
    for _, members in groupby(rows, key=lambda row: row.kind):
        group = list(members)
        one, inside, outside = group[0], Sum(), 0
        for row in group if one.facility else ():
            site = Site(row.facility, row.state, row.starts_on, row.ends_on, row.capacity, None)
            offer = offer_on(site, *days)
            if offer is not None and row.facility not in area_of:
                outside += 1
            elif offer is not None and area_of[row.facility] == row.area:
                inside.add(offer)
        sure = one.shaped or not outside
        made.append(
            {
                "kind": one.kind,
                "name": writing.text(one.name, lang),
                "facilities": inside.facilities if sure else None,
                "places": inside.places if sure else None,
                "places_known": inside.known if sure else None,
                "forecast": sure and inside.forecast,
                "unassigned": outside,
                "schematic": one.shaped and one.schematic,
            }
        )
    return made


def _topic(line: Mapping[str, Any]) -> tuple[bool, int, str]:
    one = line["indicator"]
    if one["topic_name"] is None:
        return True, 0, ""
    return False, one["topic_position"], one["topic"]


def _line(
    told: Mapping[str, Any], above: Sequence[Mapping[str, Any]], lang: Language
) -> dict[str, Any]:
    one: Mapping[str, Any] = told["indicator"]
    figure = Figure(one["value"], ValueStatus(one["status"]), one["rule"], one["provisional"])
    places, polarity = int(one["decimals"]), Polarity(one["polarity"])
    compared = _references(told, above, lang)
    other = _standard(compared)
    standard = None if other is None else other["value"]
    counted = _counted(told, figure)
    span = _span(counted, float(one["factor"] or 1))
    standing = None if figure.value is None else Standing(*told["place"])
    label = texts.label(one, figure, lang)
    return {
        **{name: one[name] for name in _KNOWN},
        "period": one["period"],
        "value": figure.value,
        "status": figure.status,
        "reason": words.reason(figure.status, lang),
        "rule": figure.rule or None,
        "provisional": figure.provisional,
        "label": label,
        "text": _text(one, figure, label, standing, other, lang),
        "rank": standing and {"rank": standing.rank(polarity), "of": standing.of},
        "percentile": standing and standing.percentile,
        "fifth": standing and min(5, standing.percentile // 20 + 1),
        "interval": span
        and {
            "lower": round(span.lower, places + 1),
            "upper": round(span.upper, places + 1),
            "level": 0.95,
        },
        "interval_missing": counted if isinstance(counted, WhyNot) else None,
        "few_cases": None if isinstance(counted, WhyNot) else counted.few,
        "references": compared,
        "verdict": rules.verdict(figure.value, span, standard, one["kind"], polarity, places),
        "difference": None
        if figure.value is None or standard is None or one["kind"] == "count"
        else round(figure.value - standard, places),
        "trend": _trend(told["series"] or [], places),
        "series": [
            {"period": period, "value": value, "status": status}
            for period, _, value, status in told["series"] or []
        ],
    }


def _references(
    told: Mapping[str, Any], above: Sequence[Mapping[str, Any]], lang: Language
) -> list[dict[str, Any]]:
    found = told["references"] or {}
    references = []
    for area in above:
        value, status = found.get(area["key"], (None, ValueStatus.missing))
        references.append(
            {
                "role": area["role"],
                "area": area["key"],
                "name": area["name"],
                "level": area["level"],
                "value": value,
                "status": status,
                "reason": words.reason(status, lang),
            }
        )
    return references


def _standard(compared: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """What a figure is judged by: that of the municipality, or of the area it is part of."""
    town = next((one for one in compared if one["role"] == "municipality"), None)
    return town or (compared[0] if compared else None)


def _counted(told: Mapping[str, Any], figure: Figure) -> Cases | WhyNot:
    one, found, units = told["indicator"], told["counts"] or {}, told["units"] or {}
    above, below = (
        Figure(found[key][0], ValueStatus(found[key][1])) if key in found else None
        for key in (one["numerator"], one["denominator"])
    )
    sizes = (units.get(one["numerator"], 1), units.get(one["denominator"], 1))
    return rules.cases_of(figure, one["kind"], float(one["factor"] or 1), above, below, sizes)


def _span(counted: Cases | WhyNot, factor: float) -> Span | None:
    if isinstance(counted, WhyNot):
        return None
    found = rules.wilson(counted)
    return Span(found.lower * factor, found.upper * factor)


def _trend(series: Sequence[Sequence[Any]], places: int) -> dict[str, Any]:
    known = [(date.fromisoformat(end), value) for _, end, value, _ in series if value is not None]
    return trends.trend(known, places)._asdict()


def _text(
    one: Mapping[str, Any],
    figure: Figure,
    label: str,
    standing: Standing | None,
    other: Mapping[str, Any] | None,
    lang: Language,
) -> str:
    head = f"{writing.text(one['name'], lang)}, {words.period(one['period'], lang)}"
    if figure.value is None or standing is None:
        return f"{head}: {words.reason(figure.status, lang)}."
    said = [label]
    if other is not None and other["value"] is not None:
        value = texts.label(one, Figure(other["value"], ValueStatus.normal), lang)
        said.append(f"{writing.text(other['name'], lang)} {value}")
    if standing.of > 1:
        rank = standing.rank(Polarity(one["polarity"]))
        said.append(_RANK[lang].format(rank=rank, of=standing.of))
    return f"{head}: {'; '.join(said)}."

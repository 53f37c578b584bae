"""Figures as SDMX-CSV 2.x (sdmx-csv data message, field guide)."""

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Literal

from services.contracts.indicators.dimensions import Labels
from services.contracts.indicators.values import ValueStatus
from services.contracts.shared.base import Language
from services.indicators.deliveries.formats.sdmx_head import column_of
from services.indicators.dimensions.rules import attribute_name, dimension_name, total_name
from services.indicators.observations.representations.table import TOTAL, Table, apart
from services.indicators.periods import parse_period

MEDIA_TYPE = "application/vnd.sdmx.data+csv"
STRUCTURE = "PLANRAUM:OBSERVATIONS(1.0.0)"
_NAME: dict[Language, str] = {"de": "Beobachtungen", "en": "Observations", "it": "Osservazioni"}
_FIXED: dict[str, dict[Language, str]] = {
    "INDICATOR": {"de": "Indikator", "en": "Indicator", "it": "Indicatore"},
    "REF_AREA": {"de": "Gebiet", "en": "Reference area", "it": "Area di riferimento"},
    "TIME_PERIOD": {"de": "Zeitraum", "en": "Time period", "it": "Periodo"},
    "OBS_VALUE": {"de": "Wert", "en": "Observation value", "it": "Valore"},
    "OBS_STATUS": {
        "de": "Beobachtungsstatus",
        "en": "Observation status",
        "it": "Stato dell'osservazione",
    },
    "CONF_STATUS": {
        "de": "Geheimhaltung",
        "en": "Confidentiality status",
        "it": "Stato di riservatezza",
    },
    "UNIT_MEASURE": {"de": "Einheit", "en": "Unit of measure", "it": "Unità di misura"},
    "DECIMALS": {"de": "Nachkommastellen", "en": "Decimals", "it": "Decimali"},
    "STATUS": {"de": "Wertzeichen", "en": "Status", "it": "Segno convenzionale"},
    "REASON": {"de": "Grund der Geheimhaltung", "en": "Reason", "it": "Motivo"},
    "PROVISIONAL": {"de": "Vorläufig", "en": "Provisional", "it": "Provvisorio"},
    "ORIGINAL_PERIOD": {
        "de": "Zeitraum wie geliefert",
        "en": "Period as delivered",
        "it": "Periodo come fornito",
    },
}
_DIMENSIONS = ("INDICATOR", "REF_AREA")
_AFTER = tuple(name for name in _FIXED if name not in (*_DIMENSIONS, "ORIGINAL_PERIOD"))
OBS_STATUS = {
    ValueStatus.normal: "A",
    ValueStatus.limited: "U",
    ValueStatus.nothing: "M",
    ValueStatus.unknown: "L",
    ValueStatus.not_meaningful: "M",
    ValueStatus.unreliable: "U",
    ValueStatus.pending: "O",
    ValueStatus.confidential: "Q",
    ValueStatus.missing: "O",
}
"""The nearest code of CL_OBS_STATUS. The column STATUS tells apart what shares one."""


@dataclass(frozen=True)
class Style:
    """What the parameters of the media type ask for."""

    version: Literal["2.0.0", "2.1.0"] = "2.1.0"
    labels: Literal["id", "name", "both"] = "id"
    time_format: Literal["original", "normalized"] = "original"
    keys: Literal["none", "obs", "series", "both"] = "none"

    @property
    def media_type(self) -> str:
        """With the parameters, so that a reader knows what it got."""
        return (
            f"{MEDIA_TYPE};version={self.version};labels={self.labels}"
            f";timeFormat={self.time_format};keys={self.keys}"
        )


def header(labels: Labels, lang: Language, dimensions: Sequence[str], style: Style) -> str:
    """The first record; `dimensions` are those of all breakdowns of the whole message."""
    cells = ["STRUCTURE", "STRUCTURE_ID"]
    cells += ["STRUCTURE_NAME"] if style.labels == "name" else []
    cells += ["ACTION"]
    cells += ["SERIES_KEY"] if style.keys in ("series", "both") else []
    cells += ["OBS_KEY"] if style.keys in ("obs", "both") else []
    named = [(name, _FIXED[name][lang]) for name in _DIMENSIONS]
    named += [(column_of(code), dimension_name(labels, code, lang)) for code in dimensions]
    named += [(name, _FIXED[name][lang]) for name in (*_AFTER, *_original(style))]
    taken = [*cells, *(name for name, _ in named)]
    for name, label in named:
        if style.labels == "name":
            label = apart(label, taken)
            taken.append(label)
            cells += [name, label]
        else:
            cells.append(f"{name}: {label}" if style.labels == "both" else name)
    return _written([cells])


def records(table: Table, dimensions: Sequence[str], style: Style) -> str:
    """The figures of the table. A value that is missing on purpose is `NaN`.

    What went since is told by the action D; other actions are M, in version 2.0 I. CONF_STATUS is
    C where a figure is hidden for itself, D where it is hidden to protect another one, F where it
    is free.
    """
    return _written(_rows(table, dimensions, style))


def _rows(table: Table, dimensions: Sequence[str], style: Style) -> Iterator[list[str]]:
    action = "M" if style.version == "2.1.0" else "I"
    structure = ["dataflow", STRUCTURE]
    if style.labels == "both":
        structure[1] += f": {_NAME[table.lang]}"
    elif style.labels == "name":
        structure.append(_NAME[table.lang])
    cell = _cells(style)
    gone = table.gone or frozenset[int]()
    indicators = {
        key: (
            cell(key, table.of_indicator(key, "name")),
            cell(_safe(table.of_indicator(key, "unit")), None),
            cell(str(brief.get("decimals") or 0), None),
        )
        for key, brief in table.indicators.items()
    }
    areas = {key: cell(key, table.name(key)) for key in set(table.area)}
    times = {text: cell(_time(text, style), None) for text in set(table.period)}
    broken = {
        one: [
            part
            for code in dimensions
            for part in cell(given.get(code, TOTAL), _label(table, code, given.get(code)))
        ]
        for one, given in table.attributes.items()
    }
    keys = {
        one: [given.get(code, TOTAL) for code in dimensions]
        for one, given in table.attributes.items()
    }
    for n, (indicator, area, period, breakdown, value, status) in enumerate(
        zip(
            table.indicator,
            table.area,
            table.period,
            table.breakdown,
            table.value,
            table.status,
            strict=True,
        )
    ):
        row = [*structure, "D" if n in gone else action]
        if style.keys != "none":
            series = ".".join((indicator, area, *keys[breakdown]))
            row += [series] if style.keys in ("series", "both") else []
            row += [f"{series}.{period}"] if style.keys in ("obs", "both") else []
        name, unit, decimals = indicators[indicator]
        row += [*name, *areas[area], *broken[breakdown], *times[period]]
        if n in gone:
            row += [part for _ in _AFTER[1:] for part in cell("", None)]
        else:
            rule = table.reasons.get(str(n), "")
            early = n in table.provisional
            told = OBS_STATUS[ValueStatus(status)]
            if status == "normal" and (early or n in table.estimated):
                told = "P" if early else "E"
            row += cell("NaN" if value is None else value, None)
            row += cell(told, None) + cell(_conf(status, rule), None) + unit + decimals
            row += cell(status, table.text(table.statuses[status]["label"]))
            row += cell(_safe(rule), None) + cell("true" if early else "false", None)
        row += [part for _ in _original(style) for part in cell(period, None)]
        yield row


def _cells(style: Style) -> Callable[[str, str | None], list[str]]:
    """How a code and its name are written; a name of None: it is no code but says all."""
    if style.labels == "name":
        return lambda code, name: [code, _safe(code if name is None else name)]
    if style.labels == "both":
        return lambda code, name: [code if name is None else f"{code}: {name}"]
    return lambda code, name: [code]


def _label(table: Table, code: str, attribute: str | None) -> str:
    if attribute is None:
        return total_name(table.labels, code, table.lang)
    return attribute_name(table.labels, code, attribute, table.lang)


def _conf(status: str, rule: str) -> str:
    if status != "confidential":
        return "F"
    return "D" if rule.removeprefix("territory:").startswith("secondary") else "C"


def _original(style: Style) -> Sequence[str]:
    """Days alone would not tell a year from its last day when the message is delivered again."""
    return ("ORIGINAL_PERIOD",) if style.time_format == "normalized" else ()


def _time(text: str, style: Style) -> str:
    """As delivered, or as the last day of the period: that suits every frequency at once."""
    return text if style.time_format == "original" else parse_period(text).end.isoformat()


def _safe(text: str) -> str:
    """A cell that a spreadsheet would run as a formula begins with an apostrophe (OWASP)."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") and text[:1] else text


def _written(rows: "Sequence[list[str]] | Iterator[list[str]]") -> str:
    out = StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()

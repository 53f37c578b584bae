"""The headings of the workbooks that this service gives out, and how they are read again.

Beside every word for people stands its key, and only keys decide where a figure belongs: two areas
may share a name, and a name may be the key of another area.
"""

from collections.abc import Mapping, Sequence

from services.contracts.shared.base import Language
from services.indicators.deliveries.formats.layouts import Layout, Naming, Value

_KEY: Mapping[Language, str] = {"de": "Schlüssel", "en": "key", "it": "codice"}
HEADINGS: Mapping[str, Mapping[Language, str]] = {
    "indicator": {"de": "Indikator", "en": "Indicator", "it": "Indicatore"},
    "area": {"de": "Gebiet", "en": "Area", "it": "Territorio"},
    "period": {"de": "Zeitraum", "en": "Period", "it": "Periodo"},
    "breakdown": {"de": "Gliederung", "en": "Breakdown", "it": "Suddivisione"},
    "value": {"de": "Wert", "en": "Value", "it": "Valore"},
    "unit": {"de": "Einheit", "en": "Unit", "it": "Unità"},
    "status": {"de": "Wertzeichen", "en": "Status", "it": "Segno convenzionale"},
    "reason": {"de": "Grund", "en": "Reason", "it": "Motivo"},
    "provisional": {"de": "vorläufig", "en": "provisional", "it": "provvisorio"},
    "gone": {"de": "weggefallen", "en": "gone", "it": "eliminato"},
}


def keys_of(name: str, lang: Language) -> str:
    """The heading of the column of keys beside the words."""
    return f"{HEADINGS[name][lang]} ({_KEY[lang]})"


def is_ours(header: Sequence[str]) -> bool:
    """Does the table have the headings of our workbooks, in any language?"""
    return our_layout(header) is not None


def our_layout(header: Sequence[str]) -> Layout | None:
    """The layout of a table with the headings of our workbooks, in any language; or None."""
    at = {name: place for place, name in reversed(list(enumerate(header)))}
    for lang in _KEY:
        keys = {name: at.get(keys_of(name, lang)) for name in _KEYED}
        words = {name: at.get(texts[lang]) for name, texts in HEADINGS.items()}
        area, period, value = keys["area"], words["period"], words["value"]
        if area is None or period is None or value is None or None in keys.values():
            continue
        return Layout(
            area=Naming(area, header[area]),
            area_label=words["area"],
            values=(Value(value, header[value]),),
            width=len(header),
            period=period,
            period_name=header[period],
            measure=Naming(keys["indicator"] or 0, keys_of("indicator", lang)),
            measure_label=words["indicator"],
            unit=words["unit"],
            breakdown=keys["breakdown"],
            status=keys["status"],
            status_name=keys_of("status", lang),
            provisional=words["provisional"],
            gone=words["gone"],
            strict=True,
            ours=True,
        )
    return None


_KEYED = ("indicator", "area", "breakdown", "status")

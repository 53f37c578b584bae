"""Numbers, periods and reasons in German, English and Italian."""

from collections.abc import Mapping

from services.contracts.indicators.values import STATUS_TEXTS, ValueStatus
from services.contracts.shared.base import Language
from services.indicators.periods import Frequency, parse_period
from services.kit import writing

_ITALIAN: Mapping[ValueStatus, str] = {
    ValueStatus.normal: "valore presente",
    ValueStatus.nothing: "fenomeno inesistente",
    ValueStatus.unknown: "valore ignoto o da non divulgare",
    ValueStatus.not_meaningful: "valore privo di significato",
    ValueStatus.unreliable: "valore non abbastanza attendibile",
    ValueStatus.pending: "valore non ancora disponibile",
    ValueStatus.limited: "valore di attendibilità limitata",
    ValueStatus.confidential: "non pubblicato per la tutela delle persone",
    ValueStatus.missing: "nessun valore fornito",
}
_PARTS: Mapping[Frequency, Mapping[Language, str]] = {
    Frequency.half: {"de": "{n}. Halbjahr {y}", "en": "half {n} of {y}", "it": "{n}° semestre {y}"},
    Frequency.third: {
        "de": "{n}. Jahresdrittel {y}",
        "en": "third {n} of {y}",
        "it": "{n}° quadrimestre {y}",
    },
    Frequency.quarter: {"de": "{n}. Quartal {y}", "en": "Q{n} {y}", "it": "{n}° trimestre {y}"},
    Frequency.week: {"de": "{n}. KW {y}", "en": "week {n} of {y}", "it": "settimana {n} {y}"},
}
_PERCENT = frozenset({"prozent", "per cent", "percent", "percento", "per cento", "%"})


def is_percent(unit: Mapping[str, str]) -> bool:
    """Whether a unit can be written as the sign for per cent."""
    return unit["de"].strip().lower() in _PERCENT


def reason(status: str, lang: Language) -> str | None:
    """Why there is no value; null where there is one."""
    known = ValueStatus(status)
    if known is ValueStatus.normal:
        return None
    if lang == "it":
        return _ITALIAN[known]
    return writing.text(STATUS_TEXTS[known].label, lang)


def marker(status: str) -> str:
    """The sign in a table or beside a mark; a cell that is plain in tables gets a dash."""
    return STATUS_TEXTS[ValueStatus(status)].marker or "–"


def period(written: str, lang: Language) -> str:
    """A period as people write it: 31.12.2024, 1. Quartal 2024, März 2024."""
    found = parse_period(written)
    if found.frequency is Frequency.year:
        return written
    if found.frequency is Frequency.day:
        return writing.day_on_paper(found.end, lang)
    if found.frequency is Frequency.month:
        return f"{writing.month(found.end, lang)} {found.end.year}"
    part = written.rpartition("-")[2].lstrip("STQW0")
    return _PARTS[found.frequency][lang].format(n=part, y=written[:4])

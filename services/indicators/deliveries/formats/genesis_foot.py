"""The foot of a GENESIS cross table: notes, licence, state of the data, protection."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.contracts.indicators.mappings import ProtectionMethod
from services.indicators.deliveries.formats.figures import label_of

BEGIN = re.compile(r"_{3,}")
_STAND = re.compile(r"Stand: *([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_BASE = re.compile(
    r"Vielfache[sn]? von ([0-9]{1,4})|auf (?:volle |das nächste )?([0-9]{1,4}) gerundet|"
    r"([0-9]{1,2})er-Rundung",
    re.IGNORECASE,
)
_WORDS = re.compile(r"geheimhalt|cell-key|überlager|gerundet|rundung", re.IGNORECASE)


@dataclass(frozen=True)
class Foot:
    """What the foot of a table says."""

    as_of: date | None
    licence: str | None
    note: str | None
    method: ProtectionMethod | None
    base: int | None


def foot_of(lines: Sequence[str]) -> Foot:
    """Read the lines below the figures."""
    text = "\n".join(lines)
    stand = _STAND.search(text)
    licence = next((line for line in lines if "Datenlizenz" in line or "lizen" in line), None)
    said = [line for line in lines if _WORDS.search(line)]
    note = label_of(" ".join(said)) or None
    base = _BASE.search(text)
    method = None
    if base:
        method = ProtectionMethod.rounded
    elif re.search("cell-key|überlager", text, re.IGNORECASE):
        method = ProtectionMethod.cell_key
    elif note:
        method = ProtectionMethod.suppressed
    number = int(next(filter(None, base.groups()))) if base else None
    return Foot(
        as_of=_day(stand) if stand else None,
        licence=label_of(licence) if licence else None,
        note=note,
        method=method if number is None or 2 <= number <= 1000 else None,
        base=number if number is not None and 2 <= number <= 1000 else None,
    )


def _day(stand: re.Match[str]) -> date | None:
    try:
        return date(int(stand[3]), int(stand[2]), int(stand[1]))
    except ValueError:
        return None

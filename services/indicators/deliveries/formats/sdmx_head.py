"""The header of an SDMX-CSV 2.x data message (data message field guide of the SDMX TWG).

`STRUCTURE`, `STRUCTURE_ID` and perhaps `STRUCTURE_NAME`, `ACTION`, `SERIES_KEY`, `OBS_KEY` come
first, then dimensions, measures and attributes. With labels=both a heading is `ID: name`, with
labels=name every component is followed by a column with its name. What stands before OBS_VALUE and
is no known attribute is a dimension. The messages of this service say more in STATUS, PROVISIONAL
and, where all periods are written as days, ORIGINAL_PERIOD.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from services.contracts.indicators.mappings import ColumnRole, FileLayout
from services.indicators.breakdowns import CODE
from services.indicators.deliveries.formats.outcome import FileRefused

_FIRST = re.compile(r"STRUCTURE(?:\[.\])?")
_FIXED = frozenset(
    {"STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION", "SERIES_KEY", "OBS_KEY"}
)
_AREAS = ("REF_AREA", "AREA", "GEO", "REGION", "REF_REGION", "LOCATION")
_MEASURES = ("INDICATOR", "MEASURE", "STAT_INDICATOR", "KPI")
_ATTRIBUTES = frozenset(
    {
        "OBS_STATUS",
        "CONF_STATUS",
        "OBS_CONF",
        "UNIT_MEASURE",
        "UNIT",
        "UNIT_MULT",
        "DECIMALS",
        "TIME_FORMAT",
        "FREQ",
        "TITLE",
        "COMMENT_OBS",
    }
)


_OURS = frozenset({"STATUS", "REASON", "PROVISIONAL"})
_RESERVED = _ATTRIBUTES | _FIXED | _OURS | {"INDICATOR", "REF_AREA", "TIME_PERIOD", "OBS_VALUE"}
_RESERVED |= {"STRUCTURE", "ORIGINAL_PERIOD"}


@dataclass(frozen=True)
class SdmxHead:
    """Where everything stands in the rows of a message."""

    ids: tuple[str, ...]
    width: int
    structure: int
    action: int | None
    area: int
    area_id: str
    period: int
    value: int
    measure: int | None
    dims: tuple[tuple[int, str], ...]
    unit: int | None
    multiplier: int | None
    obs_status: int | None
    conf_status: int | None
    status: int | None
    provisional: int | None
    ours: bool
    both: bool


def is_sdmx(header: Sequence[str]) -> bool:
    """Does the header begin like that of an SDMX-CSV 2.x message?"""
    return _FIRST.fullmatch(header[0].lstrip("\ufeff")) is not None and len(header) > 3


def sdmx_head(header: Sequence[str], mapping: FileLayout | None) -> SdmxHead:
    """Read the header. A mapping may say which component is the area, the measure, a dimension.

    Refused with FileRefused: no OBS_VALUE, TIME_PERIOD or area, and a component named twice.
    """
    both = any(": " in name for name in header)
    ids = [_FIRST.sub("STRUCTURE", name.partition(": ")[0].removesuffix("[]")) for name in header]
    at = _components(ids)
    for needed in ("STRUCTURE_ID", "TIME_PERIOD", "OBS_VALUE"):
        if needed not in at:
            raise FileRefused("header", f"The SDMX-CSV message has no column {needed}.")
    ours = at.keys() >= _OURS
    roles = {c.name: c.role for c in mapping.columns} if mapping else {}
    area = _which(at, roles, ColumnRole.area, _AREAS)
    if area is None:
        raise FileRefused(
            "header", f"None of the dimensions is an area ({', '.join(_AREAS)}); map it."
        )
    measure = _which(at, roles, ColumnRole.measure, _MEASURES)
    last = at["OBS_VALUE"]
    dims = []
    for name, place in at.items():
        role = roles.get(name)
        plain = place < last and name not in _ATTRIBUTES | _FIXED | {"TIME_PERIOD"}
        if name in (area, measure) or not (
            role is ColumnRole.dimension or (role is None and plain)
        ):
            continue
        if not CODE.fullmatch(name):
            raise FileRefused("header", f"{name[:40]!r} is no code of a dimension.")
        dims.append((place, _dimension_of(name) if ours else name))
    return SdmxHead(
        ids=tuple(ids),
        width=len(header),
        structure=at["STRUCTURE_ID"],
        action=at.get("ACTION"),
        area=at[area],
        area_id=area,
        period=at.get("ORIGINAL_PERIOD", at["TIME_PERIOD"]) if ours else at["TIME_PERIOD"],
        value=last,
        measure=at[measure] if measure else None,
        dims=tuple(dims),
        unit=at.get("UNIT_MEASURE", at.get("UNIT")),
        multiplier=at.get("UNIT_MULT"),
        obs_status=at.get("OBS_STATUS"),
        conf_status=at.get("CONF_STATUS", at.get("OBS_CONF")),
        status=at.get("STATUS"),
        provisional=at.get("PROVISIONAL"),
        ours=ours,
        both=both,
    )


def column_of(dimension: str) -> str:
    """How our messages head the column of a dimension that is named as another column is."""
    return f"{dimension}_" if dimension.rstrip("_") in _RESERVED else dimension


def _dimension_of(column: str) -> str:
    shorter = column.removesuffix("_")
    return shorter if shorter.rstrip("_") in _RESERVED else column


def _components(ids: Sequence[str]) -> dict[str, int]:
    """Place by id; columns of names are passed over."""
    named = "STRUCTURE_NAME" in ids
    found: dict[str, int] = {}
    is_name = False
    for place, name in enumerate(ids):
        if is_name:
            is_name = False
            continue
        if name in found:
            raise FileRefused("header", f"Two columns are named {name[:40]!r}.")
        found[name] = place
        is_name = named and name not in _FIXED
    return found


def _which(
    at: dict[str, int], roles: dict[str, ColumnRole], role: ColumnRole, usual: Sequence[str]
) -> str | None:
    mapped = next((name for name, said in roles.items() if said is role and name in at), None)
    return mapped or next((name for name in usual if name in at and name not in roles), None)

"""Tidy CSV: one figure per line, as an office writes it with its own means.

The header names `area`, `period` and `value`; `indicator` and `status` may follow, and every
further column is a breakdown whose empty cell means the total. The CSV that this service gives
out is one, with its columns of names and its column `breakdown`. Separated by comma, semicolon or
tabulator; decimal point or comma, the same in the whole file.
"""

from collections.abc import Sequence

from services.indicators.breakdowns import CODE
from services.indicators.deliveries.formats.layouts import Layout, Naming, Part, Value
from services.indicators.deliveries.formats.outcome import FileRefused

REQUIRED = frozenset({"area", "period", "value"})
_COLUMNS = REQUIRED | {"indicator", "status"}
_NAMES = frozenset(
    {"indicator_name", "area_name", "unit", "breakdown", "reason", "provisional", "gone"}
)


def is_tidy(header: Sequence[str]) -> bool:
    """Is this the header of a tidy CSV?"""
    return {name.lower() for name in header} >= REQUIRED


def tidy_layout(header: Sequence[str]) -> Layout:
    """The layout of a tidy CSV. Columns without a name or named twice refuse the whole file."""
    names = [name.lower() if name.lower() in _COLUMNS else name for name in header]
    for place, name in enumerate(names, start=1):
        if not CODE.fullmatch(name):
            raise FileRefused(
                "header", f"Column {place} is named {name[:40]!r}; use letters, digits and _ . -"
            )
        if names.index(name) != place - 1:
            raise FileRefused("header", f"Two columns are named {name!r}.")
    at = {name: place for place, name in enumerate(names)}
    ours = "breakdown" in at
    known = _COLUMNS | _NAMES if ours else _COLUMNS
    parts = [name for name in names if name not in known]
    return Layout(
        area=Naming(at["area"], "area"),
        area_label=at.get("area_name") if ours else None,
        values=(Value(at["value"], "value"),),
        width=len(names),
        period=at["period"],
        measure=Naming(at["indicator"], "indicator") if "indicator" in at else None,
        measure_label=at.get("indicator_name") if ours else None,
        unit=at.get("unit") if ours else None,
        parts=tuple(Part(at[name], name, dimension=name) for name in parts),
        breakdown=at.get("breakdown"),
        status=at.get("status"),
        provisional=at.get("provisional") if ours else None,
        gone=at.get("gone") if ours else None,
        presumed="." if ours else "",
        strict=True,
        ours=ours,
    )

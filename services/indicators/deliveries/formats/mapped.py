"""The layout of a table by a mapping, saved or proposed."""

from collections.abc import Sequence

from services.contracts.indicators.mappings import ColumnRole, FileLayout, MappedColumn
from services.indicators.deliveries.formats.layouts import Layout, Naming, Part, Value
from services.indicators.deliveries.formats.outcome import FileRefused, Hints
from services.indicators.periods import PeriodRefused, parse_written

_ROLES_ONCE = (
    ColumnRole.area,
    ColumnRole.area_label,
    ColumnRole.period,
    ColumnRole.measure,
    ColumnRole.status,
    ColumnRole.unit,
)


def mapped_layout(
    header: Sequence[str], mapping: FileLayout, hints: Hints, headings: int
) -> Layout:
    """How to read a table with these headings.

    Refused with FileRefused: a mapping that names columns the table does not have, that has no
    area or no figures, or leaves their period open.
    """
    at = {name: n for n, name in enumerate(header)}
    for column in mapping.columns:
        if column.name not in at and column.role is not ColumnRole.ignore:
            raise FileRefused("mapping", f"The file has no column {column.name[:80]!r}.")
    once = {role: _only(mapping, role) for role in _ROLES_ONCE}
    area, period = once[ColumnRole.area], once[ColumnRole.period]
    values = _values(header, mapping)
    if area is None:
        raise FileRefused("mapping", "The mapping names no column of areas.")
    if not values:
        raise FileRefused("mapping", "The mapping names no column of figures.")
    fixed = hints.period or mapping.default_period
    if period is None and fixed is None and any(value.period is None for value in values):
        raise FileRefused(
            "period_missing", "The file names no period; name it as a parameter or in the mapping."
        )
    measure = once[ColumnRole.measure]
    place = {role: None if column is None else at[column.name] for role, column in once.items()}
    status = once[ColumnRole.status]
    return Layout(
        area=_naming(area, at[area.name]),
        values=values,
        width=len(header),
        skip=headings,
        area_label=place[ColumnRole.area_label],
        period=place[ColumnRole.period],
        period_name=period.name if period else "period",
        fixed_period=fixed,
        measure=_naming(measure, at[measure.name]) if measure else None,
        unit=place[ColumnRole.unit],
        parts=tuple(
            Part(at[c.name], c.name, c.codes, None, c.code or "")
            for c in mapping.columns
            if c.role is ColumnRole.dimension
        ),
        status=place[ColumnRole.status],
        status_name=status.name if status else "status",
        scheme=mapping.area_scheme or "",
        decimal=mapping.decimal,
        unknown=mapping.unknown_codes,
    )


def period_of(heading: str) -> str | None:
    """The period that a heading names, in canonical form."""
    try:
        return parse_written(heading.strip()).text
    except PeriodRefused:
        return None


def _naming(column: MappedColumn, at: int) -> Naming:
    return Naming(at, column.name, column.codes, column.digits)


def _only(mapping: FileLayout, role: ColumnRole) -> MappedColumn | None:
    found = [column for column in mapping.columns if column.role is role]
    if len(found) > 1:
        raise FileRefused("mapping", f"Two columns are the {role} of a row.")
    return found[0] if found else None


def _values(header: Sequence[str], mapping: FileLayout) -> tuple[Value, ...]:
    named = {column.name: column for column in mapping.columns}
    found = []
    for at, name in enumerate(header):
        column = named.get(name)
        if column is not None and column.role is ColumnRole.value:
            found.append(
                Value(
                    at,
                    name,
                    column.measure,
                    column.unit,
                    column.factor,
                    column.period,
                    column.attributes,
                    column.codes,
                )
            )
        elif column is None and mapping.period_columns is not None:
            period, what = period_of(name), mapping.period_columns
            if period is not None:
                found.append(Value(at, name, what.measure, what.unit, what.factor, period))
    return tuple(found)

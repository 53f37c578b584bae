"""What a mapping may say: pure functions."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from services.contracts.indicators.mapping_proposals import FigureRead
from services.contracts.indicators.mappings import ColumnRole, FileLayout, MappedColumn
from services.contracts.indicators.values import ValueStatus
from services.indicators.breakdowns import CODE
from services.indicators.deliveries.formats import Summary
from services.indicators.periods import PeriodRefused, parse_written
from services.kit.problems import Invalid

_ONCE = frozenset(ColumnRole) - {ColumnRole.value, ColumnRole.dimension, ColumnRole.ignore}


def check(layout: FileLayout) -> None:
    """Refuse periods that are none, code lists that hold no codes, and two columns of one role."""
    if layout.default_period is not None:
        _check_period(layout.default_period, "/default_period")
    seen: set[ColumnRole] = set()
    dimensions: set[str] = set()
    for n, column in enumerate(layout.columns):
        at = f"/columns/{n}"
        if column.role in seen & _ONCE:
            detail = f"Another column is the {column.role} already."
            raise Invalid(detail, pointer=f"{at}/role", code="twice")
        seen.add(column.role)
        if column.role is ColumnRole.dimension and column.code in dimensions:
            detail = f"Another column is the dimension {column.code} already."
            raise Invalid(detail, pointer=f"{at}/code", code="twice")
        dimensions |= {column.code or ""}
        if column.period is not None:
            _check_period(column.period, f"{at}/period")
        _check_codes(column, f"{at}/codes")


def _check_period(text: str, pointer: str) -> None:
    try:
        parse_written(text)
    except PeriodRefused as refused:
        raise Invalid(str(refused), pointer=pointer, code="period") from None


def _check_codes(column: MappedColumn, pointer: str) -> None:
    for text, meant in column.codes.items():
        if column.role is ColumnRole.value:
            fits = _is_number(meant)
        elif column.role is ColumnRole.measure:
            fits = all(CODE.fullmatch(part) for part in meant.split(":")[:2])
        else:
            fits = not meant or CODE.fullmatch(meant) is not None
        if not fits:
            detail = f"{text[:40]!r} cannot mean {meant[:40]!r} in a column that is {column.role}."
            raise Invalid(detail, pointer=pointer, code="code")


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def figures_of(rows: Sequence[str], summary: Summary) -> list[FigureRead]:
    """Lines of COPY text as figures with the names that their numbers stand for."""
    found = []
    for row in rows:
        line, place, measure, period, part, value, status, _, _ = row.split("\t")
        area, what = summary.places[int(place)], summary.measures[int(measure)]
        code = f"{what.statistic}:{what.measure}" if what.statistic else what.measure
        found.append(
            FigureRead(
                line=int(line),
                area=area.code,
                area_label=area.label,
                measure=code,
                unit=what.unit,
                period=summary.periods[int(period)].text,
                breakdown=summary.breakdowns[int(part)],
                value=None if value == "\\N" else Decimal(value),
                status=ValueStatus(status),
            )
        )
    return found

"""How a table nobody has described is probably meant: a proposal for its mapping."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from services.contracts.indicators.mapping_proposals import ColumnSeen
from services.contracts.indicators.mappings import (
    ColumnRole,
    FileLayout,
    MappedColumn,
    UnknownCodes,
    ValueColumn,
)
from services.indicators.deliveries.formats.columns import Seen
from services.indicators.deliveries.formats.outcome import FileRefused, Format
from services.indicators.deliveries.formats.slugs import slug

_SHOWN = 5
_LONGEST_KEY = 80


@dataclass
class Guess:
    """The roles of the columns, how sure they are, and why."""

    roles: dict[int, tuple[ColumnRole, float, str]] = field(default_factory=dict)

    def say(self, seen: Seen, role: ColumnRole, confidence: float, because: str) -> None:
        """Give a column its role."""
        self.roles[seen.at] = (role, confidence, because)

    def free(self, columns: Iterable[Seen]) -> list[Seen]:
        """The columns without a role."""
        return [column for column in columns if column.at not in self.roles]


def guess(columns: Sequence[Seen]) -> Guess:
    """Find out which column is the area, its label, the period, a dimension, a value.

    Refused with FileRefused (`unknown_format`): no column can be the area.
    """
    found = Guess()
    for column in columns:
        if column.heads_a_period:
            found.say(column, ColumnRole.value, 0.95, "the heading is a period")
        elif not column.filled:
            found.say(column, ColumnRole.ignore, 0.9, "nothing stands in it")
    _period(found, found.free(columns))
    area = _area(found, found.free(columns))
    _label(found, area, found.free(columns))
    for column in found.free(columns):
        if column.is_named_measure and not column.holds_numbers:
            found.say(column, ColumnRole.measure, 0.8, "the heading names measures")
    _figures(found, columns, area)
    return found


def _period(found: Guess, columns: Sequence[Seen]) -> None:
    periods = [column for column in columns if column.holds_periods]
    named = next((column for column in periods if column.is_named_period), None)
    chosen = named or next(iter(periods), None)
    if chosen is not None:
        sure = 0.95 if named else 0.7
        found.say(chosen, ColumnRole.period, sure, "every cell is a period")


def _area(found: Guess, columns: Sequence[Seen]) -> Seen:
    keys = [c for c in columns if c.holds_codes and (c.is_named_key or _is_official(c))]
    if keys:
        area = max(keys, key=lambda c: (c.different, -c.at))
        found.say(area, ColumnRole.area, 0.9, "codes, as many as in no other column")
        for column in keys:
            if column is not area:
                found.say(column, ColumnRole.ignore, 0.7, "codes of larger areas or parts")
        return area
    texts = [c for c in columns if c.filled and not c.holds_numbers and not c.is_named_measure]
    named = [c for c in texts if c.is_named_area or c.is_named_label]
    if named:
        area = max(named, key=lambda c: (c.is_named_area, c.different, -c.at))
        found.say(area, ColumnRole.area, 0.6, "names of areas without a code")
        return area
    headings = ", ".join(column.name[:40] for column in columns[:12])
    raise FileRefused(
        "unknown_format", f"None of the columns {headings} can be recognised as the area."
    )


def _is_official(column: Seen) -> bool:
    return column.is_named_area and all(cell.isdecimal() for cell in column.filled)


def _label(found: Guess, area: Seen, columns: Sequence[Seen]) -> None:
    texts = [c for c in columns if not c.holds_numbers and _belongs(c, area)]
    named = next((c for c in texts if c.is_named_label or c.is_named_area), None)
    if named is not None:
        found.say(named, ColumnRole.area_label, 0.85, "one text for each area")


def _belongs(column: Seen, area: Seen) -> bool:
    """Has every area one text in this column?"""
    pairs = set(zip(area.cells, column.cells, strict=True))
    return len(pairs) == area.different and column.different > 0.5 * area.different


def _figures(found: Guess, columns: Sequence[Seen], area: Seen) -> None:
    by_period = sum(column.heads_a_period for column in columns) > 0
    key = [area, *(c for c in columns if _role(found, c) in _IN_KEY)]
    for column in found.free(columns):
        told_apart = _told_apart(key)
        if column.holds_numbers and not by_period:
            found.say(column, ColumnRole.value, 0.8, "numbers and signs of tables")
        elif not told_apart and not column.holds_numbers:
            found.say(column, ColumnRole.dimension, 0.6, "tells the rows of an area apart")
            key.append(column)
        else:
            found.say(column, ColumnRole.ignore, 0.6, "says nothing more about the figures")


_IN_KEY = (ColumnRole.period, ColumnRole.measure)


def _role(found: Guess, column: Seen) -> ColumnRole | None:
    said = found.roles.get(column.at)
    return said[0] if said else None


def _told_apart(key: Sequence[Seen]) -> bool:
    rows = list(zip(*(column.cells for column in key), strict=True))
    return len(set(rows)) == len(rows)


def proposed(columns: Sequence[Seen], found: Guess, fingerprint: str) -> FileLayout:
    """The guess as a mapping. Columns headed by a period are meant as a rule, for next year too."""
    mapped = []
    by_period = any(column.heads_a_period for column in columns)
    for column in columns:
        role, _, _ = found.roles[column.at]
        if column.heads_a_period:
            continue
        single = sum(r is ColumnRole.value for r, _, _ in found.roles.values()) == 1
        is_value = role is ColumnRole.value
        mapped.append(
            MappedColumn(
                name=column.name,
                role=role,
                code=slug(column.name) if role is ColumnRole.dimension else None,
                measure=_measure(column.name) if is_value and not single else None,
                digits=column.digits if role is ColumnRole.area else None,
            )
        )
    return FileLayout(
        fingerprint=fingerprint,
        columns=mapped,
        period_columns=ValueColumn() if by_period else None,
        unknown_codes=UnknownCodes.derive,
    )


def _measure(heading: str) -> str:
    """A heading as the key of an indicator would be."""
    return slug(heading, _LONGEST_KEY)


def format_of(found: Guess, columns: Sequence[Seen]) -> Format:
    """Wide by period, wide by measure, or long."""
    if any(column.heads_a_period for column in columns):
        return Format.wide_periods
    values = sum(role is ColumnRole.value for role, _, _ in found.roles.values())
    return Format.long_csv if values == 1 else Format.wide_measures


def described(columns: Sequence[Seen], found: Guess) -> list[ColumnSeen]:
    """What was seen, for the person who checks the proposal."""
    return [
        ColumnSeen(
            name=column.name,
            role=role,
            confidence=confidence,
            because=because,
            cells=list(column.cells[:_SHOWN]),
        )
        for column in columns
        for role, confidence, because in [found.roles[column.at]]
    ]

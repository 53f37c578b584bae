"""SDMX-CSV 2.0 and 2.1 data messages.

ACTION says what a row does: I, A and M bring figures; R too, and everything else of its measure and
period is gone; D takes figures back, an empty dimension standing for all of its codes. NaN and #N/A
are figures that are missing on purpose; an empty value without a status says nothing and changes
nothing. A message counts as a whole: one error refuses all of it.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from operator import itemgetter

from services.contracts.indicators.mappings import ColumnRole, FileLayout, MappedColumn
from services.contracts.indicators.values import ValueStatus
from services.indicators.deliveries.formats.cells import Reading, times
from services.indicators.deliveries.formats.figures import BadCell, Figures, Known, code_of
from services.indicators.deliveries.formats.outcome import Deletion, Hints
from services.indicators.deliveries.formats.rows import add_measure
from services.indicators.deliveries.formats.sdmx_head import SdmxHead
from services.indicators.deliveries.formats.sdmx_status import status_of
from services.indicators.deliveries.formats.tables import records
from services.indicators.deliveries.formats.values import Numbers, tail
from services.kit.tabular.tables import Table

_MERGE, _REPLACE, _DELETE = frozenset({"", "I", "A", "M"}), "R", "D"
_TOTALS = frozenset({"", "_T", "_Z", "TOTAL"})
_MISSING = frozenset({"NaN", "#N/A"})
_MOST_DELETIONS = 10_000
Plan = tuple[str, str]


def read_sdmx(
    table: Table, head: SdmxHead, figures: Figures, hints: Hints
) -> tuple[str, list[Deletion], set[tuple[int, int]]]:
    """Read a message: the decimal separator, what it deletes, and what it replaces as a whole."""
    message = _Message(head, figures, hints)
    plans, places, tails, key_of = message.plans, message.places, message.tails, message.key_of
    area_at, ends = head.area, message.ends
    append = figures.buffer.append
    for line, record in records(table, 1, head.width, figures, message.forget):
        try:
            action, middle = plans[key_of(record)]
            if action == _DELETE:
                message.delete(line, record)
                continue
            end = tails[tuple(record[at] if at is not None else "" for at in ends)]
            if end:
                append(f"{line}\t{places[record[area_at]]}{middle}{end}")
            else:
                figures.counts["skipped"] += 1
        except BadCell as bad:
            figures.bad(line, bad)
    return message.numbers.decimal, message.deletions, message.replaced


class _Message:
    """What the rows of a message share."""

    def __init__(self, head: SdmxHead, figures: Figures, hints: Hints) -> None:
        self._head = head
        self._figures = figures
        self._hints = hints
        self._mapped = {c.name: c for c in hints.mapping.columns} if hints.mapping else {}
        self._scheme = (hints.mapping.area_scheme if hints.mapping else None) or ""
        self.numbers = Numbers(_decimal(hints.mapping), grouped=False)
        self.deletions: list[Deletion] = []
        self.replaced: set[tuple[int, int]] = set()
        self._at, self.key_of = _key(head)
        self.ends = (
            head.value,
            head.obs_status,
            head.conf_status,
            head.multiplier,
            head.status,
            head.provisional,
        )
        self.places: Known[str, int] = Known(self._place)
        self.plans: Known[tuple[str, ...], Plan] = Known(self._plan)
        self.tails: Known[tuple[str, ...], str] = Known(self._tail)

    def forget(self) -> None:
        """Keep the memory flat."""
        self.plans.forget()
        self.tails.forget()
        self.places.forget()

    def delete(self, line: int, record: Sequence[str]) -> None:
        """Take back one figure, or all that a key with gaps matches."""
        head, figures = self._head, self._figures
        of_observation = {head.value, head.obs_status, head.conf_status} - {None}
        if not record[head.value] and any(record[at] for at in of_observation if at is not None):
            raise BadCell("ACTION", "attribute_deleted", "attributes alone cannot be deleted")
        place = self.places[record[head.area]] if record[head.area] else None
        text = self._plain(record[head.period])
        period = figures.period(text, "TIME_PERIOD") if text else None
        named = head.measure is None or bool(record[head.measure])
        measure = self._measure(record) if named else None
        given = {
            self._dimension(name): self._code(name, record[at])
            for at, name in head.dims
            if record[at].strip()
        }
        full = place is not None and period is not None and measure is not None
        if full and len(given) == len(head.dims):
            part = figures.breakdown({k: v for k, v in given.items() if v})
            end = tail(Reading(None, ValueStatus.missing), gone=True)
            figures.buffer.append(f"{line}\t{place}\t{measure}\t{period}\t{part}\t{end}")
            figures.counts["deleted"] += 1
            return
        if len(self.deletions) >= _MOST_DELETIONS:
            raise BadCell("ACTION", "too_many_deletions", "more keys with gaps than allowed")
        self.deletions.append(
            Deletion(line=line, measure=measure, place=place, period=period, attributes=given)
        )

    def _plan(self, cells: tuple[str, ...]) -> Plan:
        head, figures = self._head, self._figures
        cell = dict(zip(self._at, cells, strict=True))
        action = cell[head.action].strip() if head.action is not None else ""
        if action == _DELETE:
            return action, ""
        if action not in _MERGE and action != _REPLACE:
            raise BadCell("ACTION", "action_unknown", f"{action[:40]!r} is none of I, A, M, R, D")
        attributes = {}
        for at, name in head.dims:
            attributes[self._dimension(name)] = self._code(name, cell[at])
        measure = self._measure(cell)
        period = figures.period(self._plain(cell[head.period]), "TIME_PERIOD")
        part = figures.breakdown(attributes)
        if action == _REPLACE:
            self.replaced.add((measure, period))
        return action, f"\t{measure}\t{period}\t{part}\t"

    def _place(self, text: str) -> int:
        column, code = self._column(self._head.area_id), self._plain(text)
        code = column.codes.get(code, code)
        label = text.strip().partition(": ")[2] if self._head.both else ""
        checked = code_of(
            code, self._head.area_id, "area_missing" if not code else "code_unreadable"
        )
        return self._figures.place(checked, self._scheme, label)

    def _measure(self, cell: Sequence[str] | dict[int, str]) -> int:
        head = self._head
        unit = self._plain(cell[head.unit]) if head.unit is not None else ""
        if head.measure is None:
            flow = self._plain(cell[head.structure]).partition("(")[0].rpartition(":")[2]
            if self._hints.indicator:
                return self._figures.measure("", self._hints.indicator, unit, "")
            return self._figures.measure(code_of(flow, "STRUCTURE_ID"), "OBS_VALUE", unit, "")
        name = head.ids[head.measure]
        text = self._plain(cell[head.measure])
        label = cell[head.measure].strip().partition(": ")[2] if head.both else ""
        mapped = self._column(name).codes.get(text)
        return add_measure(self._figures, mapped or code_of(text, name), unit, label)

    def _code(self, name: str, text: str) -> str:
        column, code = self._column(name), self._plain(text)
        dimension = self._dimension(name)
        label = text.strip().partition(": ")[2] if self._head.both else ""
        if code in column.codes:
            code = column.codes[code]
        elif code in _TOTALS:
            code = ""
        else:
            code = code_of(code, name)
        self._figures.attribute(dimension, dimension, code, label or code)
        return code

    def _dimension(self, name: str) -> str:
        return self._column(name).code or name

    def _column(self, name: str) -> MappedColumn:
        found = self._mapped.get(name)
        return found or MappedColumn(name=name, role=ColumnRole.ignore)

    def _plain(self, text: str) -> str:
        return text.strip().partition(": ")[0] if self._head.both else text.strip()

    def _tail(self, cells: tuple[str, ...]) -> str:
        value, obs, conf, power, said, early = (self._plain(cell) for cell in cells)
        if self._head.ours and said == ValueStatus.confidential and value in _MISSING:
            return tail(Reading(None, ValueStatus.confidential))
        if value in _MISSING or (not value and (obs or conf)):
            status, provisional = status_of(obs, conf, said, has_value=False)
            return tail(Reading(None, status, provisional or early == "true"))
        if not value:
            return ""
        reading = self.numbers.read(value, "OBS_VALUE")
        if reading.value is None:
            return tail(reading)
        status, provisional = status_of(obs, conf, said, has_value=True)
        provisional = provisional or early == "true"
        if reading.status is ValueStatus.limited:
            status = reading.status
        number = reading.value
        if power not in ("", "0"):
            number = times(number, _factor(power))
        return tail(Reading(number, status, provisional))


def _factor(power: str) -> Decimal:
    if not power.lstrip("-").isdecimal() or len(power) > 3 or abs(int(power)) > 15:
        raise BadCell("UNIT_MULT", "number_unreadable", f"{power[:40]!r} is no power of ten")
    return Decimal(10) ** int(power)


def _decimal(mapping: FileLayout | None) -> str | None:
    return mapping.decimal if mapping else None


def _key(head: SdmxHead) -> tuple[tuple[int, ...], Callable[[list[str]], tuple[str, ...]]]:
    """Which cells, besides the area, tell what the figure of a row is; and how to get them."""
    also = (head.action, head.measure, head.unit, head.period, head.structure)
    named = [at for at, _ in head.dims] + [at for at in also if at is not None]
    places = tuple(dict.fromkeys(named))
    return places, itemgetter(*places)

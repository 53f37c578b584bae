"""What the rows of the flat files of statistics offices share, old and new."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.contracts.indicators.values import ValueStatus
from services.indicators.breakdowns import CODE
from services.indicators.deliveries.formats.cells import QUALITIES, Reading
from services.indicators.deliveries.formats.figures import BadCell, Figures, Known, code_of
from services.indicators.deliveries.formats.regions import region_among, within_year
from services.indicators.deliveries.formats.slugs import is_total
from services.indicators.deliveries.formats.values import Numbers, tail
from services.kit.tabular.tables import LONGEST_CELL


@dataclass(frozen=True)
class Names:
    """How a flat file names its columns."""

    statistic: str
    time: str
    variable: str
    attribute: str
    measure: str


class Flat:
    """Looks up what the rows of a flat file share."""

    def __init__(self, figures: Figures, numbers: Numbers, names: Names) -> None:
        self._figures = figures
        self._numbers = numbers
        self._names = names
        self._places: Known[tuple[str, ...], int] = Known(self._place)
        self._breakdowns: Known[tuple[str, ...], tuple[int, str]] = Known(self._breakdown)
        self.variables: Known[tuple[str, ...], tuple[int, int, str]] = Known(self._variables)
        self.measures: Known[tuple[str, str, str, str], int] = Known(self._measure)
        self.periods: Known[tuple[str, str], int] = Known(self._period)
        self.tails: Known[tuple[str, str], str] = Known(self._tail)

    def forget(self) -> None:
        """Keep the memory flat."""
        self.variables.forget()
        self.tails.forget()
        self.measures.forget()
        self.periods.forget()
        self._places.forget()
        self._breakdowns.forget()

    def _variables(self, cells: tuple[str, ...]) -> tuple[int, int, str]:
        _check(cells)
        region = 4 * region_among(cells[::4], f"1_{self._names.variable}")
        place = self._places[(str(region // 4 + 1), *cells[region : region + 4])]
        return place, *self._breakdowns[cells[:region] + cells[region + 4 :]]

    def _place(self, cells: tuple[str, ...]) -> int:
        number, scheme, _, code, label = cells
        column = f"{number}_{self._names.attribute}"
        return self._figures.place(code_of(code, column, "area_missing"), scheme, label)

    def _breakdown(self, cells: tuple[str, ...]) -> tuple[int, str]:
        attributes: dict[str, str] = {}
        within = ""
        for n in range(0, len(cells), 4):
            code, label, attribute, attribute_label = cells[n : n + 4]
            if not code:
                continue
            if is_total(attribute):
                attribute = ""
            if not CODE.fullmatch(code) or (attribute and not CODE.fullmatch(attribute)):
                detail = f"{code[:40]}={attribute[:40]} are no codes"
                raise BadCell(self._names.variable, "code_unreadable", detail)
            suffix = within_year(code, attribute)
            if suffix is not None:
                within = suffix
            elif code in attributes:
                detail = f"{code} stands in the row twice"
                raise BadCell(self._names.variable, "variable_twice", detail)
            else:
                attributes[code] = attribute
                self._figures.attribute(code, label, attribute, attribute_label)
        return self._figures.breakdown(attributes), within

    def _measure(self, cells: tuple[str, str, str, str]) -> int:
        statistic, code, unit, label = cells
        _check(cells)
        names = self._names
        statistic, code = code_of(statistic, names.statistic), code_of(code, names.measure)
        return self._figures.measure(statistic, code, unit, label)

    def _period(self, cells: tuple[str, str]) -> int:
        return self._figures.period("".join(cells), self._names.time)

    def tail_of(self, cell: str, quality: str, column: str) -> str:
        """The end of the line of a cell of this column."""
        return tail(with_quality(self._numbers.read(cell, column), quality.strip()))

    def _tail(self, cells: tuple[str, str]) -> str:
        return self.tail_of(*cells, "value")


def _check(cells: Sequence[str]) -> None:
    if max(map(len, cells)) > LONGEST_CELL:
        detail = f"a cell of more than {LONGEST_CELL} characters"
        raise BadCell(None, "cell_too_long", detail)


def with_quality(reading: Reading, quality: str) -> Reading:
    """The reading of a cell together with the sign of quality beside it.

    Signs that are not known change nothing: offices add their own.
    """
    status, provisional = QUALITIES.get(quality, (ValueStatus.normal, False))
    if reading.status is not ValueStatus.normal:
        status = reading.status
    return reading._replace(status=status, provisional=reading.provisional or provisional)

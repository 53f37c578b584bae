"""A linear program over the deviations of linked figures, solved by HiGHS."""

import highspy
import numpy as np

from services.indicators.disclosure.linked.system import Floats, System

_OPTIONS = {"output_flag": False, "threads": 1, "random_seed": 1}


def solver() -> highspy.Highs:
    """A silent HiGHS that does the same each time."""
    made: highspy.Highs = highspy.Highs()  # type: ignore[no-untyped-call]  # no types
    for name, value in _OPTIONS.items():
        made.setOptionValue(name, value)
    return made


class Program:
    """The possible deviations of a system: built once, asked often.

    A deviation is the difference of two columns, one upwards and one downwards, so that both can
    have a price. Doing nothing is always possible.
    """

    def __init__(self, system: System) -> None:
        self.cells, rows = len(system), system.rows
        columns = 2 * self.cells
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = columns, len(rows)
        lp.col_cost_ = np.zeros(columns)
        lp.col_lower_ = np.zeros(columns)
        lp.col_upper_ = np.zeros(columns)
        lp.row_lower_, lp.row_upper_ = rows.lower, rows.upper
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = 2 * rows.start
        lp.a_matrix_.index_ = np.column_stack((rows.cell, rows.cell + self.cells)).ravel()
        lp.a_matrix_.value_ = np.column_stack((rows.factor, -rows.factor)).ravel()
        self._rows = rows
        self._highs = solver()
        self._highs.passModel(lp)
        self._columns = np.arange(columns, dtype=np.int32)

    def within(self, down: Floats, up: Floats) -> None:
        """From now on each cell deviates at most by `down` (not positive) and `up`."""
        upper = np.concatenate((up, -down))
        self._highs.changeColsBounds(len(upper), self._columns, np.zeros(len(upper)), upper)
        self._upper = upper

    def cheapest(self, price_up: Floats, price_down: Floats, *, afresh: bool = False) -> Floats:
        """The cheapest deviations; a negative price is a gain.

        `afresh`: the question has little to do with the one before, whose answer would mislead.
        """
        if afresh:
            self._highs.clearSolver()
        prices = np.concatenate((price_up, price_down))
        self._highs.changeColsCost(len(prices), self._columns, prices)
        self._highs.run()
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return np.zeros(self.cells)
        found = np.array(self._highs.getSolution().col_value)
        deviations: Floats = found[: self.cells] - found[self.cells :]
        return deviations

    def furthest(self, cell: int, direction: float) -> Floats:
        """Deviations with which the cell goes as far as it can upwards (1) or downwards (-1)."""
        price = np.zeros(self.cells)
        price[cell] = -direction
        return self.cheapest(price, -price)

    def worth(self) -> tuple[Floats, float]:
        """After `furthest`: what one more unit of freedom of each cell would be worth, and the
        part of the result that hangs on the bounds of the relations.

        By duality the result is at most that part and, for each cell, worth times freedom.
        """
        solution = self._highs.getSolution()
        gain = np.minimum(np.array(solution.col_dual), 0)
        gain[gain > -1e-9] = 0
        dual = np.array(solution.row_dual)
        bound = np.where(dual > 0, self._rows.lower, self._rows.upper)
        fixed = float(-np.sum(dual[np.abs(dual) > 1e-9] * bound[np.abs(dual) > 1e-9]))
        return -gain, fixed

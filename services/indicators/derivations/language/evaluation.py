"""What a formula comes to at one place. Null is never zero: a missing operand leaves a reason.

Computed exactly with 28 digits and rounded once, at the end, half to even: to twelve significant
digits, but never coarser than hundredths.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow

from services.contracts.indicators.values import ValueStatus, has_value
from services.contracts.shared.base import shortest
from services.indicators.derivations.language.syntax import (
    Call,
    Negation,
    Node,
    Number,
    Operation,
    Reference,
)

SIGNIFICANT = 12
_EXACT = Context(prec=28, rounding=ROUND_HALF_EVEN, Emax=60, Emin=-60)
_LARGEST = 20
_HUNDRED = Decimal(100)
_WEIGHTIEST = (
    ValueStatus.confidential,
    ValueStatus.unknown,
    ValueStatus.unreliable,
    ValueStatus.pending,
    ValueStatus.not_meaningful,
    ValueStatus.missing,
    ValueStatus.nothing,
    ValueStatus.limited,
    ValueStatus.normal,
)
_WEIGHT = {status: place for place, status in enumerate(_WEIGHTIEST)}


class Absent(Exception):
    """There is no figure at a place that the formula asks for: no result, not even a reason."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure on its way through a formula; a value if, and only if, the status carries one."""

    value: Decimal | None
    status: ValueStatus = ValueStatus.normal
    provisional: bool = False


Look = Callable[[Reference, int, bool], Cell]
"""The figure of a reference, so many periods from the present, perhaps below a line; or Absent."""


def evaluate(node: Node, look: Look) -> Cell:
    """The result at one place, rounded; raises Absent where something is not there at all."""
    cell = _of(node, look, 0, False)
    return cell if cell.value is None else _rounded(cell)


def _rounded(cell: Cell) -> Cell:
    value = cell.value
    assert value is not None
    if value.adjusted() > _LARGEST:
        return Cell(None, ValueStatus.not_meaningful, cell.provisional)
    exponent = min(value.adjusted() - SIGNIFICANT + 1, -2)
    step = Decimal(1).scaleb(exponent)
    if int(value.as_tuple().exponent) < exponent:
        value = value.quantize(step, ROUND_HALF_EVEN, _EXACT)
    return Cell(shortest(value), cell.status, cell.provisional)


def _of(node: Node, look: Look, shift: int, below: bool) -> Cell:
    match node:
        case Number():
            return Cell(node.value)
        case Reference():
            return look(node, shift + node.shift, below)
        case Negation():
            return _joined(_EXACT.minus, _of(node.operand, look, shift, below))
        case Operation(operator="/"):
            return _quotient(_of(node.left, look, shift, below), _of(node.right, look, shift, True))
        case Operation():
            work = {"+": _EXACT.add, "-": _EXACT.subtract, "*": _EXACT.multiply}[node.operator]
            left, right = (_of(part, look, shift, below) for part in (node.left, node.right))
            return _joined(work, left, right)
        case Call():
            return _called(node, look, shift, below)


def _called(call: Call, look: Look, shift: int, below: bool) -> Cell:
    if call.function in ("share", "per"):
        above, beneath = call.operands
        factor = _HUNDRED if call.number is None else call.number
        cell = _quotient(_of(above, look, shift, below), _of(beneath, look, shift, True))
        return _joined(lambda value: _EXACT.multiply(value, factor), cell)
    if call.number is None:
        cells = [_of(operand, look, shift, below) for operand in call.operands]
        return _joined(_WORKS[call.function], *cells)
    operand, periods = call.operands[0], int(call.number)
    if call.function == "mean":
        cells = [_of(operand, look, shift - back, below) for back in range(periods)]
        return _joined(lambda *values: _EXACT.divide(_total(*values), Decimal(periods)), *cells)
    now, then = (_of(operand, look, shift - back, below) for back in (0, periods))
    difference = _joined(_EXACT.subtract, now, then)
    if call.function == "change":
        return difference
    if then.value is not None and then.value < 0:
        return Cell(None, ValueStatus.not_meaningful)
    return _joined(lambda value: _EXACT.multiply(value, _HUNDRED), _quotient(difference, then))


def _total(*values: Decimal) -> Decimal:
    total = Decimal(0)
    for value in values:
        total = _EXACT.add(total, value)
    return total


_WORKS: dict[str, Callable[..., Decimal]] = {"sum": _total, "min": min, "max": max}


def _quotient(above: Cell, below: Cell) -> Cell:
    if above.value is not None and below.value == 0:
        return Cell(None, ValueStatus.not_meaningful, above.provisional or below.provisional)
    return _joined(_EXACT.divide, above, below)


def _joined(work: Callable[..., Decimal], *cells: Cell) -> Cell:
    """The result of the values; without one of them, the weightiest reason why it is missing."""
    status = min((cell.status for cell in cells), key=_WEIGHT.__getitem__)
    provisional = any(cell.provisional for cell in cells)
    if not has_value(status):
        return Cell(None, status, provisional)
    try:
        return Cell(work(*(cell.value for cell in cells)), status, provisional)
    except (DivisionByZero, InvalidOperation, Overflow):
        return Cell(None, ValueStatus.not_meaningful, provisional)

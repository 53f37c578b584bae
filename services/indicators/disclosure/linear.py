"""Formulas whose result tells its parts: sums, differences and plain quotients."""

from collections.abc import Mapping

from services.indicators.derivations.language.syntax import (
    Call,
    Negation,
    Node,
    Number,
    Operation,
    Reference,
)


def factors(formula: Node) -> dict[str, float] | None:
    """The factor of each indicator in a sum of figures of the same place; None for anything else.

    Who knows all but one of them and the result knows that one.
    """
    match formula:
        case Reference(indicator, None, 0):
            return {indicator: 1.0}
        case Negation(operand):
            return _times(factors(operand), -1)
        case Operation("+", left, right):
            return _plus(factors(left), factors(right))
        case Operation("-", left, right):
            return _plus(factors(left), _times(factors(right), -1))
        case Operation("*", Number(value), inner) | Operation("*" | "/", inner, Number(value)):
            number = float(value)
            divided = formula.operator == "/"
            return _times(factors(inner), 1 / number if divided and number else number)
        case Call("sum", operands):
            total: dict[str, float] | None = {}
            for operand in operands:
                total = _plus(total, factors(operand))
            return total
        case _:
            return None


def quotient(formula: Node) -> tuple[str, str] | None:
    """The two indicators of the same place whose quotient it is; None for anything else."""
    match formula:
        case Operation("/", Reference(above, None, 0), Reference(below, None, 0)):
            return above, below
        case _:
            return None


def _times(sum_: Mapping[str, float] | None, number: float) -> dict[str, float] | None:
    return None if sum_ is None else {key: number * factor for key, factor in sum_.items()}


def _plus(
    one: Mapping[str, float] | None, other: Mapping[str, float] | None
) -> dict[str, float] | None:
    if one is None or other is None:
        return None
    return {key: one.get(key, 0) + other.get(key, 0) for key in {**one, **other}}

"""What a formula consists of once it has been read."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

Operator = Literal["+", "-", "*", "/"]
Function = Literal["share", "per", "change", "growth", "mean", "sum", "min", "max"]


class FormulaRefused(ValueError):
    """The formula cannot be read or makes no sense; `at` counts its characters from 1."""

    def __init__(self, detail: str, at: int, code: str = "formula") -> None:
        super().__init__(f"Character {at}: {detail}")
        self.at, self.code = at, code


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is written, with a decimal point."""

    value: Decimal
    at: int


@dataclass(frozen=True, slots=True)
class Reference:
    """The figures of an indicator.

    `breakdown` None follows the breakdown that is computed; '' is always the total; anything else
    is added to the breakdown that is computed. `shift` -1 is the period before.
    """

    indicator: str
    breakdown: str | None
    shift: int
    at: int


@dataclass(frozen=True, slots=True)
class Operation:
    """Two things joined by an operator."""

    operator: Operator
    left: "Node"
    right: "Node"
    at: int


@dataclass(frozen=True, slots=True)
class Negation:
    """The negative of something."""

    operand: "Node"
    at: int


@dataclass(frozen=True, slots=True)
class Call:
    """A function of operands; `number` is its written number: a factor or a count of periods."""

    function: Function
    operands: tuple["Node", ...]
    number: Decimal | None
    at: int


Node: TypeAlias = Number | Reference | Operation | Negation | Call


def references(node: Node) -> Iterator[Reference]:
    """Every reference, in the order of reading."""
    match node:
        case Reference():
            yield node
        case Operation():
            yield from references(node.left)
            yield from references(node.right)
        case Negation():
            yield from references(node.operand)
        case Call():
            for operand in node.operands:
                yield from references(operand)
        case Number():
            pass


def indicators(node: Node) -> list[str]:
    """The indicators that the formula names, once each, in the order of reading."""
    return list(dict.fromkeys(reference.indicator for reference in references(node)))


def leading(node: Node) -> Reference | None:
    """The reference whose places (period, breakdown) are those of the result.

    The first that is not shifted and follows the breakdown; then the first that is not shifted.
    None where every reference is to another period.
    """
    present = [reference for reference in references(node) if reference.shift == 0]
    following = [reference for reference in present if reference.breakdown != ""]
    return next(iter(following or present), None)


def quotient(node: Node) -> tuple[Reference, Reference] | None:
    """Numerator and denominator, where the formula is one quotient of two references."""
    match node:
        case Call("share" | "per", (Reference() as above, Reference() as below)):
            return above, below
        case Operation("/", Reference() as above, Reference() as below):
            return above, below
        case Operation("*", Operation() | Call() as inner, Number()):
            return quotient(inner)
        case Operation("*", Number(), Operation() | Call() as inner):
            return quotient(inner)
        case _:
            return None


def written(node: Node) -> str:
    """The formula in its one canonical form."""
    match node:
        case Number():
            return f"{node.value:f}"
        case Reference():
            chosen = node.breakdown and node.breakdown.replace("=", ":").replace("&", ";")
            inner = node.indicator if chosen is None else f"{node.indicator}|{chosen or 'total'}"
            return f"{{{inner}}}" + (f"@{node.shift}" if node.shift else "")
        case Negation():
            return f"-{_wrapped(node.operand, 3)}"
        case Operation():
            level = 1 if node.operator in "+-" else 2
            right = level + (node.operator in "-/")
            return f"{_wrapped(node.left, level)} {node.operator} {_wrapped(node.right, right)}"
        case Call():
            parts = [written(operand) for operand in node.operands]
            parts += [f"{node.number:f}"] if node.number is not None else []
            return f"{node.function}({', '.join(parts)})"


def _wrapped(node: Node, level: int) -> str:
    binds = 3
    if isinstance(node, Operation):
        binds = 1 if node.operator in "+-" else 2
    elif isinstance(node, Negation):
        binds = 2
    return written(node) if binds >= level else f"({written(node)})"

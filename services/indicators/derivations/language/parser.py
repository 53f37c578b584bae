"""Reading a formula. Nothing of it is ever run: it becomes a tree of known nodes or is refused.

    sum       := product (('+' | '-') product)*
    product   := sign (('*' | '/') sign)*
    sign      := '-' sign | atom
    atom      := number | reference | function '(' arguments ')' | '(' sum ')'
    reference := '{' indicator ['|' breakdown] '}' ['@-' periods]

A breakdown is `total` or `GES:GESW`, parts joined with `;`.
"""

import re
from decimal import Decimal
from typing import NamedTuple, cast, get_args

from services.indicators.deliveries.rules import canonical_breakdown
from services.indicators.derivations.language.syntax import (
    Call,
    FormulaRefused,
    Function,
    Negation,
    Node,
    Number,
    Operation,
    Operator,
    Reference,
)

LONGEST = 2_000
DEEPEST = 40
MOST_PARTS = 300
MOST_PERIODS = 120
_TOKEN = re.compile(
    r"""\s*(?:
        (?P<number>[0-9]{1,15}(?:\.[0-9]{1,10})?(?![0-9.]))
      | (?P<reference>\{[^{}]*\}(?:\s*@\s*-[0-9]{1,3}(?![0-9]))?)
      | (?P<name>[a-z]+)
      | (?P<sign>[-+*/(),])
    )""",
    re.VERBOSE,
)
_REFERENCE = re.compile(
    r"\{\s*([a-z0-9]+(?:-[a-z0-9]+)*)\s*(?:\|\s*([^|]*?)\s*)?\}(?:\s*@\s*-([0-9]+))?"
)
_FUNCTIONS = frozenset(get_args(Function))
_OPERANDS = {"share": 2, "per": 2, "change": 1, "growth": 1, "mean": 1}
_WITH_NUMBER = frozenset({"per", "change", "growth", "mean"})


class Token(NamedTuple):
    """A part of the text; `at` counts from 1."""

    kind: str
    text: str
    at: int


def parse(text: str) -> Node:
    """Read a formula; FormulaRefused says at which character it cannot be understood."""
    if len(text) > LONGEST:
        raise FormulaRefused(f"a formula has at most {LONGEST} characters", LONGEST)
    return _Reader(text).whole()


def _tokens(text: str) -> list[Token]:
    found, place, end = [], 0, len(text.rstrip())
    while place < end:
        match = _TOKEN.match(text, place)
        if match is None or match.lastgroup is None:
            at = place + len(text[place:]) - len(text[place:].lstrip())
            raise FormulaRefused(f"{text[at : at + 10]!r} cannot be read here", at + 1)
        found.append(Token(match.lastgroup, match[match.lastgroup], match.start(match.lastgroup)))
        place = match.end()
        if len(found) > MOST_PARTS:
            raise FormulaRefused(f"a formula has at most {MOST_PARTS} parts", place)
    made = [token._replace(at=token.at + 1) for token in found]
    return [*made, Token("end", "", end + 1)]


class _Reader:
    def __init__(self, text: str) -> None:
        self.tokens, self.place, self.depth = _tokens(text), 0, 0

    @property
    def next(self) -> Token:
        return self.tokens[self.place]

    def take(self, expected: str | None = None) -> Token:
        token = self.next
        if expected is not None and token.text != expected:
            raise FormulaRefused(f"{expected!r} is missing", token.at)
        self.place += 1
        return token

    def whole(self) -> Node:
        node = self.sum()
        if self.next.kind != "end":
            raise FormulaRefused(f"{self.next.text[:20]!r} is not expected here", self.next.at)
        return node

    def sum(self) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise FormulaRefused("nested too deeply", self.next.at)
        node = self.product()
        while self.next.text in ("+", "-"):
            sign = self.take()
            node = Operation(cast("Operator", sign.text), node, self.product(), sign.at)
        self.depth -= 1
        return node

    def product(self) -> Node:
        node = self.signed()
        while self.next.text in ("*", "/"):
            sign = self.take()
            node = Operation(cast("Operator", sign.text), node, self.signed(), sign.at)
        return node

    def signed(self) -> Node:
        if self.next.text != "-":
            return self.atom()
        sign = self.take()
        if self.next.text == "-":
            raise FormulaRefused("two signs in a row", self.next.at)
        return Negation(self.atom(), sign.at)

    def atom(self) -> Node:
        token = self.take()
        match token.kind:
            case "number":
                return Number(Decimal(token.text), token.at)
            case "reference":
                return _reference(token)
            case "name":
                return self.call(token)
        if token.text == "(":
            node = self.sum()
            self.take(")")
            return node
        what = repr(token.text) if token.text else "the end"
        raise FormulaRefused(f"an indicator, a number or a function instead of {what}", token.at)

    def call(self, name: Token) -> Node:
        if name.text not in _FUNCTIONS:
            known = ", ".join(sorted(_FUNCTIONS))
            raise FormulaRefused(f"{name.text[:20]!r} is no function; there are {known}", name.at)
        self.take("(")
        operands = [self.sum()]
        while self.next.text == ",":
            self.take()
            operands.append(self.sum())
        self.take(")")
        return _called(cast("Function", name.text), operands, name.at)


def _called(function: Function, operands: list[Node], at: int) -> Call:
    expected = _OPERANDS.get(function)
    if expected is None:
        if len(operands) < 2:
            raise FormulaRefused(f"{function} needs at least two operands", at)
        return Call(function, tuple(operands), None, at)
    with_number = function in _WITH_NUMBER
    if len(operands) != expected + with_number:
        raise FormulaRefused(f"{function} takes {expected + with_number} operands", at)
    if not with_number:
        return Call(function, tuple(operands), None, at)
    last = operands.pop()
    if not isinstance(last, Number) or last.value <= 0:
        raise FormulaRefused(f"the last operand of {function} is a number above 0", at)
    whole = last.value == last.value.to_integral_value() and last.value <= MOST_PERIODS
    if function != "per" and not whole:
        detail = f"{function} counts whole periods, at most {MOST_PERIODS}"
        raise FormulaRefused(detail, last.at)
    return Call(function, tuple(operands), last.value, at)


def _reference(token: Token) -> Reference:
    match = _REFERENCE.fullmatch(token.text)
    if match is None:
        detail = "a reference is {indicator}, {indicator|GES:GESW} or {indicator}@-1"
        raise FormulaRefused(detail, token.at)
    shift = -int(match[3] or 0)
    if shift < -MOST_PERIODS:
        raise FormulaRefused(f"at most {MOST_PERIODS} periods back", token.at)
    return Reference(match[1], _breakdown(match[2], token.at), shift, token.at)


def _breakdown(text: str | None, at: int) -> str | None:
    if text is None:
        return None
    if text == "total":
        return ""
    pairs = [part.strip().replace("=", ":", 1).partition(":") for part in re.split("[;&]", text)]
    attributes = {code.strip(): attribute.strip() for code, _, attribute in pairs}
    if len(attributes) < len(pairs) or not all(attributes.values()):
        raise FormulaRefused("a breakdown is `total` or like GES:GESW;ALT:U15", at)
    try:
        return canonical_breakdown(attributes)
    except ValueError as refused:
        raise FormulaRefused(str(refused), at) from None

"""Units of formulas: what may be added to what, and what a quotient is a quotient of.

A unit is a product of powers of bases (persons, euros, households, ...) and a `scale`: what the
bare quantity was multiplied by, 100 for per cent, 0.001 where a table counts in thousands.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from services.indicators.derivations.language.syntax import (
    Call,
    FormulaRefused,
    Negation,
    Node,
    Number,
    Operation,
    Reference,
)

ONE = Fraction(1)
COUNT = "Anzahl"
"""The base of official tables that do not say what they count; it goes with anything counted."""
_WORDS = {
    "Personen": (
        "person personen persons people einwohner einwohnerinnen einwohner:innen bevölkerung "
        "kinder jugendliche menschen frauen männer leistungsberechtigte leistungsbezieher "
        "leistungsbeziehende arbeitslose beschäftigte schüler schülerinnen empfänger "
        "empfängerinnen köpfe"
    ),
    "Euro": "euro euros eur €",
    COUNT: "anzahl number count fälle fall zahl stück",
    "Haushalte": "haushalte haushalt households household",
    "Plätze": "plätze platz places",
}
_BASES = {word: base for base, words in _WORDS.items() for word in words.split()}
_SCALED = {
    **dict.fromkeys(("prozent", "%", "per cent", "percent", "prozentpunkte"), Fraction(100)),
    **dict.fromkeys(("promille", "‰", "per mille"), Fraction(1000)),
    **dict.fromkeys(("verhältnis", "quotient", "anteil", "ratio", "faktor", "1"), ONE),
}
_PER = re.compile(r"(?:(?P<above>.+?) )?(?:je|pro|per) (?:(?P<number>[0-9][0-9.]*) )?(?P<below>.+)")
_THOUSANDS = re.compile(r"(?:in )?(?P<number>1[.]?000|tausend|tsd\.?|mio\.?|millionen) (?P<of>.+)")
_POWERS_OF_TEN = frozenset(Decimal(10) ** exponent for exponent in range(1, 10))
_PLAIN = {Fraction(100): "Prozent", Fraction(1000): "Promille", ONE: "Verhältnis"}


@dataclass(frozen=True)
class Unit:
    """`powers` None: nobody can tell of what, as in "je 1.000 Einwohner"."""

    powers: Mapping[str, int] | None = field(default_factory=dict)
    scale: Fraction = ONE

    @property
    def plain(self) -> bool:
        return self.powers is not None and not self.powers

    def __str__(self) -> str:
        if self.powers is None:
            return "?"
        if not self.powers:
            return _PLAIN.get(self.scale) or f"Verhältnis x {_number(self.scale)}"
        above = [base + ("" if n == 1 else f"^{n}") for base, n in self.powers.items() if n > 0]
        below = [base + ("" if n == -1 else f"^{-n}") for base, n in self.powers.items() if n < 0]
        if not below:
            number = f"{_number(ONE / self.scale)} " if self.scale != ONE else ""
            return number + " x ".join(above)
        number = f"{_number(self.scale)} " if self.scale != ONE else ""
        return f"{' x '.join(above) or '1'} je {number}{' x '.join(below)}"


def _number(scale: Fraction) -> str:
    return str(scale.numerator) if scale.denominator == 1 else f"{float(scale):g}"


def unit_of(text: str, cases_per_unit: int = 1) -> Unit | None:
    """What the German name of a unit means; None for an index, points and the like.

    "Prozent", "Personen", "je 1.000 Einwohner", "Euro je Einwohner", "1.000 Personen".
    """
    words = " ".join(text.casefold().split())
    if words in _SCALED:
        return Unit({}, _SCALED[words])
    if words in ("index", "indexpunkte", "punkte", "points"):
        return None
    if found := _PER.fullmatch(words):
        scale = Fraction((found["number"] or "1").replace(".", ""))
        above = found["above"]
        return Unit(
            _powers({_base(above): 1}, {_base(found["below"]): 1}) if above else None, scale
        )
    scale = Fraction(1, cases_per_unit)
    if found := _THOUSANDS.fullmatch(words):
        millions = found["number"].startswith("mi")
        scale = Fraction(1, 1_000_000 if millions else 1_000)
        words = found["of"]
    return Unit({_base(words): 1}, scale)


def _base(word: str) -> str:
    return _BASES.get(word.split()[0], _BASES.get(word, word.strip().capitalize()))


def _powers(above: Mapping[str, int], below: Mapping[str, int]) -> dict[str, int]:
    powers = dict(above)
    for base, exponent in below.items():
        powers[base] = powers.get(base, 0) - exponent
    powers = {base: exponent for base, exponent in powers.items() if exponent}
    unnamed = powers.get(COUNT, 0)
    others = [base for base, exponent in powers.items() if base != COUNT and exponent == -unnamed]
    if unnamed and others:
        del powers[COUNT], powers[others[0]]
    return powers


def alike(one: Unit, other: Unit) -> bool:
    """Whether the two may be added or compared."""
    if one.scale != other.scale:
        return False
    if one.powers is None or other.powers is None:
        return True
    return not _powers(one.powers, other.powers)


def unit(node: Node, units: Mapping[str, Unit | None]) -> Unit:
    """The unit of the formula's figures; FormulaRefused where it has none.

    `units` gives that of each indicator; one without a unit (an index) is a pure number.
    """
    match node:
        case Number():
            return Unit({}, Fraction(node.value) if node.value in _POWERS_OF_TEN else ONE)
        case Reference():
            return units[node.indicator] or Unit()
        case Negation():
            return unit(node.operand, units)
        case Operation(operator="+" | "-"):
            return _same([node.left, node.right], units, node.at)
        case Operation(operator="*"):
            left, right = unit(node.left, units), unit(node.right, units)
            inverse = Unit(_inverse(right), ONE / right.scale)
            return _divided(left, inverse)
        case Operation():
            return _divided(unit(node.left, units), unit(node.right, units))
        case Call(function="share"):
            above, below = (unit(operand, units) for operand in node.operands)
            ratio = _divided(above, below)
            if not (ratio.powers is None or ratio.plain):
                raise FormulaRefused(f"a share of {above} in {below} is none", node.at, "unit")
            return Unit({}, ratio.scale * 100)
        case Call(function="per"):
            above, below = (unit(operand, units) for operand in node.operands)
            assert node.number is not None
            ratio = _divided(above, below)
            return Unit(ratio.powers, ratio.scale * Fraction(node.number))
        case Call(function="growth"):
            unit(node.operands[0], units)
            return Unit({}, Fraction(100))
        case Call():
            return _same(list(node.operands), units, node.at)


def _same(nodes: list[Node], units: Mapping[str, Unit | None], at: int) -> Unit:
    found = [unit(node, units) for node in nodes]
    named = [u for node, u in zip(nodes, found, strict=True) if not isinstance(node, Number)]
    first = next((u for u in named if u.powers is None or COUNT not in u.powers), None)
    whole = first or (named or found)[0]
    for node, other in zip(nodes, found, strict=True):
        if isinstance(node, Number) and whole.plain:
            continue
        if not alike(whole, other):
            raise FormulaRefused(f"{whole} and {other} do not go together", at, "unit")
    return whole


def _inverse(one: Unit) -> dict[str, int] | None:
    return None if one.powers is None else {base: -n for base, n in one.powers.items()}


def _divided(above: Unit, below: Unit) -> Unit:
    scale = above.scale / below.scale
    if above.powers is None or below.powers is None:
        return Unit(None, scale)
    return Unit(_powers(above.powers, below.powers), scale)

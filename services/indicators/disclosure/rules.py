"""Primary suppression (primäre Geheimhaltung): no figure leaves that rests on too few cases."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Context, Decimal

from services.contracts.indicators.protection import ProtectionRule
from services.contracts.indicators.values import IndicatorKind, ValueStatus, has_value

_CALCULATION = Context(prec=60)
_SECRET = frozenset({ValueStatus.unknown, ValueStatus.confidential})


@dataclass(frozen=True)
class Definition:
    """What of an indicator's definition decides how its figures are protected.

    `sums`: what its figures can be calculated from, as factors of other indicators of the same
    area, period and breakdown. `inputs`: indicators it is computed from in another way.
    """

    kind: IndicatorKind
    rule: ProtectionRule
    factor: Decimal = Decimal(1)
    cases_per_unit: int = 1
    numerator: str | None = None
    denominator: str | None = None
    sums: tuple[Mapping[str, float], ...] = ()
    inputs: tuple[str, ...] = ()
    contributes: bool = False
    """It tells what single contributors hold: never shown."""
    scale: float | None = None
    """Of the sums behind a mean: how much one of them is. None for what is counted."""

    @property
    def minimum(self) -> int:
        """The smallest number of cases that may be shown; 0 where no number is too small."""
        return self.rule.minimum if self.rule.kind == "threshold" and self.scale is None else 0

    @property
    def is_open(self) -> bool:
        """Is everything shown, whatever it would tell of others?"""
        return self.rule.kind in ("none", "as-delivered")


@dataclass(frozen=True, slots=True)
class Figure:
    """A value and its status, raw: before protection. `value` None means there is none."""

    value: Decimal | None
    status: ValueStatus = ValueStatus.normal


@dataclass(frozen=True, slots=True)
class RawCell:
    """A raw figure and the cases behind it.

    `numerator` and `denominator` are counts of cases, None where they are not known. `factor` is
    what the quotient was multiplied by (100 for per cent). `cases_per_unit` says how many cases
    one unit of a count stands for (1000 where the unit is "1000"). `largest` are the amounts of
    the largest contributors, the largest first. `base`: cases of the parts are shown as multiples
    of it.
    """

    figure: Figure
    numerator: Figure | None = None
    denominator: Figure | None = None
    factor: Decimal = Decimal(1)
    cases_per_unit: int = 1
    largest: tuple[Decimal | None, ...] = field(default=())
    base: int = 1


@dataclass(frozen=True, slots=True)
class Protected:
    """What may be shown, and by which rule; '' where no rule changed anything."""

    value: Decimal | None
    status: ValueStatus
    rule: str = ""


def protect(cell: RawCell, kind: IndicatorKind, rule: ProtectionRule) -> Protected:
    """What may be shown of a figure.

    Figures without a value keep their reason. Under a threshold of n cases, hidden are

    * counts (also negative balances) of fewer than n cases, zero only where it is not safe;
    * rates and ratios whose numerator or denominator would be hidden or is itself a secret, and
      those behind which no denominator is known, since nobody could tell; a numerator that is
      not known is calculated from rate and denominator;
    * rates that leave fewer than n cases on the other side: 99 of 100 tell about the one;
    * means whose denominator (the number of cases) would be hidden or is not known;
    * indices only if they name a denominator that would be hidden: they are no counts.

    Shown rates and ratios lose the decimals from which the numerator could be calculated: one
    step of the last shown digit is at least one case of the denominator (denominators below ten
    leave no digit and hide the rate). Rounding makes no rate zero or full that is not. A rate of
    nobody (denominator zero) is not meaningful.

    Rounding shows counts as multiples of a base and takes as many decimals more from rates.
    Dominance and the p% rule look at amounts and their largest contributors; an amount whose
    contributors are not known is hidden.

    Expects figures as they are read: at most 25 digits.
    """
    value, status = cell.figure.value, cell.figure.status
    if not has_value(status):
        return Protected(None, status)
    if value is None or not value.is_finite():
        return Protected(None, ValueStatus.missing)
    if rule.kind in ("none", "as-delivered"):
        return Protected(value, status)
    reason = _reason(cell, value, kind, rule)
    if reason:
        return Protected(None, ValueStatus.confidential, reason)
    if kind == "count" and rule.kind == "rounding":
        shown = rounded(value, cell.cases_per_unit, rule.base or 1)
        return Protected(shown, status, f"rounded:{rule.base}")
    if kind not in ("rate", "ratio"):
        return Protected(value, status)
    cases = _cases(cell)
    if not cases or not cell.factor:
        return Protected(None, ValueStatus.not_meaningful)
    base = max(cell.base, rule.base or 1)
    decimals = _CALCULATION.divide(abs(cases), abs(cell.factor) * base).adjusted()
    if Decimal(1).scaleb(-decimals) >= abs(cell.factor):
        return Protected(None, ValueStatus.confidential, f"precision:{decimals}")
    shown = _coarsened(value, decimals, cell.factor if kind == "rate" else None)
    return Protected(shown, status, "" if shown == value else f"precision:{decimals}")


def rounded(value: Decimal, cases_per_unit: int, base: int) -> Decimal:
    """The nearest multiple of the base; never zero unless the value is."""
    unit = _CALCULATION.divide(Decimal(base), Decimal(cases_per_unit))
    steps = _CALCULATION.divide(value, unit).quantize(Decimal(1), ROUND_HALF_UP, _CALCULATION)
    if value and not steps:
        steps = Decimal(1).copy_sign(value)
    return _CALCULATION.multiply(steps, unit)


def protection_needed(
    rule: ProtectionRule, value: Decimal, largest: tuple[Decimal | None, ...]
) -> Decimal | None:
    """How far off an outsider's estimate of a dominated amount must be; None if it is not.

    The upper protection level: by so much the amount would have to be greater for the rule not to
    hide it. Contributors that are not known demand the whole amount.
    """
    known = [amount for amount in largest if amount is not None]
    if len(known) < len(largest) or not known:
        return abs(value)
    percent = rule.percent or Decimal(0)
    if rule.kind == "dominance":
        needed = _CALCULATION.divide(sum(known, Decimal(0)) * 100, percent) - value
    else:
        needed = known[0] * percent / 100 - (value - known[0] - known[1])
    return needed if needed > 0 else None


def dominance(rule: ProtectionRule) -> str:
    """The reason of amounts that few contribute to."""
    number = f"{rule.contributors}," if rule.contributors else ""
    return f"{rule.kind}:{number}{rule.percent}"


def _cases(cell: RawCell) -> Decimal | None:
    return cell.denominator.value if cell.denominator else None


def _reason(cell: RawCell, value: Decimal, kind: IndicatorKind, rule: ProtectionRule) -> str:
    """Why the figure must not be shown; '' if it may."""
    if rule.kind in ("dominance", "p-percent"):
        if protection_needed(rule, value, cell.largest) is None:
            return ""
        return dominance(rule)
    if kind == "count":
        small = _small(_CALCULATION.multiply(value, Decimal(cell.cases_per_unit)), rule)
        return f"threshold:{rule.minimum}" if small else ""
    for name, part in (("denominator", cell.denominator), ("numerator", cell.numerator)):
        if part and _secret(part, rule):
            return f"{kind}:{name}"
    cases = _cases(cell)
    if cases is None:
        return "" if kind == "index" else f"{kind}:cases"
    if kind not in ("rate", "ratio") or not cases or not cell.factor:
        return ""
    numerator = cell.numerator.value if cell.numerator else None
    if numerator is None:
        share = _CALCULATION.divide(value, cell.factor)
        numerator = _CALCULATION.multiply(share, cases).to_integral_value()
        if value and not numerator:
            return f"{kind}:numerator"
    if _small(numerator, rule):
        return f"{kind}:numerator"
    return "rate:complement" if kind == "rate" and _small(cases - numerator, rule) else ""


def _secret(part: Figure, rule: ProtectionRule) -> bool:
    if part.value is None:
        return part.status in _SECRET or has_value(part.status)
    return _small(part.value, rule)


def _small(cases: Decimal, rule: ProtectionRule) -> bool:
    if not cases.is_finite():
        return True
    if cases == 0:
        return not rule.zero_is_safe
    return rule.kind == "threshold" and abs(cases) < rule.minimum


def _coarsened(value: Decimal, decimals: int, full: Decimal | None) -> Decimal:
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and -exponent <= decimals:
        return value
    step = Decimal(1).scaleb(-decimals)
    shown = value.quantize(step, ROUND_HALF_EVEN, _CALCULATION)
    if value and not shown:
        shown = value.quantize(step, ROUND_UP, _CALCULATION)
    if full is not None and value < full <= shown:
        shown = full - step
    return shown.quantize(Decimal(1), context=_CALCULATION) if decimals < 0 else shown

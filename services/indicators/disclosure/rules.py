"""Primary suppression (primäre Geheimhaltung): no figure leaves that rests on too few cases."""

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_UP, Context, Decimal

from services.contracts.indicators.protection import ProtectionRule
from services.contracts.indicators.values import IndicatorKind, ValueStatus, has_value

_CALCULATION = Context(prec=60)
_SECRET = frozenset({ValueStatus.unknown, ValueStatus.confidential})


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
    one unit of a count stands for (1000 where the unit is "1000").
    """

    figure: Figure
    numerator: Figure | None = None
    denominator: Figure | None = None
    factor: Decimal = Decimal(1)
    cases_per_unit: int = 1


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

    Expects figures as they are read: at most 25 digits.
    """
    value, status = cell.figure.value, cell.figure.status
    if not has_value(status):
        return Protected(None, status)
    if value is None or not value.is_finite():
        return Protected(None, ValueStatus.missing)
    if rule.kind == "none":
        return Protected(value, status)
    if _betrays(cell, value, kind, rule):
        return Protected(None, ValueStatus.confidential, f"threshold:{rule.minimum}")
    if kind not in ("rate", "ratio"):
        return Protected(value, status)
    cases = _cases(cell)
    if not cases or not cell.factor:
        return Protected(None, ValueStatus.not_meaningful)
    decimals = _CALCULATION.divide(abs(cases), abs(cell.factor)).adjusted()
    if Decimal(1).scaleb(-decimals) >= abs(cell.factor):
        return Protected(None, ValueStatus.confidential, f"precision:{decimals}")
    shown = _coarsened(value, decimals, cell.factor if kind == "rate" else None)
    return Protected(shown, status, "" if shown == value else f"precision:{decimals}")


def _cases(cell: RawCell) -> Decimal | None:
    return cell.denominator.value if cell.denominator else None


def _betrays(cell: RawCell, value: Decimal, kind: IndicatorKind, rule: ProtectionRule) -> bool:
    if kind == "count":
        return _small(_CALCULATION.multiply(value, Decimal(cell.cases_per_unit)), rule)
    if any(part and _secret(part, rule) for part in (cell.denominator, cell.numerator)):
        return True
    cases = _cases(cell)
    if cases is None:
        return kind != "index"
    if kind not in ("rate", "ratio") or not cases or not cell.factor:
        return False
    numerator = cell.numerator.value if cell.numerator else None
    if numerator is None:
        share = _CALCULATION.divide(value, cell.factor)
        numerator = _CALCULATION.multiply(share, cases).to_integral_value()
        if value and not numerator:
            return True
    return _small(numerator, rule) or (kind == "rate" and _small(cases - numerator, rule))


def _secret(part: Figure, rule: ProtectionRule) -> bool:
    if part.value is None:
        return part.status in _SECRET or has_value(part.status)
    return _small(part.value, rule)


def _small(cases: Decimal, rule: ProtectionRule) -> bool:
    if not cases.is_finite():
        return True
    return not rule.zero_is_safe if cases == 0 else abs(cases) < rule.minimum


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

"""Flat rates: pure functions over exact decimals.

Regulation (EU) 2021/1060: Art. 53 (which forms), 54 (indirect cost), 55 (staff), 56 (remaining
cost). Rates are decimals, such as 19.975 %, and nothing is rounded but the amount, half up.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal

from services.contracts.projects.costs import CostCategory
from services.contracts.projects.figures import (
    Figure,
    FigureStatus,
    Parameter,
    Reason,
    Rule,
    Unit,
)
from services.contracts.shared.problems import Fault
from services.kit.problems import Invalid
from services.projects.allocation.rules import cents
from services.projects.computing import Computation, euros, judged, known, law, missing

NONE = Decimal(0)
Said = Mapping[tuple[Parameter, str | None], Rule]
DIRECT = ("staff", "travel", "external", "equipment", "infrastructure")
_FORMULAS = {
    "staff": "(travel + external + equipment + infrastructure) * rate",
    "travel": "staff * rate",
    "office_on_staff": "staff * rate",
    "office_on_direct": "(staff + travel + external + equipment + infrastructure) * rate",
    "other": "staff * rate",
}


@dataclass(frozen=True)
class RealCost:
    """Cost by category as it was or will be paid; null is not known."""

    staff: Decimal | None = NONE
    travel: Decimal | None = NONE
    office: Decimal | None = NONE
    external: Decimal | None = NONE
    equipment: Decimal | None = NONE
    infrastructure: Decimal | None = NONE


@dataclass(frozen=True)
class FlatRates:
    """The flat rates that a grant uses; null is not used."""

    staff: Rule | None = None
    travel: Rule | None = None
    office_on_staff: Rule | None = None
    office_on_direct: Rule | None = None
    other: Rule | None = None
    """Everything but staff (Restkosten): excludes every other flat rate."""


_CATEGORIES = tuple(field.name for field in fields(RealCost))
_Flat = tuple[str, Rule, dict[str, Decimal | None], Decimal | None]


_CHOICES: Mapping[tuple[Parameter, str | None], str] = {
    (Parameter.staff_rate, None): "staff",
    (Parameter.indirect_rate, "staff"): "office_on_staff",
    (Parameter.indirect_rate, "direct"): "office_on_direct",
    (Parameter.indirect_rate, "calculated"): "office_on_direct",
    (Parameter.remaining_cost_rate, None): "other",
}
"""Which flat rate it is that a notice grants when it says this parameter."""


def chosen(rules: Said) -> FlatRates | None:
    """The flat rates that the notice grants: those that it says itself. What the rules of a
    programme say is what the law allows at most; it grants nothing. None when there is none."""
    found = {
        name: rule
        for said, name in _CHOICES.items()
        if (rule := rules.get(said)) is not None and rule.clause.notice is not None
    }
    return FlatRates(**found) if found else None


def excluded(said: Iterable[tuple[Parameter, str | None]]) -> bool:
    """Do flat rates that a notice says exclude each other? Remaining cost covers all the others,
    and office cost rests on staff or on direct cost."""
    names = [_CHOICES[one] for one in said if one in _CHOICES]
    offices = [name for name in names if name.startswith("office")]
    return len(offices) > 1 or ("other" in names and len(names) > 1)


def covered(rates: FlatRates) -> frozenset[str]:
    """The categories whose real cost a flat rate covers, so that it counts no more."""
    used = {field.name.partition("_")[0] for field in fields(rates) if getattr(rates, field.name)}
    if "other" in used:
        return frozenset(set(CostCategory) - {CostCategory.staff})
    return frozenset(used)


def check_rates(real: RealCost, rates: FlatRates) -> None:
    """Refuse flat rates that exclude each other, and real cost that a flat rate covers already."""
    faults = []
    used = [field.name for field in fields(rates) if getattr(rates, field.name) is not None]
    if "other" in used and len(used) > 1:
        faults.append(_fault("other", "It covers all other cost; no other flat rate goes with it."))
    if "office_on_staff" in used and "office_on_direct" in used:
        faults.append(_fault("office_on_direct", "Office cost rests on staff or on direct cost."))
    covered = {name.partition("_")[0] for name in used} - {"other"}
    if "other" in used:
        covered = {field.name for field in fields(real)} - {"staff"}
    faults += [
        _fault(name, "A flat rate covers this cost already.")
        for name in sorted(covered)
        if getattr(real, name) != NONE
    ]
    if faults:
        raise Invalid("The flat rates do not go together.", faults=faults)


def flat_costs(real: RealCost, rates: FlatRates) -> list[Figure]:
    """The flat amounts in their order: staff, travel, office, other.

    Staff rests on the other direct cost, without travel where that is flat itself. Refuses (422)
    what `check_rates` refuses.
    """
    check_rates(real, rates)
    cost = {field.name: getattr(real, field.name) for field in fields(real)}
    return [_flat(name, rate, base, amount) for name, rate, base, amount in _flats(cost, rates)]


def amounts_on(cost: Mapping[str, Decimal], rates: FlatRates) -> dict[str, Decimal]:
    """The flat amounts by category that rest on real cost by category: those of `flats_on` without
    their explanation, for whoever needs those of many days. What the rates cover is left out of the
    cost; an amount whose rate is not known is left out, too."""
    full: dict[str, Decimal | None] = {name: cost.get(name, NONE) for name in _CATEGORIES}
    flats = _flats(full, rates)
    return {name.partition("_")[0]: amount for name, _, _, amount in flats if amount is not None}


def _flats(cost: dict[str, Decimal | None], rates: FlatRates) -> Iterator[_Flat]:
    """Each flat rate with what it rests on and its amount, which is cost for those after it."""
    rests_on = {
        "staff": DIRECT[2:] if rates.travel else DIRECT[1:],
        "travel": DIRECT[:1],
        "office_on_staff": DIRECT[:1],
        "office_on_direct": DIRECT,
        "other": DIRECT[:1],
    }
    for name, parts in rests_on.items():
        rate: Rule | None = getattr(rates, name)
        if rate is not None:
            base = {part: cost[part] for part in parts}
            amount = None
            if rate.value is not None and not missing(*base.values()):
                amount = cents(known(base.values()) * rate.value / 100)
            cost[name.partition("_")[0]] = amount
            yield name, rate, base, amount


def held_to_limits(rules: Said, limits: Said) -> list[Figure]:
    """Is no flat rate that the notice grants above what the rules beneath it allow for its kind?"""
    return [
        within_limit(".".join(filter(None, said)), rules[said], limits.get(said))
        for said in _CHOICES
        if said in rules and rules[said].clause.notice is not None
    ]


def within_limit(kind: str, rate: Rule, limit: Rule | None) -> Figure:
    """Is a flat rate not above what is allowed for its kind? Not known where no rule says what is:
    no rate is accepted because nobody has said a limit."""
    used = Computation(
        "flat_rate", Unit.percent, "rate <= limit", {"rate": rate, "limit": limit}, scope=kind
    )
    if rate.value is None:
        return used.lacks(Reason.no_rule)
    if limit is None or limit.value is None:
        return used.gives(rate.value, FigureStatus.unknown)
    return used.gives(rate.value, judged(rate.value <= limit.value))


def simplified_required(total_cost: Decimal | None, limit: Rule | None) -> Figure:
    """Must the grant use simplified cost options, because its total cost is small (Art. 53(2))?"""
    must = Computation(
        "simplified_required",
        Unit.text,
        "total_cost <= simplified_below",
        {"total_cost": euros(total_cost), "simplified_below": limit},
        law=[law("Art. 53 Abs. 2", "Verordnung (EU) 2021/1060")] if limit is None else [],
    )
    if total_cost is None:
        return must.lacks(Reason.no_amount)
    if limit is None or limit.value is None:
        return must.lacks(Reason.no_rule)
    small = total_cost <= limit.value
    return must.gives("yes" if small else "no", FigureStatus.review if small else FigureStatus.ok)


def flats_on(cost: Collection[tuple[str, Decimal]], rates: FlatRates) -> list[Figure]:
    """The flat amounts that rest on real cost, of which each part has its category. What the rates
    cover is nothing beside them."""
    gone = covered(rates)
    real = {
        name.name: known(amount for category, amount in cost if category == name.name)
        for name in fields(RealCost)
        if name.name not in gone
    }
    return flat_costs(RealCost(**real), rates)


def _flat(
    name: str, rate: Rule, base: Mapping[str, Decimal | None], amount: Decimal | None
) -> Figure:
    inputs = {part: euros(cost) for part, cost in base.items()}
    flat = Computation(
        "flat_cost",
        Unit.euro,
        _FORMULAS[name],
        {**inputs, "rate": rate},
        scope=name.partition("_")[0],
    )
    if amount is not None:
        return flat.gives(amount)
    return flat.lacks(Reason.no_amount if missing(*base.values()) else Reason.no_rule)


def _fault(name: str, text: str) -> Fault:
    return Fault(pointer=f"/{name}", code="excluded", detail=text)

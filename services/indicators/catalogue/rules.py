"""What an indicator may be: pure functions."""

from collections.abc import Collection, Mapping

from services.contracts.indicators.catalogue import NewIndicator
from services.indicators.derivations import rules as derivations
from services.indicators.derivations.language.syntax import FormulaRefused
from services.indicators.derivations.language.units import unit_of
from services.indicators.derivations.places import Definition
from services.indicators.derivations.rules import Cycle, Known
from services.kit.problems import Conflict, Invalid


def check_parts(new: NewIndicator, kinds: Mapping[str, str]) -> None:
    """Refuse parts of a quotient that do not exist or are no counts.

    `kinds` gives the kind of each indicator that the new one names.
    """
    for field, part in (("numerator", new.numerator), ("denominator", new.denominator)):
        if part is None:
            continue
        if part not in kinds:
            raise Invalid(f"There is no indicator {part!r}.", pointer=f"/{field}", code="unknown")
        if kinds[part] != "count":
            raise Invalid(
                f"{part} is a {kinds[part]}; quotients are made of counts.",
                pointer=f"/{field}",
                code="not-a-count",
            )


def check_users(new: NewIndicator, users: Collection[str]) -> None:
    """Refuse that something other indicators are computed from becomes anything but a count."""
    if users and new.kind != "count":
        raise Conflict(
            f"{', '.join(sorted(users))} is computed from it, so it stays a count.",
            pointer="/kind",
            code="in-use",
        )


def check_source_codes(new: NewIndicator, owners: Mapping[str, str]) -> None:
    """Refuse a source code that another indicator has: deliveries could not tell them apart."""
    for place, code in enumerate(new.source_codes):
        owner = owners.get(code, new.key)
        if owner != new.key:
            raise Conflict(
                f"{code} belongs to {owner}.", pointer=f"/source_codes/{place}", code="taken"
            )


def check_formula(new: NewIndicator, known: Mapping[str, Known]) -> None:
    """Refuse a formula that cannot be read, names nothing, mixes units or leads back to itself.

    Also that a unit becomes another one to which formulas over this indicator do not fit.
    `known` holds every indicator as it is stored.
    """
    unit = unit_of(new.unit["de"], new.cases_per_unit)
    pointer = "/formula" if new.formula is not None else "/factor"
    try:
        how = definition(new)
        now = {**known, new.key: Known(unit, how)}
        if how is not None:
            derivations.check(how, unit, now)
    except FormulaRefused as refused:
        raise Invalid(str(refused), pointer=pointer, code=refused.code) from None
    except Cycle as cycle:
        detail = f"Nothing is computed from itself: {cycle}."
        raise Invalid(detail, pointer="/formula", code="cycle") from None
    for key, user in known.items():
        if key == new.key or user.how is None or new.key not in user.how.inputs:
            continue
        try:
            derivations.check(user.how, user.unit, now)
        except FormulaRefused as refused:
            detail = f"{key} is computed from it: {refused}."
            raise Conflict(detail, pointer="/unit", code="in-use") from None


def definition(new: NewIndicator) -> Definition | None:
    """How the indicator is computed; None for one that is delivered or an index."""
    if not new.computed:
        return None
    return derivations.definition(
        new.key, new.formula, new.numerator, new.denominator, new.factor, new.denominator_lag
    )

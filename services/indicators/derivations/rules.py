"""What is computed from what, in which order, and what comes out: pure functions."""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from graphlib import CycleError, TopologicalSorter
from itertools import groupby
from typing import NamedTuple

from services.contracts.indicators.formulas import (
    FormulaSample,
    Lineage,
    LineageStep,
    NewFormulaCheck,
)
from services.indicators.derivations.language.parser import parse
from services.indicators.derivations.language.syntax import (
    Call,
    FormulaRefused,
    Reference,
    leading,
    references,
)
from services.indicators.derivations.language.units import Unit, alike, unit_of
from services.indicators.derivations.language.units import unit as unit_in
from services.indicators.derivations.places import Definition, Given, computed
from services.kit.problems import Invalid

MOST_SAMPLES = 200


def definition(
    key: str,
    formula: str | None,
    numerator: str | None,
    denominator: str | None,
    factor: Decimal | None,
    lag: int,
) -> Definition | None:
    """How an indicator is computed: by its formula, or as the quotient of its parts."""
    if formula is not None:
        return Definition(key, parse(formula), lag)
    if numerator is None or denominator is None:
        return None
    parts = (Reference(numerator, None, 0, 1), Reference(denominator, None, 0, 1))
    return Definition(key, Call("per", parts, factor or Decimal(1), 1), lag)


class Cycle(ValueError):
    """Indicators that would be computed from themselves; `keys` goes round once."""

    def __init__(self, keys: Sequence[str]) -> None:
        super().__init__(" -> ".join(keys))
        self.keys = keys


def generations(inputs: Mapping[str, Collection[str]]) -> Iterator[tuple[str, ...]]:
    """The keys of `inputs` in groups: each is computed from figures of groups before it only."""
    sorter = TopologicalSorter(inputs)
    try:
        sorter.prepare()
    except CycleError as error:
        raise Cycle(error.args[1][::-1]) from None
    while sorter.is_active():
        ready = sorter.get_ready()
        if computed := tuple(sorted(key for key in ready if key in inputs)):
            yield computed
        sorter.done(*ready)


class Known(NamedTuple):
    """What of another indicator decides whether a formula over it makes sense."""

    unit: Unit | None
    how: Definition | None
    of_index: bool = False


def check(how: Definition, unit: Unit | None, known: Mapping[str, Known]) -> Unit:
    """The unit of the formula's figures.

    Refuses (FormulaRefused) what does not exist, what does not go together, a result of another
    unit than the declared one, and (Cycle) an indicator that is computed from itself.
    """
    for reference in references(how.formula):
        if reference.indicator not in known:
            detail = f"there is no indicator {reference.indicator!r}"
            raise FormulaRefused(detail, reference.at, "unknown")
        if known[reference.indicator].of_index:
            detail = f"{reference.indicator} is an index, and indices are computed last"
            raise FormulaRefused(detail, reference.at, "index")
    if leading(how.formula) is None:
        detail = "at least one indicator of the present period is needed"
        raise FormulaRefused(detail, 1, "present")
    inputs = {key: found.how.inputs for key, found in known.items() if found.how is not None}
    inputs[how.key] = how.inputs
    list(generations(inputs))
    found = unit_in(how.formula, {key: one.unit for key, one in known.items()})
    if unit is not None and not alike(unit, found):
        raise FormulaRefused(f"this gives {found}, and the unit is {unit}", 1, "unit")
    return found


def checked(new: NewFormulaCheck, known: Mapping[str, Known]) -> tuple[Definition, Unit]:
    """A formula that is only tried out, and its unit; refuses it like one that is to be stored."""
    try:
        how = Definition("", parse(new.formula), new.denominator_lag)
        unit = unit_of(new.unit["de"]) if new.unit is not None else None
        return how, check(how, unit, known)
    except FormulaRefused as refused:
        raise Invalid(str(refused), pointer="/formula", code=refused.code) from None


def lineage(key: str, steps: Mapping[str, LineageStep], indices: Sequence[str]) -> Lineage:
    """What the indicator is computed from and what is computed from it, nearest first."""
    uses: dict[str, list[str]] = defaultdict(list)
    for step in steps.values():
        for named in step.computed_from:
            uses[named].append(step.indicator)
    own = steps[key]
    return Lineage(
        indicator=key,
        formula=own.formula,
        computed_from=own.computed_from,
        sources=_reached(key, lambda at: steps[at].computed_from, steps),
        uses=_reached(key, lambda at: uses[at], steps),
        indices=list(indices),
    )


def _reached(
    key: str, onward: Callable[[str], Iterable[str]], steps: Mapping[str, LineageStep]
) -> list[LineageStep]:
    away, now = {key: 0}, [key]
    while now:
        found = {there for at in now for there in onward(at) if there in steps} - away.keys()
        away |= dict.fromkeys(found, away[now[0]] + 1)
        now = sorted(found)
    ordered = sorted(away.items(), key=lambda item: (item[1], item[0]))
    return [steps[at].model_copy(update={"steps": n}) for at, n in ordered if n]


def samples(
    definition: Definition, given: Sequence[Given], period: str | None
) -> list[FormulaSample]:
    """Some figures of the formula, the newest first; `given` is sorted by area."""
    made = [
        figure
        for _, of_area in groupby(given, key=lambda figure: figure.area)
        for figure in computed(definition, of_area)
        if period is None or figure.period == period
    ]
    made.sort(key=lambda figure: (figure.area, figure.breakdown))
    made.sort(key=lambda figure: figure.period_end, reverse=True)
    return [
        FormulaSample.model_validate(
            {**figure._asdict(), "basis": json.loads(figure.basis or "{}")}
        )
        for figure in made[:MOST_SAMPLES]
    ]

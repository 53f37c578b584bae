"""What a recipe may be, and the indicators it brings along: pure functions."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any, Protocol

from services.contracts.indicators.catalogue import NewIndicator, Periodicity
from services.contracts.indicators.indices import ExcludedBelow, NewIndex
from services.contracts.indicators.protection import ProtectionRule
from services.contracts.shared.base import Language, Texts, Visibility
from services.indicators.deliveries.rules import attributes_of
from services.indicators.indices.method.candidates import named
from services.indicators.indices.method.scores import weights_of
from services.indicators.periods import PeriodRefused, parse_period
from services.kit.problems import Conflict, Invalid

FOLLOWS = ("name", "polarity", "topic", "source", "visibility")
"""What the indicators of an index take over from it when it changes."""
RESERVED = frozenset({"presets"})
_WIDER = {Visibility.public: 0, Visibility.members: 1, Visibility.administration: 2}
_UNIT: Texts = {"de": "Indexpunkte", "en": "index points"}
_HALVES: tuple[dict[Language, str], ...] = (
    {"de": "Status", "en": "status", "it": "stato"},
    {"de": "Dynamik", "en": "dynamics", "it": "dinamica"},
)
_OPEN = "Nur aus gezeigten Werten berechnet."


class Known(Protocol):
    """What of a stored indicator a recipe is held against."""

    key: str
    kind: str
    visibility: str
    computed: bool
    formula: str | None


def indicators_of(recipe: NewIndex) -> list[str]:
    """Every indicator the recipe names."""
    return named(recipe)


def figures_of(recipe: NewIndex) -> tuple[str, str | None]:
    """The indicators of which the figures of state and dynamics are."""
    return f"{recipe.key}-status", f"{recipe.key}-dynamics" if recipe.dynamics else None


def indicators_for(recipe: NewIndex) -> list[NewIndicator]:
    """The indicators of state and dynamics, so that maps, tables and files have them."""
    made = []
    for key, words in zip(figures_of(recipe), _HALVES, strict=True):
        if key is not None:
            name = {lang: f"{text[:280]}: {words[lang]}" for lang, text in recipe.name.items()}
            made.append(
                NewIndicator(
                    key=key,
                    name=name,
                    unit=_UNIT,
                    kind="index",
                    computed=True,
                    decimals=3,
                    polarity=recipe.polarity,
                    topic=recipe.topic,
                    source=recipe.source,
                    periodicity=Periodicity.irregular,
                    protection=ProtectionRule(kind="none", reason=_OPEN),
                    visibility=recipe.visibility,
                )
            )
    return made


def is_of_index(known: Known) -> bool:
    """Whether its figures are those of an index."""
    return known.computed and known.kind == "index" and known.formula is None


def check_own(wanted: NewIndicator, there: Known) -> None:
    """Refuse an index whose indicator exists already and is something else."""
    if not is_of_index(there):
        detail = f"There is an indicator {wanted.key} already, which is no index."
        raise Conflict(detail, pointer="/key", code="taken")


def check(recipe: NewIndex, known: Mapping[str, Known]) -> None:
    """Refuse what is not there, is seen by fewer than the index, or names no period."""
    if recipe.key in RESERVED:
        raise Invalid(f"{recipe.key!r} is an address.", pointer="/key", code="reserved")
    for pointer, key in _named(recipe):
        if key not in known:
            raise Invalid(f"There is no indicator {key!r}.", pointer=pointer, code="unknown")
        if _WIDER[Visibility(known[key].visibility)] > _WIDER[recipe.visibility]:
            detail = f"{key} may be seen by fewer than the index."
            raise Invalid(detail, pointer=pointer, code="visibility")
        if is_of_index(known[key]):
            detail = f"{key} holds the figures of an index; indices are not made of indices."
            raise Invalid(detail, pointer=pointer, code="index")
    for n, one in enumerate(recipe.components):
        _check_breakdown(one.breakdown, f"/components/{n}/breakdown")
    for n, exclusion in enumerate(recipe.exclusions):
        if isinstance(exclusion, ExcludedBelow):
            _check_breakdown(exclusion.breakdown, f"/exclusions/{n}/breakdown")
    for field in ("base_period", "first_period", "last_period"):
        _check_period(getattr(recipe, field), f"/{field}")


def _named(recipe: NewIndex) -> list[tuple[str, str]]:
    found = []
    for n, one in enumerate(recipe.components):
        found.append((f"/components/{n}/indicator", one.indicator))
        if one.change is not None:
            found.append((f"/components/{n}/change", one.change))
    for n, exclusion in enumerate(recipe.exclusions):
        if isinstance(exclusion, ExcludedBelow):
            found.append((f"/exclusions/{n}/indicator", exclusion.indicator))
    if recipe.aggregation is not None:
        found.append(("/aggregation/weight", recipe.aggregation.weight))
    return found


def _check_breakdown(text: str, pointer: str) -> None:
    try:
        attributes_of(text)
    except ValueError as refused:
        raise Invalid(str(refused), pointer=pointer, code="breakdown") from None


def _check_period(text: str | None, pointer: str) -> None:
    try:
        _ = text is not None and parse_period(text)
    except PeriodRefused as refused:
        raise Invalid(str(refused), pointer=pointer, code="period") from None


def check_levels(recipe: NewIndex, positions: Mapping[str, int]) -> None:
    """Refuse upper levels that do not exist or lie below the level of the index.

    `positions` gives the rank of each level from the top.
    """
    own = positions.get(recipe.level)
    if own is None:
        raise Invalid(f"There is no level {recipe.level!r}.", pointer="/level", code="unknown")
    for n, level in enumerate(recipe.aggregation.levels if recipe.aggregation else []):
        pointer = f"/aggregation/levels/{n}"
        if level not in positions:
            raise Invalid(f"There is no level {level!r}.", pointer=pointer, code="unknown")
        if positions[level] >= own:
            raise Invalid(f"{level} is not above {recipe.level}.", pointer=pointer, code="order")


def weights(recipe: NewIndex, other: Mapping[str, Decimal]) -> list[float]:
    """The weights with the given ones in their place, as of `weights_of`.

    Refuses what is no component, and that all of them are left out.
    """
    components: Collection[str] = {one.indicator for one in recipe.components}
    for key in other:
        if key not in components:
            detail = f"{key} is no component of the index."
            raise Invalid(detail, pointer=f"/weights/{key}", code="unknown")
    pairs: list[tuple[Any, float]] = list(zip(recipe.components, weights_of(recipe), strict=True))
    made = [
        float(other[one.indicator]) * (1 if now > 0 else -1) if one.indicator in other else now
        for one, now in pairs
    ]
    if not any(made):
        raise Invalid("One weight has to be above 0.", pointer="/weights", code="zero")
    return made

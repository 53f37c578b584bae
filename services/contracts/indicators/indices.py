"""Indices as data: the recipe by which several indicators become one (Indizes, Indexrezept)."""

from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, StringConstraints, ValidationInfo, field_validator

from services.contracts.indicators.catalogue import Polarity, Source
from services.contracts.indicators.index_methods import (
    ClassBy,
    Combination,
    Direction,
    NormaliseWithin,
    Standardisation,
)
from services.contracts.shared.base import (
    Key,
    LongTexts,
    Prose,
    Request,
    Stored,
    Texts,
    Visibility,
    example,
)

_PAIR = r"[A-Za-z0-9_.\-]{1,40}=[A-Za-z0-9_.\-]{1,40}"
BreakdownText = Annotated[
    str,
    StringConstraints(pattern=rf"^({_PAIR}(&{_PAIR})*)?$", max_length=300),
    Field(description="Such as `ALT=U15`; empty is the total."),
]
ClassCode = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9+/\-]{1,10}$"),
    Field(description="Short sign of the class: `1`, `+/-`. Those of both matrices make groups."),
]
PeriodText = Annotated[
    str, StringConstraints(pattern=r"^[0-9]{4}(-[0-9A-Z\-]{2,5})?$"), Field(description="A period.")
]

Weight = Annotated[Decimal, Field(gt=0, le=1000, max_digits=10, decimal_places=6)]


class Component(Request):
    """An indicator that goes into an index."""

    model_config = example(
        indicator="arbeitslosenanteil",
        breakdown="",
        direction="raises",
        weight="1",
        change=None,
    )

    indicator: Key
    breakdown: BreakdownText = ""
    direction: Direction = Direction.raises
    weight: Weight = Decimal(1)
    change: Annotated[
        Key | None,
        Field(
            description="Indicator whose figures are the change; null: the difference is computed."
        ),
    ] = None


class ClassLimit(Request):
    """A class; in ascending order, the last without limit."""

    model_config = example(
        code="2", label={"de": "mittel", "en": "medium"}, up_to="1", including=True
    )

    code: ClassCode
    label: Texts
    up_to: Annotated[
        Decimal | None,
        Field(max_digits=12, decimal_places=6, description="Unrounded values are compared."),
    ] = None
    including: Annotated[
        bool, Field(description="Whether the limit itself belongs to this class or to the next.")
    ] = True


def _ascending(classes: list[ClassLimit]) -> list[ClassLimit]:
    limits = [one.up_to for one in classes]
    if limits[-1] is not None or None in limits[:-1]:
        raise ValueError("the last class, and only that one, has no limit")
    bounds = [limit for limit in limits if limit is not None]
    if any(a >= b for a, b in pairwise(bounds)):
        raise ValueError("the limits are not ascending")
    if len({one.code for one in classes}) < len(classes):
        raise ValueError("two classes have the same code")
    return classes


Classes = Annotated[
    list[ClassLimit], Field(min_length=2, max_length=12), AfterValidator(_ascending)
]


class ExcludedAreas(Request):
    """Areas that are left out before standardising, because they would distort it."""

    model_config = example(
        kind="areas",
        areas=["10010203"],
        periods=[],
        reason="Outlier: collective accommodation.",
    )

    kind: Literal["areas"] = "areas"
    areas: list[Key] = Field(min_length=1, max_length=5000)
    periods: list[PeriodText] = Field(default=[], max_length=200, description="Empty: always.")
    reason: Prose


class ExcludedBelow(Request):
    """Areas in which an indicator falls below a minimum, such as fewer than 300 inhabitants."""

    model_config = example(
        kind="below",
        indicator="bevoelkerung",
        breakdown="",
        minimum="300",
        also_before=True,
        reason="Fewer than 300 inhabitants.",
    )

    kind: Literal["below"]
    indicator: Key
    breakdown: BreakdownText = ""
    minimum: Annotated[Decimal, Field(gt=0, max_digits=14, decimal_places=4)]
    also_before: Annotated[
        bool, Field(description="Or in the period with which the dynamics compare.")
    ] = True
    reason: Prose


Exclusion = Annotated[ExcludedAreas | ExcludedBelow, Field(discriminator="kind")]


class Dynamics(Request):
    """The index of the changes over some periods (Dynamik), made like that of the state."""

    model_config = example(
        periods=2,
        classes=[
            {"code": "+", "label": {"de": "positiv"}, "up_to": "-1", "including": False},
            {"code": "+/-", "label": {"de": "stabil"}, "up_to": "1", "including": True},
            {"code": "-", "label": {"de": "negativ"}, "up_to": None, "including": True},
        ],
    )

    periods: int = Field(ge=1, le=20, description="Over how many periods of their frequency.")
    classes: Classes


class Aggregation(Request):
    """The index of upper areas: sums of their areas, weighted, standardised among themselves."""

    model_config = example(levels=["bezirksregion"], weight="bevoelkerung")

    levels: list[Key] = Field(min_length=1, max_length=5)
    weight: Annotated[Key, Field(description="The indicator to weight with: the population.")]


class NewIndex(Request):
    """An index (Index): its recipe. Its figures are computed at release."""

    model_config = example(
        key="soziale-lage",
        name={"de": "Index soziale Lage", "en": "Social situation index"},
        description=None,
        topic="soziale-lage",
        source={"publisher": "Sozialplanung", "table": None, "licence": "dl-de/by-2-0"},
        polarity="lower_is_better",
        level="statistischer-bezirk",
        components=[
            {"indicator": "arbeitslosenanteil", "weight": "1", "direction": "raises"},
            {"indicator": "kinderarmut", "weight": "1", "direction": "raises"},
        ],
        standardisation="z_population",
        normalise_within="period",
        base_period=None,
        combination="sum",
        restandardise=True,
        exclusions=[
            {
                "kind": "below",
                "indicator": "bevoelkerung",
                "minimum": "300",
                "reason": "Fewer than 300 inhabitants.",
            }
        ],
        class_by="value",
        classes=[
            {"code": "1", "label": {"de": "hoch"}, "up_to": "-1", "including": False},
            {"code": "2", "label": {"de": "mittel"}, "up_to": "1", "including": True},
            {"code": "3", "label": {"de": "niedrig"}, "up_to": "1.5", "including": True},
            {"code": "4", "label": {"de": "sehr niedrig"}, "up_to": None, "including": True},
        ],
        dynamics=None,
        aggregation=None,
        first_period=None,
        last_period=None,
        visibility="public",
    )

    key: Annotated[Key, StringConstraints(max_length=60)]
    name: Texts
    description: LongTexts | None = None
    topic: Annotated[Key | None, Field(description="Key of the topic it belongs to.")] = None
    source: Source
    polarity: Polarity = Polarity.lower_is_better
    level: Annotated[Key, Field(description="The level of areas that are compared.")]
    components: list[Component] = Field(min_length=1, max_length=40)
    standardisation: Standardisation = Standardisation.z_population
    normalise_within: Annotated[NormaliseWithin, Field(validate_default=True)] = (
        NormaliseWithin.period
    )
    base_period: Annotated[
        PeriodText | None,
        Field(validate_default=True, description="The period to normalise with, if one is."),
    ] = None
    combination: Combination = Combination.sum
    restandardise: bool = Field(
        default=True, description="Whether the sums are standardised once more: mean 0, SD 1."
    )
    exclusions: list[Exclusion] = Field(default=[], max_length=50)
    class_by: ClassBy = ClassBy.value
    classes: Classes
    dynamics: Dynamics | None = None
    aggregation: Aggregation | None = None
    first_period: PeriodText | None = None
    last_period: PeriodText | None = None
    visibility: Visibility = Visibility.public

    @field_validator("components")
    @classmethod
    def _each_once(cls, components: list[Component]) -> list[Component]:
        named = {(one.indicator, one.breakdown) for one in components}
        if len(named) < len(components):
            raise ValueError("a component is named twice")
        return components

    @field_validator("normalise_within")
    @classmethod
    def _ranks_have_no_base(cls, within: NormaliseWithin, info: ValidationInfo) -> Any:
        ranks = info.data.get("standardisation") is Standardisation.ranks
        if ranks and within is NormaliseWithin.base_period:
            raise ValueError("ranks cannot be those of another period")
        return within

    @field_validator("base_period")
    @classmethod
    def _base_goes_with_its_mode(cls, base: str | None, info: ValidationInfo) -> str | None:
        wanted = info.data.get("normalise_within") is NormaliseWithin.base_period
        if wanted != (base is not None):
            raise ValueError("a base period goes with normalise_within base_period")
        return base


class Index(Stored, NewIndex):
    """An index as it is stored."""

    model_config = {**Stored.model_config, **NewIndex.model_config, "extra": "ignore"}

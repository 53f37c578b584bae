"""Changes of the territory and how figures cross them (Gebietsänderungen, Umsteigeschlüssel)."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from services.contracts.shared.base import (
    Answer,
    Key,
    Line,
    Prose,
    Request,
    Stored,
    Texts,
    Visibility,
    example,
    shortest,
)


class WeightKind(StrEnum):
    """By what an area is divided when its figures are (Gewicht)."""

    population = "population"
    area = "area"
    addresses = "addresses"
    households = "households"


class WeightMethod(StrEnum):
    """Where shares come from: delivered, a count of the new areas, their shapes, or nowhere."""

    given = "given"
    indicator = "indicator"
    geometry = "geometry"
    equal = "equal"


class MoveKind(StrEnum):
    """What happens to an area (Art der Gebietsänderung)."""

    merging = "merge"
    splitting = "split"
    transfer = "transfer"
    renaming = "renaming"


class Weighting(Request):
    """How the shares of one kind came about; figures that rest on them are `estimated`.

    `indicator`: as large as the published counts of the new areas in that period. `geometry`: by
    the part of the surface (the shapes must be real ones). `equal`: nothing is known, each part is
    taken for equally large. Shares that a move states itself are kept under each method.
    """

    model_config = example(
        kind="population",
        method="indicator",
        indicator="bevoelkerung",
        period="2021-06-30",
        note="Inhabitants of the new planning areas half a year later.",
    )

    kind: WeightKind
    method: WeightMethod = WeightMethod.given
    indicator: Annotated[
        Key | None,
        Field(validate_default=True, description="The count; for the method `indicator`."),
    ] = None
    period: Annotated[
        str | None,
        Field(
            max_length=20,
            validate_default=True,
            description="The period of the count; for the method `indicator`.",
        ),
    ] = None
    note: Annotated[Line | None, Field(description="What a reader should know of it.")] = None

    @field_validator("indicator", "period")
    @classmethod
    def _only_of_a_count(cls, value: str | None, info: ValidationInfo) -> str | None:
        by_count = info.data.get("method") == WeightMethod.indicator
        if by_count and value is None:
            raise ValueError(f"the method indicator needs its {info.field_name}")
        if not by_count and value is not None:
            raise ValueError(f"only the method indicator has an {info.field_name}")
        return value


Share = Annotated[
    Decimal,
    Field(ge=0, le=1, max_digits=13, decimal_places=12, description="Part of the whole, 0 to 1."),
    AfterValidator(shortest),
]
Shares = Annotated[dict[WeightKind, Share], Field(max_length=len(WeightKind))]


class Move(Request):
    """What goes from an area to another; one to itself is what stays."""

    model_config = example(
        from_area="eisenach", to_area="wartburgkreis", shares={"population": "1"}, back={}
    )

    from_area: Annotated[Key, Field(description="An area of the day before.")]
    to_area: Annotated[Key, Field(description="An area of the day itself.")]
    shares: Annotated[
        Shares,
        Field(
            description="The part of `from_area` that goes here, by kind; together 1. Not needed "
            "where all of it goes to one area."
        ),
    ] = {}
    back: Annotated[
        Shares,
        Field(
            description="The part of `to_area` that came from here, by kind; together 1. Makes it "
            "possible to go back from an area that came from several."
        ),
    ] = {}


_EISENACH = {
    "key": "eisenach-2021",
    "title": {
        "de": "Eingliederung der Stadt Eisenach in den Wartburgkreis",
        "en": "Eisenach joins the Wartburgkreis",
    },
    "valid_from": "2021-07-01",
    "source": "Amtliche Gebietsänderungen 2021",
    "note": None,
    "weighting": [{"kind": "population", "method": "given"}],
    "moves": [{"from_area": "eisenach", "to_area": "wartburgkreis", "shares": {"population": "1"}}],
    "visibility": "public",
}


class NewCrosswalk(Request):
    """A change of the territory on a day: which area went where (Gebietsänderung)."""

    model_config = example(**_EISENACH)

    key: Key
    title: Texts
    valid_from: Annotated[date, Field(description="The first day of the new territory.")]
    source: Annotated[Line, Field(description="Law, resolution or table that says so.")]
    note: Prose | None = None
    weighting: Annotated[
        list[Weighting],
        Field(
            min_length=1,
            max_length=len(WeightKind),
            description="The kinds of shares; the first is used unless another is asked for.",
        ),
    ] = [Weighting(kind=WeightKind.population)]
    moves: Annotated[list[Move], Field(min_length=1, max_length=20_000)]
    visibility: Visibility = Visibility.public

    @field_validator("weighting")
    @classmethod
    def _each_kind_once(cls, weighting: list[Weighting]) -> list[Weighting]:
        if len({one.kind for one in weighting}) < len(weighting):
            raise ValueError("a kind of shares is listed twice")
        return weighting


class Crossing(Answer):
    """A move as figures go by it: with its kind and all its shares."""

    model_config = example(
        from_area="eisenach",
        to_area="wartburgkreis",
        kind="merge",
        shares={"population": "1"},
        back={},
    )

    from_area: Key
    to_area: Key
    kind: MoveKind = Field(
        description="A merge is exact, a split an estimate; in a transfer a part goes to an area "
        "that also has others."
    )
    shares: Shares
    back: Shares = Field(description="Empty where nobody knows what part came from here.")


class Crosswalk(Stored, NewCrosswalk):
    """A crosswalk as it is stored (Umsteigeschlüssel)."""

    model_config = {
        **Stored.model_config,
        **example(
            **_EISENACH,
            crossings=[
                {
                    "from_area": area,
                    "to_area": "wartburgkreis",
                    "kind": "merge",
                    "shares": {"population": "1"},
                    "back": {},
                }
                for area in ("eisenach", "wartburgkreis")
            ],
            without_origin=[],
        ),
        "extra": "ignore",
    }

    crossings: Sequence[Crossing] = Field(
        description="The moves with what follows from them: areas that stay and get something "
        "cross to themselves."
    )
    without_origin: list[Key] = Field(
        description="Areas that begin on this day and get nothing from any other: in the new "
        "territory they have no figures of the time before."
    )


class ImportedCrosswalk(Answer):
    """What an import of a table of matches made."""

    crosswalk: Crosswalk
    ignored: int = Field(description="Entries whose codes are of no area of the level.")
    ignored_codes: list[str] = Field(description="The first fifty of them.")

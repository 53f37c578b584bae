"""What an index says of areas, and why (Indexergebnisse, Erläuterung)."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field, WithJsonSchema

from services.contracts.indicators.index_methods import Direction
from services.contracts.indicators.indices import ClassLimit, PeriodText
from services.contracts.shared.base import Answer, Key, Request, Texts, example

Rounded = Annotated[float, WithJsonSchema({"type": "number"})]


class IndexColumns(Answer):
    """Columns of the same length: the n-th entries of all belong together."""

    area: list[str]
    level: list[str]
    period: list[str]
    value: list[Rounded | None]
    class_code: list[str | None]
    dynamics: list[Rounded | None]
    dynamics_class: list[str | None]
    group: list[str | None] = Field(description="Class of the state and of the dynamics: `4-`.")
    excluded: list[str | None] = Field(
        description=(
            "Why an area has no value: `areas` or `below` (left out by the recipe), `missing` (a "
            "component has no figure), `hidden` (a component is confidential), `too_few`."
        )
    )
    reason: list[str | None] = Field(description="The reason that the recipe gives.")


class IndexResults(Answer):
    """The results of an index (Indexergebnisse)."""

    model_config = example(
        index="soziale-lage",
        release=3,
        revision=1,
        classes=[{"code": "2", "label": {"de": "mittel"}, "up_to": "1", "including": True}],
        dynamics_classes=[],
        columns={
            "area": ["lobeda-west"],
            "level": ["statistischer-bezirk"],
            "period": ["2024-12-31"],
            "value": [0.412],
            "class_code": ["2"],
            "dynamics": [None],
            "dynamics_class": [None],
            "group": [None],
            "excluded": [None],
            "reason": [None],
        },
    )

    index: str
    release: int | None = Field(description="The release it was computed with; null: none yet.")
    revision: int | None = Field(description="The revision of the recipe it was computed by.")
    classes: list[ClassLimit]
    dynamics_classes: list[ClassLimit]
    columns: IndexColumns


class MatrixCell(Answer):
    """The areas of one class of the state and one of the dynamics."""

    group: str
    status: str
    dynamics: str
    label: Texts
    count: int
    areas: list[str]


class IndexMatrix(Answer):
    """Areas by state and dynamics (Gruppenmatrix)."""

    model_config = example(
        index="mss",
        period="2018-12-31",
        release=3,
        cells=[
            {
                "group": "4-",
                "status": "4",
                "dynamics": "-",
                "label": {"de": "sehr niedrig, negativ"},
                "count": 1,
                "areas": ["12302212"],
            }
        ],
        not_classified=11,
    )

    index: str
    period: str | None
    release: int | None
    cells: list[MatrixCell] = Field(description="Row by row, also those without an area.")
    not_classified: int = Field(description="Areas that are left out, hidden or without figures.")


class LimitDistance(Answer):
    """How far the next class is; null where there is none on that side."""

    class_code: str
    limit: Rounded
    distance: Rounded = Field(description="In units of the index; never negative.")


class WeightFlip(Answer):
    """The smallest change of this one weight that puts the area into another class."""

    weight: Rounded
    change: Rounded
    class_code: str


class ExplainedComponent(Answer):
    """What one component does to the value; standard scores rounded to hundredths."""

    indicator: str
    name: Texts | None = Field(description="Null where the indicator is not for you to see.")
    breakdown: str
    figure: Decimal | None = Field(description="The published figure, or change of figures.")
    direction: Direction
    weight: Rounded
    score: Rounded = Field(description="The standardised figure, such as its z value.")
    contribution: Rounded = Field(description="Score x weight with its sign.")
    value_without: Rounded | None = Field(description="The index without this component.")
    class_without: str | None
    flip: WeightFlip | None = Field(description="Null: no weight of it alone changes the class.")


class Explained(Answer):
    """How a value comes about."""

    value: Rounded
    class_code: str
    label: Texts
    sum: Rounded = Field(description="Of the contributions, or their weighted mean.")
    areas: int = Field(description="How many areas were standardised together.")
    components: list[ExplainedComponent]
    below: LimitDistance | None
    above: LimitDistance | None


class IndexExplanation(Answer):
    """Why an area is in its class (Erläuterung)."""

    model_config = example(
        index="soziale-lage",
        area="lobeda-west",
        level="statistischer-bezirk",
        period="2024-12-31",
        release=3,
        revision=1,
        group=None,
        excluded=None,
        reason=None,
        status={
            "value": 0.412,
            "class_code": "2",
            "label": {"de": "mittel"},
            "sum": 0.77,
            "areas": 25,
            "components": [
                {
                    "indicator": "kinderarmut",
                    "name": {"de": "Kinderarmut"},
                    "breakdown": "",
                    "figure": "18.2",
                    "direction": "raises",
                    "weight": 1.0,
                    "score": 0.77,
                    "contribution": 0.77,
                    "value_without": 0.1,
                    "class_without": "2",
                    "flip": {"weight": 2.4, "change": 1.4, "class_code": "3"},
                }
            ],
            "below": {"class_code": "1", "limit": -1.0, "distance": 1.412},
            "above": {"class_code": "3", "limit": 1.0, "distance": 0.588},
        },
        dynamics=None,
    )

    index: str
    area: str
    level: str
    period: str
    release: int
    revision: int
    group: str | None
    excluded: str | None
    reason: str | None
    status: Explained | None
    dynamics: Explained | None


class NewIndexPreview(Request):
    """Other weights, to be tried out on published figures; nothing is stored."""

    model_config = example(weights={"kinderarmut": "2"}, period=None)

    weights: Annotated[
        dict[Key, Annotated[Decimal, Field(ge=0, le=1000, max_digits=10, decimal_places=6)]],
        Field(min_length=1, max_length=40, description="By component; 0 leaves it out."),
    ]
    period: Annotated[PeriodText | None, Field(description="Null: the newest.")] = None


class PreviewColumns(Answer):
    """Columns of the same length; `..._now` is by the stored weights, as a release has it.

    What other weights change is computed from shown figures and added to it.
    """

    area: list[str]
    value: list[Rounded | None]
    value_now: list[Rounded | None]
    class_code: list[str | None]
    class_now: list[str | None]
    group: list[str | None]
    group_now: list[str | None]


class IndexPreview(Answer):
    """What other weights would mean (Vorschau)."""

    model_config = example(
        index="soziale-lage",
        period="2024-12-31",
        moved=["winzerla"],
        columns={
            "area": ["winzerla"],
            "value": [1.2],
            "value_now": [0.9],
            "class_code": ["3"],
            "class_now": ["2"],
            "group": [None],
            "group_now": [None],
        },
    )

    index: str
    period: str | None
    moved: list[str] = Field(description="Areas that would be in another class.")
    columns: PreviewColumns

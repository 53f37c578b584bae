"""What else has to be published of a grant of the Union (Angaben zur Veröffentlichung).

The codes and texts that Article 49(3) of Regulation (EU) 2021/1060 asks for and a grant does not
hold.
"""

from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints

from services.contracts.projects.operations import (
    Cci,
    Fund,
    InterventionCode,
    Nuts,
    ProgrammingPeriod,
)
from services.contracts.shared.base import (
    Key,
    Line,
    LongTexts,
    Request,
    Stored,
    Visibility,
    example,
)


class NewGrantDisclosure(Request):
    """What else has to be published of a grant of the Union (Angaben zur Veröffentlichung).

    The codes and texts that Article 49(3) of Regulation (EU) 2021/1060 asks for and a grant does
    not hold. What is not known is null, and the grant is then left out of the export that needs it.
    """

    model_config = example(
        key="jena-armutspraevention-2016",
        grant="jena-armutspraevention-2016",
        programming_period="2014-2020",
        fund="ESF",
        cci="2014DE05SFOP014",
        intervention_code=109,
        specific_objective=None,
        postcode="07743",
        nuts="DEG03",
        summary={"de": "Entwicklung einer Strategie zur Vermeidung von Armut."},
        visibility="public",
    )

    key: Key
    grant: Annotated[Key, Field(description="Key of the grant; one disclosure for each.")]
    programming_period: ProgrammingPeriod | None = None
    fund: Fund | None = None
    cci: Cci | None = None
    intervention_code: InterventionCode | None = None
    specific_objective: Line | None = None
    postcode: Annotated[
        Annotated[str, StringConstraints(pattern=r"^[0-9]{5}$")] | None,
        Field(description="Where the operation is, with its zeros."),
    ] = None
    nuts: Nuts | None = None
    summary: Annotated[
        LongTexts | None,
        Field(description="Purpose and achievements; null: the description of the project."),
    ] = None
    visibility: Visibility = Visibility.public


class GrantDisclosure(Stored, NewGrantDisclosure):
    """What else is published of a grant, as it is stored."""

    model_config = ConfigDict(extra="ignore")

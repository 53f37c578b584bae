"""What one service knows of the things of another: enough to point to them."""

from typing import Annotated
from uuid import UUID

from pydantic import AliasChoices, Field

from services.contracts.shared.base import Answer, Texts, Visibility, example


class Named(Answer):
    """The least that an organisation, an area or a resolution tells about itself.

    What is read with its text in hand has a title there, which is its name here.
    """

    model_config = example(
        id="0193d3a4-5b6c-7d8e-9f00-112233445566",
        key="jenarbeit",
        name={"de": "jenarbeit - Jobcenter der Stadt Jena"},
        visibility="public",
    )

    id: UUID
    key: str
    name: Annotated[Texts, Field(validation_alias=AliasChoices("name", "title"))]
    visibility: Visibility = Visibility.public

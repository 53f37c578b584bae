"""What one service knows of the things of another: enough to point to them."""

from uuid import UUID

from services.contracts.shared.base import Answer, Texts, Visibility, example


class Named(Answer):
    """The least that an organisation, a body or an area tells about itself."""

    model_config = example(
        id="0193d3a4-5b6c-7d8e-9f00-112233445566",
        key="jenarbeit",
        name={"de": "jenarbeit - Jobcenter der Stadt Jena"},
        visibility="public",
    )

    id: UUID
    key: str
    name: Texts
    visibility: Visibility = Visibility.public

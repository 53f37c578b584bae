"""In which language an answer is told: in that of `lang`, or else by the header Accept-Language."""

from typing import Annotated

from fastapi import Depends, Header, Query

from services.contracts.shared.base import Language
from services.kit import negotiation

VARIES = "Accept-Language"
"""For the header `Vary` of what is told in one language."""
_SPOKEN: tuple[Language, ...] = ("de", "en", "it")


async def _language(
    lang: Annotated[
        Language | None,
        Query(description="Language of titles, names and numbers; or by `Accept-Language`."),
    ] = None,
    accept_language: Annotated[str, Header(include_in_schema=False)] = "",
) -> Language:
    return lang or negotiation.language(accept_language, _SPOKEN)


InLanguage = Annotated[Language, Depends(_language)]
"""German for who asks for none that we speak."""

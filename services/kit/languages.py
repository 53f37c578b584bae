"""In which language an answer is told: in that of `lang`, or else by the header Accept-Language."""

from typing import Annotated

from fastapi import Depends, Header, Query

from services.contracts.shared.base import GermanOrEnglish, Language
from services.kit import negotiation

VARIES = "Accept-Language"
"""For the header `Vary` of what is told in one language."""
_SPOKEN: tuple[Language, ...] = ("de", "en", "it")
_PRINTED: tuple[GermanOrEnglish, ...] = ("de", "en")


async def _language(
    lang: Annotated[
        Language | None,
        Query(description="Language of titles, names and numbers; or by `Accept-Language`."),
    ] = None,
    accept_language: Annotated[str, Header(include_in_schema=False)] = "",
) -> Language:
    return lang or negotiation.language(accept_language, _SPOKEN)


async def _german_or_english(
    lang: Annotated[
        GermanOrEnglish | None,
        Query(description="German or English; or by `Accept-Language`."),
    ] = None,
    accept_language: Annotated[str, Header(include_in_schema=False)] = "",
) -> GermanOrEnglish:
    return lang or negotiation.language(accept_language, _PRINTED)


InLanguage = Annotated[Language, Depends(_language)]
"""German for who asks for none that we speak; and for each text that is not translated."""
InGermanOrEnglish = Annotated[GermanOrEnglish, Depends(_german_or_english)]
"""The same for what is worded in these two alone."""


def told_in(language: Language, *varies: str) -> dict[str, str]:
    """Headers of what is told in one language, and of what else decides about it."""
    return {"Content-Language": language, "Vary": ", ".join((*varies, VARIES))}

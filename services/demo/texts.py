"""Short ways to write the texts of the demo."""

from services.contracts.shared.base import Language


def texts(de: str, en: str | None = None, it: str | None = None) -> dict[Language, str]:
    """A text in the languages that are known; German always is."""
    given: dict[Language, str | None] = {"de": de, "en": en, "it": it}
    return {language: text for language, text in given.items() if text is not None}

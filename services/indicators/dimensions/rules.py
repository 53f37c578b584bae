"""How codes of breakdowns are read: pure functions."""

from services.contracts.indicators.dimensions import Labels
from services.contracts.shared.base import Language
from services.kit.writing import text


def dimension_name(labels: Labels, code: str, lang: Language = "de") -> str:
    """The name of a dimension: "GES" is "Geschlecht"; its code where it has none."""
    known = labels.get(code)
    return text(known.name, lang) if known else code


def total_name(labels: Labels, code: str, lang: Language = "de") -> str:
    """What all categories of a dimension together are called."""
    known = labels.get(code)
    words = known.total if known else {"de": "Insgesamt", "en": "Total", "it": "Totale"}
    return text(words, lang)


def attribute_name(labels: Labels, code: str, attribute: str, lang: Language = "de") -> str:
    """The name of a category: "GESM" of "GES" is "männlich"; its code where it has none."""
    known = labels.get(code)
    for one in known.attributes if known else ():
        if one.code == attribute:
            return text(one.name, lang)
    return attribute

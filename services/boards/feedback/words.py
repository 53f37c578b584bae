"""The words of a feedback report that no contract holds."""

from collections.abc import Mapping

Words = Mapping[str, str]

DECISIONS: Mapping[str, Words] = {
    "accepted": {"de": "wird gefolgt", "en": "accepted", "it": "accolto"},
    "partly": {"de": "wird teilweise gefolgt", "en": "accepted in part", "it": "accolto in parte"},
    "rejected": {"de": "wird nicht gefolgt", "en": "rejected", "it": "respinto"},
}
NOTHING: Mapping[str, Words] = {
    "category": {"de": "ohne Kategorie", "en": "no category", "it": "senza categoria"},
    "area": {"de": "ohne Gebiet", "en": "no area", "it": "senza area"},
    "target_group": {"de": "ohne Angabe", "en": "not stated", "it": "non indicato"},
    "answer": {"de": "noch nicht beantwortet", "en": "not yet answered", "it": "senza risposta"},
}

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

TITLE: Words = {"de": "Rückmeldebericht", "en": "Feedback report", "it": "Rapporto di riscontro"}
SUMMARY: Words = {"de": "Was daraus wird", "en": "What became of it", "it": "Che cosa ne segue"}
NUMBERS: Words = {
    "de": "Beiträge in Zahlen",
    "en": "Contributions in numbers",
    "it": "I contributi in cifre",
}
COUNT: Words = {"de": "Beiträge", "en": "Contributions", "it": "Contributi"}
BY: Mapping[str, Words] = {
    "category": {"de": "Kategorie", "en": "Category", "it": "Categoria"},
    "area": {"de": "Gebiet", "en": "Area", "it": "Area"},
    "target_group": {"de": "Zielgruppe", "en": "Target group", "it": "Gruppo destinatario"},
    "answer": {"de": "Antwort", "en": "Answer", "it": "Risposta"},
}
TOTAL: Words = {
    "de": "Beiträge insgesamt: {total}. Stellungnahmen von Organisationen: {statements}.",
    "en": "Contributions in all: {total}. Statements of organisations: {statements}.",
    "it": "Contributi in tutto: {total}. Pareri di organizzazioni: {statements}.",
}
PROTECTED: Words = {
    "de": "* geheim gehalten: Gruppen mit weniger als {smallest} Beiträgen, und so viele andere, "
    "dass niemand sie errechnen kann.",
    "en": "* protected: groups of fewer than {smallest} contributions, and so many others that "
    "nobody can work them out.",
    "it": "* protetti: gruppi con meno di {smallest} contributi, e tanti altri quanti bastano "
    "perché nessuno possa calcolarli.",
}
PREVIEW: Words = {
    "de": "Vorschau, nicht veröffentlicht",
    "en": "Preview, not published",
    "it": "Anteprima, non pubblicata",
}
PUBLISHED: Words = {
    "de": "Veröffentlicht am {day}",
    "en": "Published on {day}",
    "it": "Pubblicato il {day}",
}

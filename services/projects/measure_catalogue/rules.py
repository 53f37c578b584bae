"""The catalogue of measures in rows: pure functions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from services.contracts.projects.measures import Measure, MeasureState
from services.contracts.projects.references import ReferenceResource
from services.contracts.shared.base import Language
from services.kit import writing
from services.kit.spreadsheets import CSV, XLSX, Cell
from services.projects.references.rules import (
    AREA,
    ORGANISATION,
    RECOMMENDATION,
    RESOLUTION,
    Place,
)

Texts = Mapping[Language, str]


@dataclass(frozen=True)
class Words:
    """Names by what they name: those of this service by table and key."""

    places: Mapping[Place, Texts]
    own: Mapping[tuple[str, str], Texts] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    """Goal -> its field of action."""


MEDIA = {"csv": CSV, "xlsx": XLSX}
TITLE: Mapping[Language, str] = {
    "de": "Maßnahmenkatalog",
    "en": "Catalogue of measures",
    "it": "Catalogo delle misure",
}
_HEADINGS: Sequence[Mapping[Language, str]] = (
    {"de": "Schlüssel", "en": "Key", "it": "Codice"},
    {"de": "Maßnahme", "en": "Measure", "it": "Misura"},
    {"de": "Stand", "en": "State", "it": "Stato"},
    {"de": "Strategie", "en": "Strategy", "it": "Strategia"},
    {"de": "Handlungsfeld", "en": "Field of action", "it": "Campo d'azione"},
    {"de": "Ziel", "en": "Goal", "it": "Obiettivo"},
    {"de": "Empfehlung", "en": "Recommendation", "it": "Raccomandazione"},
    {"de": "Beschluss", "en": "Resolution", "it": "Delibera"},
    {"de": "Verantwortlich", "en": "Responsible", "it": "Responsabile"},
    {"de": "Fachbereich", "en": "Department", "it": "Dipartimento"},
    {"de": "Zielgruppen", "en": "Target groups", "it": "Gruppi target"},
    {"de": "Gebiete", "en": "Areas", "it": "Territori"},
    {"de": "Beginn", "en": "Begins", "it": "Inizio"},
    {"de": "Ende", "en": "Ends", "it": "Fine"},
    {"de": "Mittel in Euro, soweit bekannt", "en": "Known budget in euros", "it": "Fondi noti"},
    {"de": "Ansätze ohne Betrag", "en": "Budget lines without amount", "it": "Voci senza importo"},
    {"de": "Zuwendungen", "en": "Grants", "it": "Contributi"},
)
_STATES: Mapping[MeasureState, Mapping[Language, str]] = {
    MeasureState.proposed: {"de": "vorgeschlagen", "en": "proposed", "it": "proposta"},
    MeasureState.planned: {"de": "geplant", "en": "planned", "it": "pianificata"},
    MeasureState.decided: {"de": "beschlossen", "en": "decided", "it": "deliberata"},
    MeasureState.running: {"de": "in Umsetzung", "en": "running", "it": "in corso"},
    MeasureState.suspended: {"de": "ruht", "en": "suspended", "it": "sospesa"},
    MeasureState.completed: {"de": "abgeschlossen", "en": "completed", "it": "conclusa"},
    MeasureState.withdrawn: {"de": "zurückgezogen", "en": "withdrawn", "it": "ritirata"},
}


def rows(measures: Sequence[Measure], words: Words, lang: Language) -> Iterator[list[Cell]]:
    """The headings, then one row for each measure. Where a language is missing it is German."""

    def text(texts: Texts | None, key: str | None) -> str | None:
        return writing.text(texts, lang) if texts else key

    def place(kind: ReferenceResource, key: str | None) -> str | None:
        return text(words.places.get(Place(kind, key)), key) if key else None

    yield [heading[lang] for heading in _HEADINGS]
    for one in measures:
        field = words.fields.get(one.goal or "")
        own = words.own.get
        yield [
            one.key,
            text(one.title, one.key),
            _STATES[one.state][lang],
            text(own(("strategy", one.strategy or "")), one.strategy),
            text(own(("field_of_action", field or "")), field),
            text(own(("goal", one.goal or "")), one.goal),
            place(RECOMMENDATION, one.recommendation),
            place(RESOLUTION, one.mandate),
            place(ORGANISATION, one.responsible),
            place(ORGANISATION, one.department),
            "; ".join(text(own(("target_group", key)), key) or key for key in one.target_groups),
            "; ".join(place(AREA, key) or key for key in one.areas),
            one.starts_on,
            one.ends_on,
            budget(one),
            sum(part.amount is None for part in one.budget),
            "; ".join(one.grants),
        ]


def budget(one: Measure) -> Decimal | None:
    """The sum of the amounts that are known; None when none is, which is not zero."""
    known = [part.amount for part in one.budget if part.amount is not None]
    return sum(known, Decimal(0)) if known else None

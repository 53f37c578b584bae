"""The start page: what this is, where to go, who plans here, and calls to try."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from services.gateway.pages.html import page
from services.kit import writing

_TEXTS: Mapping[str, Mapping[str, str]] = {
    "de": {
        "title": "Planraum - integrierte Sozialplanung",
        "heading": "Das Backend der integrierten Sozialplanung",
        "lead": "Aus Zahlen werden Befunde, aus Befunden Empfehlungen der Gremien, daraus "
        "Beschlüsse und geförderte Maßnahmen - und deren Wirkung zeigt sich wieder in denselben "
        "Zahlen. Alles davon ist hier über eine Schnittstelle erreichbar.",
        "go": "Wohin?",
        "docs": "Dokumentation zum Ausprobieren",
        "docs_text": "Jede Adresse mit Beispiel; mit <em>Authorize</em> anmelden und arbeiten.",
        "redoc": "Dokumentation zum Lesen",
        "redoc_text": "Dieselben Adressen als durchsuchbares Nachschlagewerk.",
        "openapi": "OpenAPI-Dokument",
        "openapi_text": "Für Programme, die sich einen Client erzeugen.",
        "problems": "Ablehnungen",
        "problems_text": "Was eine Fehlermeldung bedeutet und was zu tun ist.",
        "towns": "Kommunen",
        "oparl": "Gremien und Sitzungen als OParl 1.1",
        "none": "Noch keine Kommune eingetragen; <code>planraum demo</code> lädt zwei.",
        "calls": "Aufrufe zum Anfangen",
        "frontend": "Wer ein Frontend baut, beginnt mit <code>docs/your-first-hour.md</code> und "
        "nimmt die Clients aus <code>clients/</code>; beides liegt dem Quelltext bei.",
        "other": '<a href="/?lang=en" hreflang="en" lang="en">English</a>',
    },
    "en": {
        "title": "Planraum - integrated social planning",
        "heading": "The backend of integrated social planning",
        "lead": "Figures become evidence, evidence becomes recommendations of boards, these become "
        "resolutions and funded measures - and their effect shows in the same figures again. All "
        "of it is within reach here, through one API.",
        "go": "Where to?",
        "docs": "Documentation to try out",
        "docs_text": "Every address with an example; sign in with <em>Authorize</em> and work.",
        "redoc": "Documentation to read",
        "redoc_text": "The same addresses as a searchable reference.",
        "openapi": "OpenAPI document",
        "openapi_text": "For programs that generate a client.",
        "problems": "Refusals",
        "problems_text": "What an error means and what to do about it.",
        "towns": "Municipalities",
        "oparl": "Bodies and meetings as OParl 1.1",
        "none": "No municipality is registered yet; <code>planraum demo</code> loads two.",
        "calls": "Calls to begin with",
        "frontend": "To build a frontend, begin with <code>docs/your-first-hour.md</code> and take "
        "the clients from <code>clients/</code>; both come with the source.",
        "other": '<a href="/?lang=de" hreflang="de" lang="de">Deutsch</a>',
    },
}

_PLANNER = "$(.venv/bin/planraum token --municipality jena --role planner)"
CALLS: Sequence[tuple[str, str, str, bool]] = (
    ("/v1/municipalities", "Wer hier plant", "Who plans here", False),
    ("/v1/jena/bodies", "Gremien der Stadt Jena", "Bodies of the city of Jena", False),
    ("/v1/jena/indicators", "Kennzahlen und ihre Quellen", "Indicators and their sources", False),
    (
        "/v1/jena/search?q=Armutspr%C3%A4vention",
        "Suche in allem, was man lesen darf",
        "Search in all that one may read",
        False,
    ),
    (
        "/v1/wartburgkreis/grants",
        "Zuwendungen im Wartburgkreis",
        "Grants of the Wartburgkreis",
        False,
    ),
    (
        "/v1/jena/thread?of=grant:armutspraevention-2016",
        "Der rote Faden: woher eine Zuwendung kommt und was aus ihr wurde",
        "The red thread: where a grant comes from and what became of it",
        False,
    ),
    (
        "/v1/jena/organisations/jenarbeit/history",
        "Frühere Fassungen, für Angemeldete",
        "Earlier states, for those who sign in",
        True,
    ),
)
"""Address, German and English words, does one sign in for it?"""


@dataclass(frozen=True)
class Town:
    """A municipality as the page shows it."""

    key: str
    name: Mapping[str, str]
    state: Mapping[str, str]

    @classmethod
    def of(cls, key: str, name: str, state: str) -> "Town":
        """From a row whose language maps are JSON."""
        return cls(key, json.loads(name), json.loads(state))


def language_of(asked: str | None, accept_language: str) -> str:
    """`asked` when we speak it, else the first of Accept-Language that we speak, else German."""
    wanted = [asked or "", *(part.strip()[:2].lower() for part in accept_language.split(","))]
    return next((language for language in wanted if language in _TEXTS), "de")


def start(language: str, base: str, towns: Sequence[Town]) -> str:
    """The page in German (de) or English (en); `base` is the address of this installation."""
    texts = _TEXTS[language]
    body = f"""<h1>{texts["heading"]}</h1>
<p class="lead">{texts["lead"]}</p>
<h2>{texts["go"]}</h2>
<ul class="cards">
{_card("/docs", texts["docs"], texts["docs_text"])}
{_card("/redoc", texts["redoc"], texts["redoc_text"])}
{_card("/openapi.json", texts["openapi"], texts["openapi_text"])}
{_card("/problems", texts["problems"], texts["problems_text"])}
</ul>
<h2>{texts["towns"]}</h2>
{_towns(towns, language) or f'<p class="soft">{texts["none"]}</p>'}
<h2>{texts["calls"]}</h2>
{_calls(base, language)}
<p>{texts["frontend"]}</p>"""
    return page(texts["title"], language, body, texts["other"])


def _card(address: str, title: str, text: str) -> str:
    return f'<li><strong><a href="{address}">{title}</a></strong><p>{text}</p></li>'


def _towns(towns: Sequence[Town], language: str) -> str:
    cards = []
    for town in towns:
        name = escape(writing.text(town.name, language))
        state = escape(writing.text(town.state, language))
        link = f'<a href="/v1/municipalities/{town.key}">{name}</a>'
        at = f'<p class="soft">{state}</p><code>/v1/{town.key}/...</code>'
        oparl = f'<p><a href="/oparl/v1.1/{town.key}">{_TEXTS[language]["oparl"]}</a></p>'
        cards.append(f"<li><strong>{link}</strong>{at}{oparl}</li>")
    return f'<ul class="cards">{"".join(cards)}</ul>' if cards else ""


def _calls(base: str, language: str) -> str:
    shown = []
    for address, german, english, signed_in in CALLS:
        words = german if language == "de" else english
        token = f'-H "Authorization: Bearer {_PLANNER}" ' if signed_in else ""
        shown.append(
            f"<p>{words}</p><pre><code>curl {escape(token)}'{escape(base + address)}'</code></pre>"
        )
    return "\n".join(shown)

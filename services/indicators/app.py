"""The indicators service, put together."""

from fastapi import FastAPI

from services.indicators.areas.routes import areas
from services.indicators.catalogue.routes import catalogue
from services.indicators.deliveries.routes import deliveries
from services.indicators.disclosure.routes import disclosure
from services.indicators.imports.routes import imports
from services.indicators.levels.routes import levels
from services.indicators.observations.routes import observations, raw_observations
from services.indicators.releases.routes import releases
from services.kit import app
from services.kit.following import journal_router
from services.kit.settings import Settings

DESCRIPTION = """
What is known of the town in figures: areas and their versions, the catalogue of indicators,
deliveries with their check and approval, releases, and figures as everybody may see them
(Gebiete, Indikatorenkatalog, Datenlieferungen, Veröffentlichungsstände, Geheimhaltung).
"""
TAGS = [
    {"name": "Area levels", "description": "From the state down to the block (Gebietsebenen)."},
    {"name": "Areas", "description": "The territory in versions (Gebiete, Sozialräume)."},
    {"name": "Indicators", "description": "What is counted, of what (Indikatorenkatalog)."},
    {"name": "Deliveries", "description": "Files of figures, checked (Datenlieferungen)."},
    {"name": "Releases", "description": "Numbered states (Veröffentlichungsstände)."},
    {"name": "Disclosure control", "description": "What stays hidden (Geheimhaltung)."},
    {"name": "Observations", "description": "Figures as they may be seen (Beobachtungen)."},
]


def create_app(settings: Settings, database_url: str) -> FastAPI:
    """The app of the indicators service."""
    return app.service(
        "indicators",
        "Planraum indicators",
        DESCRIPTION,
        [
            observations,
            raw_observations,
            levels,
            imports,
            areas,
            catalogue,
            deliveries,
            releases,
            disclosure,
            journal_router(),
        ],
        settings=settings,
        database_url=database_url,
        tags=TAGS,
    )

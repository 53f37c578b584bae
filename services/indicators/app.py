"""The indicators service, put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from services.indicators.areas.routes import areas
from services.indicators.catalogue.routes import catalogue
from services.indicators.catalogue_versions.routes import versions
from services.indicators.charts.routes import charts
from services.indicators.coverage.routes import coverage
from services.indicators.deliveries.routes import deliveries
from services.indicators.derivations.routes import derivations
from services.indicators.dimensions.routes import dimensions
from services.indicators.disclosure.routes import disclosure
from services.indicators.due.routes import due
from services.indicators.facilities.routes import facilities
from services.indicators.facility_imports.routes import facility_imports
from services.indicators.facility_kinds.routes import facility_kinds
from services.indicators.findings.routes import findings
from services.indicators.imports.routes import imports
from services.indicators.indices.routes import indices
from services.indicators.jobs import JOBS
from services.indicators.levels.routes import levels
from services.indicators.mappings.routes import mappings
from services.indicators.maps.routes import maps
from services.indicators.needs.routes import needs
from services.indicators.observations.routes import observations, raw_observations
from services.indicators.opendata.routes import opendata
from services.indicators.outcomes.routes import outcomes
from services.indicators.presets.routes import presets
from services.indicators.profiles.routes import profiles
from services.indicators.receiving.routes import receiving
from services.indicators.relations import RELATIONS
from services.indicators.releases.routes import releases
from services.indicators.reports.routes import reports
from services.indicators.search.declared import INDEX
from services.indicators.slots.routes import slots
from services.indicators.telling import TOLD
from services.indicators.territory.crosswalks.routes import crosswalks
from services.indicators.territory.imports.routes import imports as crosswalk_imports
from services.indicators.threads.queries import tellings
from services.indicators.topics.routes import topics
from services.indicators.withdrawals.routes import withdrawals
from services.kit import app
from services.kit.clients import InProcess, reached
from services.kit.following import journal_router
from services.kit.search.keeping import following
from services.kit.search.routes import search_router
from services.kit.search.searching import Searching
from services.kit.settings import Settings
from services.kit.telling.routes import events_router
from services.kit.threads.routes import threads_router
from services.kit.workers import Worker

DESCRIPTION = """
What is known of the town in figures: areas and their versions, the catalogue of indicators,
deliveries with their check and approval, releases, and figures as everybody may see them
(Gebiete, Indikatorenkatalog, Datenlieferungen, Veröffentlichungsstände, Geheimhaltung).
"""
TAGS = [
    {"name": "Area levels", "description": "From the state down to the block (Gebietsebenen)."},
    {"name": "Areas", "description": "The territory in versions (Gebiete, Sozialräume)."},
    {"name": "Topics", "description": "Topics, life situations (Themenfelder, Lebenslagen)."},
    {"name": "Indicators", "description": "What is counted, of what (Indikatorenkatalog)."},
    {"name": "Presets", "description": "Ready sets of indicators (Vorlagen)."},
    {"name": "Catalogue versions", "description": "As boards approve them (Katalogstände)."},
    {"name": "Dimensions", "description": "By what figures are broken down (Merkmale)."},
    {"name": "Indices", "description": "Several indicators made one, explained (Indizes)."},
    {"name": "Open data", "description": "The catalogue in DCAT-AP.de (offene Daten)."},
    {"name": "Deliveries", "description": "Files of figures, checked (Datenlieferungen)."},
    {"name": "Slots", "description": "What suppliers agreed to deliver (Lieferslots)."},
    {"name": "Mappings", "description": "How suppliers' files are read (Zuordnungen)."},
    {"name": "Releases", "description": "Numbered states (Veröffentlichungsstände)."},
    {"name": "Territory", "description": "Changes of the territory (Gebietsänderungen)."},
    {"name": "Disclosure control", "description": "What stays hidden (Geheimhaltung)."},
    {"name": "Facilities", "description": "Social infrastructure (Einrichtungen, Versorgung)."},
    {"name": "Needs analysis", "description": "Rules and what they find (Bedarfsanalyse)."},
    {"name": "Reports", "description": "Atlas and report of a release (Sozialatlas, -bericht)."},
    {"name": "Observations", "description": "Figures as they may be seen (Beobachtungen)."},
    {"name": "Maps", "description": "Figures, classes and shapes (thematische Karten)."},
    {"name": "Charts", "description": "Specification, SVG and PNG (Diagramme)."},
    {"name": "Area profiles", "description": "All that is known of one (Gebietsprofile)."},
]


def create_app(
    settings: Settings,
    database_url: str,
    peers: InProcess | None = None,
) -> FastAPI:
    """The app of the indicators service.

    `peers` gives the app of another service in this process, or None where it runs on its own.
    """

    searching = Searching(INDEX, JOBS)

    @asynccontextmanager
    async def neighbours(service: FastAPI) -> AsyncIterator[None]:
        async with reached(service.state, peers, "boards") as (service.state.boards,):
            yield

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
            dimensions,
            derivations,
            indices,
            deliveries,
            receiving,
            withdrawals,
            slots,
            mappings,
            releases,
            topics,
            opendata,
            presets,
            versions,
            crosswalk_imports,
            crosswalks,
            disclosure,
            facility_kinds,
            facility_imports,
            facilities,
            coverage,
            needs,
            findings,
            reports,
            maps,
            charts,
            profiles,
            journal_router(),
            events_router(TOLD),
            due,
            outcomes,
            search_router(searching),
            threads_router(tellings),
        ],
        settings=settings,
        database_url=database_url,
        peers=[neighbours, Worker(JOBS).working, searching.ahead],
        tags=TAGS,
        relations=RELATIONS,
        before_commit=following(INDEX),
    )

"""The boards service, put together."""

from fastapi import FastAPI

from services.boards.organisations.routes import organisations
from services.kit import app
from services.kit.following import journal_router
from services.kit.settings import Settings

DESCRIPTION = """
Who advises, who decides and who steers: organisations, bodies with their composition, seats,
members, meetings and publications of a municipality (Gremien, Sitzungen, Veröffentlichungen).
"""
TAGS = [
    {
        "name": "Organisations",
        "description": "Who sends members, runs offers, funds (Organisationen).",
    },
]


def create_app(settings: Settings, database_url: str) -> FastAPI:
    """The app of the boards service."""
    return app.service(
        "boards",
        "Planraum boards",
        DESCRIPTION,
        [organisations, journal_router()],
        settings=settings,
        database_url=database_url,
        tags=TAGS,
    )

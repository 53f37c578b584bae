"""The composition root: the only module that knows every service."""

from fastapi import FastAPI

from services.boards.app import create_app as boards
from services.kit.settings import Settings


def services(settings: Settings, database_url: str) -> dict[str, FastAPI]:
    """The services of one process, each with the others as its peers."""
    return {"boards": boards(settings, database_url)}

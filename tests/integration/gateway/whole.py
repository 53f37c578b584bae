"""A town in which every service has something that is due, and the gateway before them."""

from collections.abc import AsyncIterator, Callable
from datetime import date, timedelta
from typing import Any

import pytest
from fastapi import FastAPI

from services.contracts.shared.access import Municipality
from services.gateway.app import Gateway, create_app
from services.kit.days import today
from services.kit.settings import Settings
from tests.integration.boards.council import a_meeting, text
from tests.integration.boards.deciding import a_resolution, bodies, voted
from tests.integration.gateway.conftest import opened
from tests.integration.indicators.figures import equip
from tests.support.towns import Door

Doors = Callable[[str, Municipality], Door]
DAY = timedelta(days=1)


def on(days: int) -> str:
    """The day so many days from today."""
    return str(today() + timedelta(days=days))


def at(days: int) -> str:
    """A moment on that day."""
    return f"{on(days)}T15:00:00+01:00"


@pytest.fixture(scope="session")
async def gateway(
    settings: Settings, database_url: str, apps: dict[str, FastAPI]
) -> AsyncIterator[Gateway]:
    """The gateway before all three services."""
    async with opened(create_app(settings, database_url, apps)) as made:
        yield made


async def the_services(boards: Door, indicators: Door, projects: Door) -> None:
    """What is due in each of them."""
    await the_boards(boards)
    await the_projects(projects)
    await the_figures(indicators)


async def the_boards(door: Door) -> None:
    """A council with a resolution and its task, a meeting to which nobody was invited, and people
    who wait for an answer."""
    await bodies(door, "stadtrat")
    await door.made("/resolutions", a_resolution(await voted(door, "stadtrat")))
    task = {
        "key": "bescheide",
        "resolution": "b-1",
        "task": text("Bescheide"),
        "responsible": "amt",
    }
    await door.made("/implementations", {**task, "due_on": on(-3)})
    await door.made("/meetings", a_meeting("rat-2", body="stadtrat", starts_at=at(30)))
    await door.made(
        "/meetings",
        a_meeting("rat-3", body="stadtrat", starts_at=at(60), visibility="administration"),
    )
    await door.made(
        "/legislative-terms",
        {"key": "wahl-1", "name": text("8. Wahlperiode"), "starts_on": on(-400), "ends_on": on(90)},
    )


PROGRAMME = {
    "key": "richtlinie",
    "name": {"de": "Richtlinie"},
    "funders": [{"organisation": "amt", "level": "state"}],
    "periods": [{"starts_on": "2023-01-01", "ends_on": "2039-12-31"}],
}
PROJECT = {
    "key": "sozialplanung",
    "name": {"de": "Sozialplanung", "en": "Social planning"},
    "programmes": ["richtlinie"],
    "state": "running",
    "starts_on": "2023-01-01",
}


async def the_projects(door: Door) -> None:
    """A grant with an obligation and an end, a position, a measure, a task, a plan to review."""
    await door.made("/programmes", PROGRAMME)
    await door.made("/projects", PROJECT)
    await door.made("/grants", a_grant("bescheid", ends_on=on(40)))
    await door.made(
        "/obligations",
        {
            "key": "jahresgespraech",
            "grant": "bescheid",
            "title": {"de": "Jahresgespräch", "en": "Annual talk"},
            "due_on": on(5),
            "responsible": "test:coordination",
        },
    )
    await door.made(
        "/positions",
        {
            "key": "koordination",
            "title": {"de": "Koordination"},
            "count": 1,
            "starts_on": "2023-01-01",
            "ends_on": on(40),
            "employer": "amt",
            "project": "sozialplanung",
            "state": "filled",
        },
    )
    await door.made("/strategies", {**a_strategy("strategie"), "review_on": on(-1)})
    await door.made("/measures", a_measure("jobladen", ends_on=on(20)))
    await door.made(
        "/planning-tasks",
        {
            "key": "bestandsanalyse",
            "title": {"de": "Bestandsanalyse"},
            "coordination": "amt",
            "step": "stocktaking",
            "due_on": on(10),
        },
    )


def a_grant(key: str, **more: Any) -> dict[str, Any]:
    return {
        "key": key,
        "project": "sozialplanung",
        "programme": "richtlinie",
        "grantee": "amt",
        "starts_on": "2023-01-01",
        "eligible_cost": "1000.00",
        "amount": "1000.00",
        "rate": "100",
        "sources": [{"kind": "state", "amount": "1000.00", "rate": "100"}],
        **more,
    }


def a_strategy(key: str) -> dict[str, Any]:
    return {"key": key, "title": {"de": "Strategie"}, "kind": "strategy", "prepared_by": "amt"}


def a_measure(key: str, **more: Any) -> dict[str, Any]:
    return {
        "key": key,
        "title": {"de": "Jobladen"},
        "strategy": "strategie",
        "responsible": "amt",
        **more,
    }


async def the_figures(door: Door) -> None:
    """A delivery that is late for years, and goes on."""
    await equip(door)
    await door.made(
        "/slots",
        {
            "key": "jahreslieferung",
            "title": {"de": "Jahreslieferung"},
            "supplier": "amt",
            "indicators": ["empfaenger"],
            "periodicity": "year",
            "first_period": str(today().year - 1),
            "days_until_due": 10,
        },
    )


def end_of_last_year() -> date:
    return date(today().year - 1, 12, 31)

"""The planning cycle with what all services know of it."""

from typing import Any

import httpx
import pytest

from services.contracts.shared.access import Municipality
from tests.integration.boards.council import a_meeting, text
from tests.integration.gateway.conftest import Bearer
from tests.integration.gateway.whole import Doors, gateway, on, the_services
from tests.integration.indicators.figures import released, tidy
from tests.support.copies import copied
from tests.support.spoken import is_told_as_asked
from tests.support.towns import Door

__all__ = ["gateway"]

JENA = "stocktaking,needs_analysis,action_planning"


@copied
async def begun(boards: Door, indicators: Door, projects: Door) -> None:
    await the_services(boards, indicators, projects)
    await released(indicators, tidy("jena,2024,bevoelkerung,,100"))
    await boards.made(
        "/bodies",
        {"key": "netz", "name": text("Netz"), "kind": "network", "mandates": ["advises"]},
    )
    for key, visibility in (("netz-1", "public"), ("netz-2", "administration")):
        await boards.made(
            "/meetings",
            a_meeting(
                key, body="netz", starts_at="2025-01-15T10:00:00+01:00", visibility=visibility
            ),
        )
        for revision, state in enumerate(("invited", "running", "held"), 1):
            stepped = await boards.patch(f"/meetings/{key}", {"state": state}, revision)
            assert stepped.status_code == 200, stepped.text
    await projects.made(
        "/planning-tasks",
        {
            "key": "berichtswesen",
            "title": {"de": "Berichtswesen"},
            "coordination": "amt",
            "step": "reporting",
            "starts_on": "2024-01-01",
            "products": [
                {"kind": "measure", "key": "jobladen", "on": "2024-05-01"},
                {"kind": "meeting", "key": "netz-2", "on": "2025-01-15"},
            ],
        },
    )


@pytest.fixture
async def full(registered: str, town: Municipality, doors: Doors) -> str:
    """The key of a town that has released figures, met, resolved and begun a measure."""
    await begun(*(doors(name, town) for name in ("boards", "indicators", "projects")))
    return registered


async def overview(
    client: httpx.AsyncClient, town: str, query: str = "", **headers: str
) -> dict[str, Any]:
    answer = await client.get(f"/v1/{town}/planning-overview?{query}", headers=headers)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def by_step(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["step"]: one for one in found["steps"]}


def produced(step: dict[str, Any]) -> set[str]:
    return {f"{one['kind']}:{one['key']}" for one in step["outcomes"]}


async def test_each_task_area_shows_what_came_of_it_in_every_service(
    client: httpx.AsyncClient, full: str, bearer: Bearer
) -> None:
    found = await overview(client, full, **bearer("planner", town=full))
    steps = by_step(found)
    assert list(steps) == [
        "stocktaking",
        "needs_analysis",
        "action_planning",
        "legitimation",
        "controlling",
        "networking",
        "conferences",
        "quality",
        "reporting",
    ]
    (release,) = steps["stocktaking"]["outcomes"]
    assert (release["kind"], release["on"], release["service"]) == ("release", on(0), "indicators")
    assert produced(steps["action_planning"]) == {"measure:jobladen"}
    assert produced(steps["legitimation"]) == {"resolution:b-1"}
    assert produced(steps["networking"]) == {"meeting:netz-1", "meeting:netz-2"}
    assert steps["networking"]["still_since"] == "2025-01-15"
    assert produced(steps["quality"]) == {"plan:strategie"}
    named = {one["key"]: one for one in steps["reporting"]["outcomes"]}
    assert named["jobladen"]["origin"] == "task"
    assert named["jobladen"]["tasks"] == ["berichtswesen"]
    assert named["jobladen"]["title"]["de"] == "Jobladen"
    assert named["netz-2"]["address"] == f"/v1/{full}/meetings/netz-2"
    assert (found["hidden_links"], found["away"]) == (0, [])


async def test_what_is_due_and_who_must_act_is_told_by_step(
    client: httpx.AsyncClient, full: str, bearer: Bearer
) -> None:
    steps = by_step(await overview(client, full, **bearer("planner", town=full)))
    late = steps["controlling"]["next"][0]
    assert (late["rule"], late["who"]) == ("overdue", ["organisation:amt"])
    assert late["what"] == "implementation:bescheide"
    due = [(one["id"], one["state"]) for one in steps["controlling"]["due"]]
    assert due == [
        ("implementation/bescheide", "overdue"),
        ("measure_end/jobladen", "due_soon"),
    ]
    assert [one["id"] for one in steps["stocktaking"]["due"]][-1] == "planning_task/bestandsanalyse"
    still = steps["reporting"]["next"][0]
    assert (still["rule"], still["since"]) == ("stands_still", "2025-01-15")
    assert still["text"]["en"] == "Nothing has come since 2025-01-15: Berichtswesen"
    assert steps["conferences"]["next"] == [
        {
            "rule": "nothing_yet",
            "who": ["organisation:amt"],
            "text": {
                "de": "Noch kein Ergebnis: Fachplanungskonferenzen",
                "en": "Nothing was produced yet: Planning conferences",
                "it": "Ancora nessun risultato: Conferenze di pianificazione",
            },
            "since": None,
            "what": None,
            "address": None,
        }
    ]


async def test_the_public_sees_the_same_without_what_is_not_public(
    client: httpx.AsyncClient, full: str
) -> None:
    answer = await client.get(f"/v1/{full}/planning-overview")
    found = answer.json()
    assert "netz-2" not in answer.text
    assert produced(by_step(found)["networking"]) == {"meeting:netz-1"}
    assert found["hidden_links"] == 1
    assert {act["rule"] for one in found["steps"] for act in one["next"]} <= {
        "overdue",
        "due_soon",
        "stands_still",
    }
    assert {one["still_since"] for one in found["steps"]} == {None}
    assert answer.headers["cache-control"] == "private, no-cache"


async def test_the_picture_shows_the_public_nothing_else(
    client: httpx.AsyncClient, full: str
) -> None:
    answer = await client.get(f"/v1/{full}/planning-overview.svg?lang=en")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "private, no-cache"
    assert "Network meetings" in answer.text
    assert "No progress" not in answer.text


async def test_a_town_with_three_steps_asks_for_three(
    client: httpx.AsyncClient, full: str, bearer: Bearer
) -> None:
    head = bearer("planner", town=full)
    found = await overview(client, full, f"steps={JENA}&most=1", **head)
    assert list(by_step(found)) == JENA.split(",")
    assert all(len(one["outcomes"]) <= 1 for one in found["steps"])
    refused = await client.get(f"/v1/{full}/planning-overview?steps=dreaming")
    assert [one["parameter"] for one in refused.json()["errors"]] == ["steps"]


async def test_three_questions_to_each_service_and_one_for_the_tasks(
    client: httpx.AsyncClient, full: str, bearer: Bearer, statements: list[str]
) -> None:
    head = bearer("planner", town=full)
    statements.clear()
    await overview(client, full, **head)
    assert len([one for one in statements if "set_config" in one]) == 10
    assert len(statements) <= 60


async def test_the_internal_address_is_not_for_the_world(
    client: httpx.AsyncClient, registered: str, bearer: Bearer
) -> None:
    head = bearer("administrator")
    answer = await client.get(f"/internal/outcomes/{registered}?until=2026-01-01", headers=head)
    assert answer.status_code == 404


async def test_the_picture_is_in_the_language_that_a_browser_asks_for(
    client: httpx.AsyncClient, full: str
) -> None:
    await is_told_as_asked(client.get, f"/v1/{full}/planning-overview.svg")

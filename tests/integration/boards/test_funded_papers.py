"""Papers about projects and measures: they are there, whom they concern, who may know of them."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import asyncpg
import pytest
from fastapi import FastAPI

from services.boards.app import create_app
from services.kit.settings import Settings
from tests.integration.boards.council import a_paper
from tests.integration.boards.sitting import MEMBERS, council, present, running
from tests.integration.projects.neighbour import Neighbour
from tests.support.oparl import Reader, Standard
from tests.support.towns import Door

PROJECTS = Neighbour()
NEIGHBOURS = {"indicators": Neighbour(), "projects": PROJECTS}


@pytest.fixture(scope="module")
async def apps(settings: Settings, database_url: str) -> AsyncIterator[dict[str, FastAPI]]:
    """The boards service beside projects that the tests hold in their hands."""
    app = create_app(settings, database_url, NEIGHBOURS.get)
    async with app.router.lifespan_context(app):
        yield {"boards": app}


@pytest.fixture(autouse=True)
def known(boards: Door) -> Iterator[None]:
    """A project that names two organisations and the city, and one that is not for everybody."""
    base = f"/v1/{boards.municipality.key}/projects"
    named = [
        {"organisation": "paritaetischer", "roles": ["recipient"]},
        {"organisation": "dezernat-4", "roles": ["grantee"]},
        {"organisation": "unheard-of", "roles": ["partner"]},
    ]
    PROJECTS.away = False
    PROJECTS.known[f"{base}/lsz/organisations"] = {"organisations": named}
    PROJECTS.known[f"{base}/geheim"] = {"visibility": "administration"}
    yield
    PROJECTS.known.clear()
    PROJECTS.journals.clear()
    PROJECTS.unseen.clear()


def about(*projects: str, **more: Any) -> dict[str, Any]:
    return a_paper(projects=list(projects), **more)


async def test_projects_and_measures_that_are_not_there_are_refused_one_by_one(
    boards: Door,
) -> None:
    wrong = about("lsz", "nowhere", measures=["nowhere-too"])
    refused = await boards.post("/papers", wrong)
    assert refused.status_code == 422, refused.text
    pointers = [error["pointer"] for error in refused.json()["errors"]]
    assert pointers == ["/projects/1", "/measures/0"]
    assert (await boards.get("/papers")).json()["items"] == []


async def test_while_the_projects_are_away_only_what_is_known_goes_on(boards: Door) -> None:
    await boards.made("/papers", about("lsz"))
    PROJECTS.away = True
    refused = await boards.post("/papers", about("lsz", key="vorlage-2"))
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")
    assert (await boards.patch("/papers/vorlage-1", {"state": "closed"})).status_code == 200
    added = await boards.patch("/papers/vorlage-1", {"projects": ["lsz", "biwaq"]}, 2)
    assert added.status_code == 503


async def test_who_belongs_to_an_organisation_named_in_a_project_is_proposed_as_biased(
    boards: Door,
) -> None:
    await council(boards)
    city = {"key": "dezernat-4", "name": {"de": "Dezernat 4"}, "kind": "administration"}
    await boards.made("/organisations", city)
    sent = await boards.patch("/memberships/m-5", {"on_behalf_of": "dezernat-4"}, 1)
    assert sent.status_code == 200, sent.text
    await boards.made("/papers", about("lsz"))
    await running(boards)
    on_the_agenda = {"meeting": "sitzung-1", "agenda_item": "a-1"}
    step = {"paper": "vorlage-1", "body": "stadtrat", "role": "decides", **on_the_agenda}
    await boards.made("/consultations", step)
    await present(boards, *MEMBERS)
    (proposed,) = (await boards.get("/exclusions?agenda_item=a-1")).json()["items"]
    assert (proposed["membership"], proposed["organisation"]) == ("m-4", "paritaetischer")
    assert (proposed["state"], proposed["origin"]) == ("proposed", "named")


async def test_a_project_that_is_not_for_everybody_is_not_told(
    boards: Door, world: Reader, standard: Standard
) -> None:
    await boards.made("/papers", about("lsz", "geheim", measures=["familienzentren"]))
    (paper,) = await world.data("papers")
    town = boards.municipality.key
    told = [address.partition(f"/v1/{town}")[2] for address in paper["Planraum:fundedProject"]]
    assert told == ["/projects/lsz", "/measures/familienzentren"]
    standard.check(paper)
    seen = (await boards.as_().get("/papers/vorlage-1")).json()
    assert (seen["projects"], seen["measures"]) == (["lsz"], ["familienzentren"])
    whole = (await boards.as_("secretary").get("/papers/vorlage-1")).json()
    assert whole["projects"] == ["lsz", "geheim"]
    await boards.patch("/papers/vorlage-1", {"projects": [], "measures": []}, 1)
    (paper,) = await world.data("papers")
    assert "Planraum:fundedProject" not in paper


async def test_a_project_that_is_hidden_later_does_not_leave_any_more(
    boards: Door, world: Reader, apps: dict[str, FastAPI], owner: asyncpg.Connection
) -> None:
    """And is told again once everybody may see it again; each time the paper is modified."""
    town = boards.municipality
    (follower,) = apps["boards"].state.followers

    async def told() -> tuple[list[str], list[str]]:
        """What leaves with the paper, in OParl when it was asked what is new, and here."""
        await follower.catch_up()
        found = await world.data(f"papers?modified_since={since}")
        addresses = [one for paper in found for one in paper["Planraum:fundedProject"]]
        seen = (await boards.as_().get("/papers/vorlage-1")).json()
        return [one.partition(f"/v1/{town.key}")[2] for one in addresses], seen["projects"]

    await boards.made("/papers", about("lsz", measures=["familienzentren"]))
    since = (await world.data("papers"))[0]["modified"].replace("+", "%2B")
    aged = "UPDATE boards.oparl_object SET modified = modified - interval '1 day'"
    await owner.execute(f"{aged} WHERE municipality_id = $1", town.id)
    PROJECTS.known[f"/v1/{town.key}/projects/lsz"] = {"visibility": "administration"}
    PROJECTS.tell(town, "projects.project.changed.v1", "projects/lsz", fields=["visibility"])
    assert await told() == (["/measures/familienzentren"], [])
    assert (await boards.get("/papers/vorlage-1")).json()["projects"] == ["lsz"]
    await owner.execute(f"{aged} WHERE municipality_id = $1", town.id)
    del PROJECTS.known[f"/v1/{town.key}/projects/lsz"]
    PROJECTS.tell(town, "projects.project.changed.v1", "projects/lsz", fields=["name"])
    assert await told() == ([], [])
    PROJECTS.tell(town, "projects.project.changed.v1", "projects/lsz", fields=["visibility"])
    assert await told() == (["/projects/lsz", "/measures/familienzentren"], ["lsz"])


async def test_with_a_strategy_its_measures_are_hidden(
    boards: Door, apps: dict[str, FastAPI]
) -> None:
    """The measure says that it is public, and yet nobody outside finds it."""
    town = boards.municipality
    (follower,) = apps["boards"].state.followers
    await boards.made("/papers", about("lsz", measures=["familienzentren"]))
    PROJECTS.unseen.add(f"/v1/{town.key}/measures/familienzentren")
    PROJECTS.tell(town, "projects.strategy.changed.v1", "strategies/s", fields=["visibility"])
    await follower.catch_up()
    seen = (await boards.as_().get("/papers/vorlage-1")).json()
    assert (seen["projects"], seen["measures"]) == (["lsz"], [])

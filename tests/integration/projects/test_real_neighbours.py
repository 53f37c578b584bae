"""Projects beside the real boards and indicators services: they understand one another."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import date, timedelta
from typing import Any

import asyncpg
import httpx
import pytest
from fastapi import FastAPI

from services.contracts.shared.access import Municipality
from services.kit.days import today
from services.kit.identity import Signer
from services.kit.settings import Settings
from services.platform import services
from tests.integration.boards.deciding import a_resolution, bodies, voted
from tests.integration.indicators.figures import released, tidy
from tests.integration.indicators.test_territory import EISENACH, equip, merged
from tests.integration.projects.samples import PROJECT
from tests.support.following import begins_now
from tests.support.towns import Door

LONE = {**PROJECT, "programmes": []}


async def caught_up(together: dict[str, FastAPI]) -> None:
    """Projects has heard what the others have told."""
    for follower in together["projects"].state.followers:
        await follower.catch_up()


@pytest.fixture(scope="module")
async def together(settings: Settings, database_url: str) -> AsyncIterator[dict[str, FastAPI]]:
    """All services of one process."""
    owner = await asyncpg.connect(database_url)
    for name in ("boards", "indicators"):
        await begins_now(owner, "projects", name, f"references-{name}")
    await begins_now(owner, "projects", "indicators", "effects")
    await begins_now(owner, "boards", "projects", "funded")
    await owner.close()
    apps = services(settings, database_url)
    async with AsyncExitStack() as stack:
        for app in apps.values():
            await stack.enter_async_context(app.router.lifespan_context(app))
        yield apps


@pytest.fixture
async def town_hall(
    together: dict[str, FastAPI], signer: Signer, town: Municipality, copying: None
) -> AsyncIterator[dict[str, Door]]:
    """The doors of all services of one town, which has everything that the project names."""
    async with AsyncExitStack() as stack:
        opened = {}
        for name, app in together.items():
            way = httpx.ASGITransport(app, raise_app_exceptions=False)
            client = httpx.AsyncClient(transport=way, base_url=f"http://{name}")
            opened[name] = Door(await stack.enter_async_context(client), signer, town)
        await opened["boards"].made(
            "/organisations",
            {"key": "landratsamt", "name": {"de": "Landratsamt"}, "kind": "administration"},
        )
        await opened["boards"].made(
            "/bodies",
            {
                "key": "praeventionsnetz",
                "name": {"de": "Präventionsnetz"},
                "kind": "network",
                "mandates": ["advises"],
            },
        )
        await opened["indicators"].made(
            "/area-levels", {"key": "gemeinde", "name": {"de": "Gemeinde"}, "position": 3}
        )
        await opened["indicators"].made(
            "/areas",
            {
                "key": "bad-salzungen",
                "level": "gemeinde",
                "valid_from": "1990-01-01",
                "name": {"de": "Bad Salzungen"},
            },
        )
        yield opened


async def test_a_project_names_what_the_other_services_have(town_hall: dict[str, Door]) -> None:
    projects = town_hall["projects"].as_("controller")
    created = await projects.post("/projects", LONE)
    assert created.status_code == 201, created.text
    foreign = {**LONE, "key": "other", "advising_bodies": ["stadtrat"]}
    refused = await projects.post("/projects", foreign)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/advising_bodies/0"


@pytest.mark.parametrize(
    ("service", "address"),
    [
        ("boards", "/organisations/landratsamt"),
        ("boards", "/bodies/praeventionsnetz"),
        ("indicators", "/areas/bad-salzungen"),
    ],
)
async def test_a_new_name_reaches_the_projects(
    town_hall: dict[str, Door], together: dict[str, FastAPI], service: str, address: str
) -> None:
    projects = town_hall["projects"]
    await projects.made("/projects", LONE)
    renamed = await town_hall[service].patch(address, {"name": {"de": "Neuer Name"}}, 1)
    assert renamed.status_code == 200, renamed.text
    await caught_up(together)
    _, resource, key = address.split("/")
    (reference,) = (await projects.get(f"/references?resource={resource}&keys={key}")).json()
    assert reference["name"]["de"] == "Neuer Name"
    assert reference["id"] == renamed.json()["id"]


async def test_what_is_read_with_its_title_elsewhere_is_named_by_it_here(
    town_hall: dict[str, Door],
) -> None:
    paper = {"key": "ds-1", "title": {"de": "Sozialatlas"}, "kind": "report"}
    await town_hall["boards"].made("/papers", paper)
    projects = town_hall["projects"].as_("planner")
    task = {
        "key": "atlas",
        "title": {"de": "Sozialatlas"},
        "coordination": "landratsamt",
        "step": "reporting",
        "products": [{"kind": "paper", "key": "ds-1"}],
    }
    created = await projects.post("/planning-tasks", task)
    assert created.status_code == 201, created.text
    (reference,) = (await projects.get("/references?resource=papers&keys=ds-1")).json()
    assert reference["name"] == {"de": "Sozialatlas"}
    hidden = (await projects.as_().get("/planning-tasks/atlas")).json()
    assert (hidden["products"], hidden["hidden_links"]) == ([], 1)


async def test_the_effect_of_a_measure_is_asked_of_the_real_figures(
    town_hall: dict[str, Door],
) -> None:
    indicator = {
        "key": "sgb2-personen",
        "name": {"de": "Personen im SGB II"},
        "unit": {"de": "Personen"},
        "kind": "count",
        "decimals": 0,
        "source": {"publisher": "Bundesagentur für Arbeit"},
    }
    await town_hall["indicators"].made("/indicators", indicator)
    target = {"indicator": "sgb2-personen", "area": "bad-salzungen", "direction": "decrease"}
    measure = {"key": "beratung", "title": {"de": "Beratung"}, "targets": [target]}
    await town_hall["projects"].made("/measures", {**measure, "starts_on": "2024-01-01"})
    answer = await town_hall["projects"].as_().get("/measures/beratung/effects")
    assert answer.status_code == 200, answer.text
    (result,) = answer.json()["results"]
    assert (result["unknown"], result["outcome"]) == ("not_published", "unknown")


async def test_what_an_area_has_gained_with_another_is_no_effect(
    town_hall: dict[str, Door], together: dict[str, FastAPI]
) -> None:
    """Eisenach joined the Wartburgkreis in 2021; those who draw benefits became fewer."""
    indicators, projects = town_hall["indicators"], town_hall["projects"]
    await merged(
        indicators,
        "eisenach,2019,empfaenger,,4000",
        "wartburgkreis,2019,empfaenger,,6000",
        "jena,2019,empfaenger,,7000",
        "wartburgkreis,2022,empfaenger,,9500",
        "jena,2022,empfaenger,,7000",
    )
    await caught_up(together)  # with no measure yet: the effects are computed when asked for
    target = {"indicator": "empfaenger", "direction": "decrease", "compared_with": ["jena"]}
    for area in ("wartburgkreis", "eisenach"):
        measure = {"key": area, "title": {"de": "Beratung"}, "starts_on": "2020-01-01"}
        await projects.made("/measures", {**measure, "targets": [{**target, "area": area}]})

    async def told(area: str) -> dict[str, Any]:
        answer = await projects.as_().get(f"/measures/{area}/effects")
        assert answer.status_code == 200, answer.text
        (result,) = answer.json()["results"]
        return {**result, "stored": answer.json()["evaluated_at"] is not None}

    for stored in (False, True):
        if stored:
            await released(indicators, tidy("jena,2022,bevoelkerung,,110000"))
            for follower in together["projects"].state.followers:
                await follower.catch_up()
        result = await told("wartburgkreis")
        assert result["stored"] is stored
        assert (result["before"]["value"], result["after"]["value"]) == ("10000", "9500")
        assert (result["change"], result["outcome"]) == ("-500", "as_wanted")
        jena = next(one for one in result["compared"] if one["area"] == "jena")
        assert (jena["change"], jena["difference"]) == ("0", "-500")
        gone = await told("eisenach")
        assert (gone["before"]["value"], gone["unknown"]) == ("4000", "after_missing")
        assert gone["after"]["reason"] == "territory:no-share", "nobody divides the 9500"


async def test_an_effect_follows_a_change_of_the_territory_that_is_entered_after_the_release(
    town_hall: dict[str, Door], together: dict[str, FastAPI]
) -> None:
    """The figures were released first: the district seemed to have 3,500 more."""
    indicators, projects = town_hall["indicators"], town_hall["projects"]
    target = {"indicator": "empfaenger", "direction": "decrease", "area": "wartburgkreis"}
    measure = {"key": "wartburgkreis", "title": {"de": "Beratung"}, "starts_on": "2020-01-01"}

    async def told() -> tuple[str, list[Any], Any]:
        await caught_up(together)
        answer = (await projects.as_().get("/measures/wartburgkreis/effects")).json()
        (result,) = answer["results"]
        assert answer["evaluated_at"] is not None
        return result["change"], result["crosswalks"], answer["release"]

    await equip(indicators)
    await projects.made("/measures", {**measure, "targets": [target]})
    rows = ("eisenach,2019,empfaenger,,4000", "wartburgkreis,2019,empfaenger,,6000")
    await released(indicators, tidy(*rows, "wartburgkreis,2022,empfaenger,,9500"))
    assert await told() == ("3500", [], 1)
    await indicators.made("/crosswalks", EISENACH)
    assert await told() == ("-500", [{"crosswalk": EISENACH["key"], "revision": 1}], 1)
    hidden = {"visibility": "administration"}
    await indicators.patch(f"/crosswalks/{EISENACH['key']}", hidden, 1)
    assert await told() == ("3500", [], 1)


async def test_plans_meet_in_areas_as_the_real_territory_has_them(
    town_hall: dict[str, Door],
) -> None:
    indicators, projects = town_hall["indicators"], town_hall["projects"]
    part = {"key": "ortsteil", "name": {"de": "Ortsteil"}, "position": 4}
    await indicators.made("/area-levels", part)
    place = {"valid_from": "2000-01-01", "level": "ortsteil", "parent": "bad-salzungen"}
    for key in ("allendorf", "kaiseroda"):
        await indicators.made("/areas", {**place, "key": key, "name": {"de": key.title()}})
    await projects.made("/target-groups", {"key": "jugend", "name": {"de": "Jugend"}})
    plan = {"kind": "specialist_plan", "prepared_by": "landratsamt", "target_groups": ["jugend"]}
    for key, area in (("stadt", "bad-salzungen"), ("nord", "allendorf"), ("west", "kaiseroda")):
        title = {"de": key.title()}
        await projects.made("/strategies", {**plan, "key": key, "title": title, "areas": [area]})
    found = await projects.as_().get("/plan-overlaps?on=2027-03-01")
    assert found.status_code == 200, found.text
    met = {
        tuple(plan["key"] for plan in one["plans"]): one["places"][0]["area"]
        for one in found.json()["overlaps"]
    }
    assert met == {("nord", "stadt"): "allendorf", ("stadt", "west"): "kaiseroda"}
    long_ago = (await projects.get("/plan-overlaps?on=1995-01-01")).json()
    assert long_ago["overlaps"] == [], "the parts were no areas then"


async def test_the_chart_of_areas_is_drawn_beside_the_real_needs(
    town_hall: dict[str, Door],
) -> None:
    await town_hall["projects"].made("/projects", LONE)
    measure = {"key": "treff", "title": {"de": "Treff"}, "areas": ["bad-salzungen"]}
    await town_hall["projects"].made("/measures", measure)
    answer = await town_hall["projects"].get("/portfolio/areas/chart")
    assert answer.status_code == 200, answer.text
    (view,) = answer.json()["vconcat"]
    assert [one["area"] for one in view["hconcat"][0]["data"]["values"]] == ["Bad Salzungen"]


async def test_a_paper_knows_whom_its_project_names(town_hall: dict[str, Door]) -> None:
    await town_hall["projects"].made("/projects", LONE)
    paper = {"key": "ds-1", "title": {"de": "Sozialplanung"}, "kind": "resolution_proposal"}
    boards = town_hall["boards"].as_("secretary")
    created = await boards.post("/papers", {**paper, "projects": [LONE["key"]]})
    assert created.status_code == 201, created.text
    wrong = await boards.patch("/papers/ds-1", {"projects": ["not-there"]}, 1)
    assert wrong.json()["errors"][0]["pointer"] == "/projects/0"


async def test_a_measure_rests_on_a_resolution_that_really_holds(
    town_hall: dict[str, Door],
) -> None:
    boards, projects = town_hall["boards"], town_hall["projects"]
    await bodies(boards, "stadtrat")
    await boards.made("/resolutions", a_resolution(await voted(boards, "stadtrat"), "b-a"))
    turned_down = a_resolution(await voted(boards, "stadtrat", "c", yes=0), "b-c", kind="refusal")
    await boards.made("/resolutions", turned_down)
    first = {"key": "erste", "title": {"de": "Erste"}, "mandate": "b-a"}
    await projects.made("/measures", first)
    later = a_resolution(await voted(boards, "stadtrat", "b"), "b-b")
    await boards.made(
        "/resolutions", {**later, "ends": [{"resolution": "b-a", "kind": "replaces"}]}
    )
    for mandate, code in (("b-a", "replaced"), ("b-c", "refusal")):
        refused = await projects.post("/measures", {**first, "key": "zweite", "mandate": mandate})
        assert refused.status_code == 422, refused.text
        (fault,) = refused.json()["errors"]
        assert (fault["pointer"], fault["code"]) == ("/mandate", code)
    await projects.made("/measures", {**first, "key": "zweite", "mandate": "b-b"})


async def test_a_mandate_that_falls_later_is_a_gap_of_the_measure_until_it_is_back(
    town_hall: dict[str, Door], together: dict[str, FastAPI]
) -> None:
    boards, projects = town_hall["boards"], town_hall["projects"]
    await bodies(boards, "stadtrat")
    await boards.made("/resolutions", a_resolution(await voted(boards, "stadtrat"), "b-a"))
    measure = {"key": "erste", "title": {"de": "Erste"}, "mandate": "b-a", "state": "running"}
    await projects.made("/measures", measure)
    fallen = []

    async def looked() -> None:
        await caught_up(together)
        gaps = (await projects.get("/measures/erste")).json()["gaps"]
        fallen.append("mandate_fallen" in gaps)

    async def excluded(place: str) -> str:
        interest = {"agenda_item": f"stadtrat-1-{place}", "membership": "m-stadtrat"}
        key: str = (await boards.made("/exclusions", interest))["key"]
        await decided(key, "confirmed")
        return key

    async def decided(key: str, state: str) -> None:
        found = {"state": state, "reason": {"de": "Leitet die Einrichtung"}}
        answer = await boards.post(f"/exclusions/{key}/decision", found)
        assert answer.status_code == 200, answer.text

    await looked()
    void = await excluded("a")
    await looked()
    await decided(void, "dismissed")
    await looked()
    later = a_resolution(await voted(boards, "stadtrat", "b"), "b-b")
    ends = [{"resolution": "b-a", "kind": "repeals"}]
    await boards.made("/resolutions", {**later, "ends": ends})
    await looked()
    await excluded("b")
    await looked()
    last = a_resolution(await voted(boards, "stadtrat", "c"), "b-c")
    first_day = (today() + timedelta(1)).isoformat()
    ends = [{"resolution": "b-a", "kind": "replaces", "ends_from": first_day}]
    await boards.made("/resolutions", {**last, "ends": ends})
    await looked()
    assert fallen == [False, True, False, True, False, False]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("services.projects.measures.queries.today", lambda: date(2999, 1, 1))
        await looked()
    assert fallen[-1]

"""A town in which each source of deadlines and of outcomes has something of its own.

Of each there is something that everybody may see and, with the key `geheim-...`, something that the
administration alone may see. The organisation `stab` is not public either: what it must do may be
known, but not that it is they who must.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from fastapi import FastAPI

from services.contracts.shared.access import Municipality
from services.indicators.needs.commands import evaluate
from services.kit.days import today
from tests.integration.boards.council import (
    a_membership,
    a_paper,
    a_person,
    a_process,
    a_publication,
    a_seat,
    exactly,
    text,
)
from tests.integration.boards.deciding import (
    a_recommendation,
    a_resolution,
    bodies,
    voted,
)
from tests.integration.gateway.whole import a_grant, a_measure, a_strategy, at, on, the_projects
from tests.integration.indicators.figures import released, tidy
from tests.integration.indicators.town_with_facilities import equip_districts
from tests.support.towns import Door, actor

SECRET = {"visibility": "administration"}
RULE: dict[str, Any] = {
    "key": "viele-kinder",
    "title": {"de": "Viele Kinder"},
    "topic": "kinder-jugend",
    "severity": "high",
    "level": "bezirk",
    "conditions": [
        {"kind": "threshold", "indicator": "kinder", "comparison": "above", "value": "100"}
    ],
    "visibility": "public",
}
REPORT: dict[str, Any] = {
    "key": "atlas",
    "title": text("Atlas"),
    "kind": "atlas",
    "release": 1,
    "level": "bezirk",
    "visibility": "public",
}


def end_of_year() -> date:
    """The end of the period in which figures are agreed to come."""
    return date(today().year, 12, 31)


async def boards(door: Door) -> None:
    """Meetings, decisions, tasks, people and what they are asked, in a board, a council, a net."""
    await bodies(door, "beirat", "stadtrat")
    await door.made(
        "/organisations", {"key": "stab", "name": text("Stab"), "kind": "administration", **SECRET}
    )
    await door.made(
        "/bodies",
        {
            "key": "netz",
            "name": text("Netz"),
            "kind": "network",
            "mandates": ["advises"],
            "hosted_by": "amt",
        },
    )
    await _meetings(door)
    await _decisions(door)
    await _people(door)
    await _participation(door)
    for key, more in (("wahl", {}), ("geheim-wahl", SECRET)):
        term = {"key": key, "name": text("Wahlperiode"), "starts_on": on(-400), "ends_on": on(90)}
        await door.made("/legislative-terms", {**term, **more})
    for key, more in (("armutsbericht", {}), ("geheim-bericht", SECRET)):
        await door.made("/publications", a_publication(key, published_on=on(-8), **more))


async def _meetings(door: Door) -> None:
    for key, days, more in (
        ("netz-kommt", 30, {}),
        ("geheim-netz-kommt", 31, SECRET),
        ("netz-geladen", 40, {}),
        ("netz-war", -9, {}),
        ("geheim-netz-war", -9, SECRET),
    ):
        meeting = {"key": key, "body": "netz", "name": text("Treffen"), "starts_at": at(days)}
        await door.made("/meetings", {**meeting, **more})
    invited = await door.patch("/meetings/netz-geladen", {"state": "invited"})
    assert invited.status_code == 200, invited.text
    for key in ("netz-war", "geheim-netz-war"):
        for revision, state in enumerate(("invited", "running", "held"), 1):
            stepped = await door.patch(f"/meetings/{key}", {"state": state}, revision)
            assert stepped.status_code == 200, stepped.text


async def _decisions(door: Door) -> None:
    await door.made("/papers", a_paper())
    for place, key, more in (("a", "r-1", {}), ("b", "geheim-r", SECRET)):
        vote = await voted(door, "beirat", place)
        await door.made("/recommendations", a_recommendation(vote, key, **more))
    for place, key, more in (("a", "b-1", {}), ("b", "geheim-b", SECRET)):
        vote = await voted(door, "stadtrat", place)
        await door.made("/resolutions", a_resolution(vote, key, **more))
    for key, who, more in (
        ("bescheide", "amt", {}),
        ("bescheide-stab", "stab", {}),
        ("geheim-bescheide", "amt", SECRET),
        ("getan", "amt", {}),
        ("geheim-getan", "amt", SECRET),
    ):
        task = {"key": key, "resolution": "b-1", "task": text("Bescheide"), "responsible": who}
        day = on(3) if key == "getan" else on(-3)
        await door.made("/implementations", {**task, "due_on": day, **more})
    for key in ("getan", "geheim-getan"):
        report = {"state": "done", "text": text("Fertig.")}
        await door.made(f"/implementations/{key}/reports", report)


async def _people(door: Door) -> None:
    """On one seat a term that ends, on another nobody."""
    term = {"rule": exactly("amt"), "term_months": 24, "clause": "§ 4 Abs. 1", "body": "netz"}
    await door.made("/seats", a_seat("besetzt", **{**term, "rule": exactly("amt", 2)}))
    await door.made("/seats", a_seat("leer", **term))
    await door.made("/seats", a_seat("geheim-leer", **term, **SECRET))
    for key, visibility in (("m-netz", "public"), ("geheim-m", "administration")):
        await door.made("/persons", a_person(f"p-{key}", visibility=visibility))
        held = {"body": "netz", "seat": "besetzt", "starts_on": on(-10), "term_ends_on": on(200)}
        await door.made(
            "/memberships",
            a_membership(f"p-{key}", key=key, visibility=visibility, **held),
        )


async def _participation(door: Door) -> None:
    process = {"body": "netz", "organisation": "amt"}
    await door.made("/participation-processes", a_process("dialog", **process))
    for _ in range(2):
        said = {"process": "dialog", "text": "Der letzte Bus fährt zu früh.", "consent": True}
        await door.as_().made("/contributions", {**said, "consent_version": "1"})
    for key, more in (("umfrage", {}), ("geheim-umfrage", SECRET)):
        await door.made("/participation-processes", a_process(key, since=-30, **process, **more))
        published = await door.post(
            f"/participation-processes/{key}/report", {"summary": text("Danke!")}
        )
        assert published.status_code in (200, 201), published.text


async def indicators(door: Door, apps: dict[str, FastAPI]) -> None:
    """Figures released, what two rules find in them, reports, and what is agreed to come."""
    await equip_districts(door)
    await door.made("/needs-rules", RULE)
    await door.made("/needs-rules", {**RULE, "key": "geheim-regel", **SECRET})
    await released(door, tidy("bezirk-a,2023-12-31,kinder,,160", "bezirk-b,2023-12-31,kinder,,90"))
    who = actor(door.municipality, ["administrator"])
    async with apps["indicators"].state.database.writing(who) as session:
        await evaluate(session, 1)
    await door.made("/reports", REPORT)
    await door.made("/reports", {**REPORT, "key": "geheim-atlas", **SECRET})
    await door.made(
        "/slots",
        {
            "key": "lieferung",
            "title": text("Jahreslieferung"),
            "supplier": "amt",
            "indicators": ["empfaenger"],
            "periodicity": "year",
            "first_period": str(today().year),
            "days_until_due": 10,
        },
    )


async def projects(door: Door) -> None:
    """What `whole` has, the same in secret and in the hands of those who are not public."""
    await the_projects(door)
    target = {"indicator": "kinder", "area": "bezirk-a", "direction": "decrease"}
    for key, more in (("geheim-grant", SECRET), ("bescheid-stab", {"grantee": "stab"})):
        await door.made("/grants", a_grant(key, ends_on=on(40), **more))
    await _closed(door)
    await _done(door)
    position = {"title": text("Stelle"), "count": 1, "starts_on": "2023-01-01", "ends_on": on(40)}
    position |= {"project": "sozialplanung", "state": "filled"}
    await door.made("/positions", {"key": "geheim-stelle", **position, "employer": "amt", **SECRET})
    await door.made("/positions", {"key": "stelle-stab", **position, "employer": "stab"})
    for key, more in (
        ("geheim-plan", {**SECRET, "prepared_by": "amt"}),
        ("plan-stab", {"prepared_by": "stab"}),
    ):
        await door.made("/strategies", {**a_strategy(key), "review_on": on(-1), **more})
    running = {"state": "running", "starts_on": "2024-01-01", "ends_on": on(20)}
    for key, more in (
        ("wirkt", {}),
        ("geheim-wirkt", SECRET),
        ("wirkt-stab", {"responsible": "stab"}),
    ):
        aims = {"targets": [{**target, "due_on": on(400)}]}
        await door.made("/measures", a_measure(key, **{**running, **aims, **more}))
    task = {"title": text("Aufgabe"), "step": "stocktaking", "due_on": on(10)}
    await door.made(
        "/planning-tasks", {"key": "geheim-aufgabe", **task, "coordination": "amt", **SECRET}
    )
    await door.made("/planning-tasks", {"key": "aufgabe-stab", **task, "coordination": "stab"})
    products = [{"kind": "paper", "key": "vorlage-1", "on": on(-2)}]
    named = {"title": text("Vorlage"), "step": "quality", "coordination": "amt"}
    await door.made("/planning-tasks", {"key": "vorlagen", **named, "products": products})
    result = {"project": "sozialplanung", "level": "output", "title": text("Beratung")}
    counted = {"title": text("Beratungen"), "unit": text("Fälle"), "direction": "increase"}
    period = {"starts_on": on(-100), "ends_on": on(-2), "kind": "milestone", "target": "5"}
    for key, grant, more in (
        ("ziel", "bescheid", {}),
        ("geheim-ziel", "bescheid", SECRET),
        ("ziel-stab", "bescheid-stab", {}),
    ):
        await door.made("/results", {"key": f"r-{key}", "grant": grant, **result, **more})
        indicator = {"key": f"i-{key}", "result": f"r-{key}", **counted, "counting": "cumulative"}
        await door.made("/target-indicators", indicator)
        await door.made("/target-periods", {"key": key, "indicator": f"i-{key}", **period})


async def _done(door: Door) -> None:
    """What was done before its day."""
    target = {"indicator": "kinder", "area": "bezirk-a", "direction": "decrease"}
    aims = {"targets": [{**target, "due_on": on(400)}], "starts_on": "2024-01-01"}
    ended = {"state": "completed", "ends_on": on(20), **aims}
    await door.made("/measures", a_measure("fertig", **ended))
    await door.made("/grants", a_grant("fertig", ends_on=on(40), state="closed"))
    task = {"title": text("Aufgabe"), "step": "stocktaking", "coordination": "amt"}
    await door.made("/planning-tasks", {"key": "fertig", **task, "state": "done", "due_on": on(10)})
    duty = {"key": "erledigt", "grant": "bescheid", "title": text("Gespräch"), "due_on": on(9)}
    await door.made("/obligations", duty)
    done = await door.post("/obligations/erledigt/completion", {"done_on": on(0)})
    assert done.status_code == 200, done.text


async def _closed(door: Door) -> None:
    """A grant that was proven and closed, from which a proof of use would follow."""
    rule = {"parameter": "proof_due", "value": "6", "unit": "months", "starts_on": "2020-01-01"}
    await door.made(
        "/funding-rules",
        {"key": "nachweis", "programme": "richtlinie", "clause": "Nr. 6.1 ANBest-P", **rule},
    )
    granted = await door.made("/grants", a_grant("zu", ends_on=on(-400)))
    assert "proof_of_use" in await _open_kinds(door)
    talk = {"key": "nachgespraech", "grant": "zu", "title": text("Gespräch"), "due_on": on(-300)}
    await door.made("/obligations", talk)
    closed = await door.patch("/grants/zu", {"state": "closed"}, granted["revision"])
    assert closed.status_code == 200, closed.text
    assert await _open_kinds(door) == {"other"}


async def _open_kinds(door: Door) -> set[str]:
    found = (await door.get("/obligations?grant=zu&state=open")).json()["items"]
    return {one["kind"] for one in found}


async def seen_again(indicators: Door, apps: dict[str, FastAPI]) -> None:
    """The next figures are released, and the effects are found with them."""
    await released(indicators, tidy("bezirk-a,2024-12-31,kinder,,140"))
    (effects,) = [one for one in apps["projects"].state.followers if one.name == "effects"]
    await effects.catch_up()


async def everything(
    doors: Callable[[str, Municipality], Door], town: Municipality, apps: dict[str, FastAPI]
) -> None:
    """All of it, in the order in which one thing rests on another."""
    await boards(doors("boards", town))
    await indicators(doors("indicators", town), apps)
    await projects(doors("projects", town))
    await seen_again(doors("indicators", town), apps)

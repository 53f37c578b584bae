"""One whole chain through the three services of a town, from a figure to its effect."""

from typing import Any

from fastapi import FastAPI

from services.indicators.needs.commands import evaluate
from services.kit.following import Follower
from tests.integration.boards.council import a_paper, a_publication, text
from tests.integration.boards.deciding import (
    a_recommendation,
    a_resolution,
    answers,
    bodies,
    on_the_way,
    voted,
)
from tests.integration.indicators.figures import released, tidy
from tests.integration.indicators.town_with_facilities import equip_districts
from tests.support.copies import copied
from tests.support.towns import Door, actor

FINDING = "viele-kinder-bezirk-a-r1"
RULE: dict[str, Any] = {
    "key": "viele-kinder",
    "title": {"de": "Viele Kinder"},
    "topic": "kinder-jugend",
    "severity": "high",
    "level": "bezirk",
    "responsible": "amt",
    "conditions": [
        {"kind": "threshold", "indicator": "kinder", "comparison": "above", "value": "100"}
    ],
    "visibility": "public",
}
FIGURE = {
    "indicator": "kinder",
    "area": "bezirk-a",
    "period": "2023-12-31",
    "breakdown": "",
}
MEASURE: dict[str, Any] = {
    "key": "familienzentrum",
    "title": {"de": "Familienzentrum", "en": "Family centre"},
    "state": "running",
    "responsible": "amt",
    "recommendation": "r-1",
    "mandate": "b-1",
    "findings": [FINDING],
    "grants": ["bescheid"],
    "strategy": "strategie",
    "starts_on": "2024-01-01",
    "targets": [
        {
            "indicator": "kinder",
            "area": "bezirk-a",
            "direction": "decrease",
            "due_on": "2027-12-31",
        }
    ],
}
CHAIN = [
    "observation:kinder/bezirk-a",
    f"finding:{FINDING}",
    "recommendation:r-1",
    "resolution:b-1",
    "measure:familienzentrum",
    "grant:bescheid",
    "position:leitung",
    "expenditure:miete",
    "claim:abruf",
    "result:beratung",
    "target:beratungen",
    "target:familienzentrum/kinder/bezirk-a",
    "effect:familienzentrum/kinder/bezirk-a",
]
"""What hangs together, in the order of causes and consequences."""


@copied
async def found(indicators: Door, apps: dict[str, FastAPI]) -> None:
    """A released figure, and what a rule finds in it."""
    await equip_districts(indicators)
    await indicators.made("/needs-rules", RULE)
    await released(indicators, tidy("bezirk-a,2023-12-31,kinder,,160"))
    who = actor(indicators.municipality, ["administrator"])
    async with apps["indicators"].state.database.writing(who) as session:
        await evaluate(session, 1)


async def decided(boards: Door, **more: Any) -> None:
    """The board recommends on a paper, with evidence, and the committee follows it."""
    await bodies(boards, "beirat", "ausschuss")
    await boards.made("/papers", a_paper())
    await on_the_way(boards, ("beirat", "advises"), ("ausschuss", "decides"))
    recommendation = a_recommendation(
        await voted(boards, "beirat"), findings=[FINDING], evidence=[FIGURE], **more
    )
    await boards.made("/recommendations", recommendation)
    vote = await voted(boards, "ausschuss")
    await boards.made("/resolutions", a_resolution(vote, **answers("follows")))
    await boards.made("/publications", a_publication("armutsbericht"))


async def carried_out(projects: Door, **more: Any) -> None:
    """The measure with its grant, position, expenditure, claim and targets."""
    await projects.made(
        "/programmes",
        {
            "key": "richtlinie",
            "name": text("Richtlinie"),
            "funders": [{"organisation": "amt", "level": "state"}],
        },
    )
    await projects.made(
        "/projects",
        {
            "key": "vorhaben",
            "name": text("Familienzentren"),
            "programmes": ["richtlinie"],
            "state": "running",
            "starts_on": "2024-01-01",
        },
    )
    await projects.made(
        "/grants",
        {
            "key": "bescheid",
            "project": "vorhaben",
            "programme": "richtlinie",
            "grantee": "amt",
            "reference": "FZ-7",
            "eligible_cost": "100000.00",
            "amount": "80000.00",
            "rate": "80",
            "sources": [{"kind": "state", "amount": "80000.00", "rate": "80"}, {"kind": "own"}],
        },
    )
    await projects.made(
        "/strategies",
        {
            "key": "strategie",
            "title": text("Familienfreundlich"),
            "kind": "strategy",
            "prepared_by": "amt",
        },
    )
    await projects.made(
        "/positions",
        {
            "key": "leitung",
            "title": text("Leitung"),
            "count": 1,
            "starts_on": "2024-01-01",
            "funding": [{"grant": "bescheid", "share": 80, "starts_on": "2024-01-01"}],
            "employer": "amt",
            "state": "filled",
        },
    )
    await projects.made(
        "/expenditures",
        {
            "key": "miete",
            "project": "vorhaben",
            "purpose": "Miete",
            "payment_date": "2024-05-28",
            "invoice_date": "2024-05-14",
            "category": "external",
            "gross": "1190.00",
            "shares": [{"grant": "bescheid", "share": "100"}],
        },
    )
    await projects.made(
        "/claims",
        {
            "key": "abruf",
            "grant": "bescheid",
            "expenditures": ["miete"],
            "requested": "952.00",
        },
    )
    await projects.made(
        "/results",
        {
            "key": "beratung",
            "project": "vorhaben",
            "grant": "bescheid",
            "level": "output",
            "title": text("Beratung"),
        },
    )
    await projects.made(
        "/target-indicators",
        {
            "key": "beratungen",
            "result": "beratung",
            "title": text("Beratungen"),
            "unit": text("Fälle"),
            "direction": "increase",
            "counting": "cumulative",
        },
    )
    await projects.made("/measures", {**MEASURE, **more})


async def seen_again(indicators: Door, apps: dict[str, FastAPI]) -> None:
    """The next figure is released, and the effect is found."""
    await released(indicators, tidy("bezirk-a,2024-12-31,kinder,,140"))
    followers: list[Follower] = apps["projects"].state.followers
    (effects,) = [one for one in followers if one.name == "effects"]
    await effects.catch_up()

"""Rules of needs analysis find areas at each release, and people decide what that means."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from fastapi import FastAPI

from services.contracts.indicators.findings import Finding
from services.contracts.indicators.needs import NeedsPreview
from services.indicators.needs import commands
from services.kit import journal
from services.kit.database import Database
from tests.integration.indicators.figures import released, tidy
from tests.integration.indicators.territory import area
from tests.integration.indicators.town_with_facilities import at, equip_districts, facility
from tests.support.towns import Door, actor

Release = Callable[..., Awaitable[int]]
MANY: dict[str, Any] = {
    "key": "viele-kinder",
    "title": {"de": "Viele Kinder"},
    "topic": "kinder-jugend",
    "severity": "high",
    "level": "bezirk",
    "conditions": [
        {"kind": "threshold", "indicator": "kinder", "comparison": "above", "value": "100"}
    ],
}


@pytest.fixture
def release(indicators: Door, apps: dict[str, FastAPI]) -> Release:
    """Release numbers of children by district, of a year, and ask the rules."""
    database: Database = apps["indicators"].state.database

    async def run(year: int = 2024, **counts: object) -> int:
        rows = [f"bezirk-{key},{year}-12-31,kinder,,{count}" for key, count in counts.items()]
        number: int = (await released(indicators, tidy(*rows)))["number"]
        async with database.writing(actor(indicators.municipality, ["administrator"])) as session:
            await commands.evaluate(session, number)
        return number

    return run


async def listed(door: Door, query: str = "") -> list[dict[str, Any]]:
    answer = await door.get(f"/findings{query}")
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    for item in items:
        Finding.model_validate(item)
    return items


async def test_a_rule_finds_areas_with_their_evidence(indicators: Door, release: Release) -> None:
    await equip_districts(indicators)
    await indicators.as_("planner").made("/needs-rules", MANY)
    number = await release(a=160, b=80)
    (finding,) = await listed(indicators)
    assert finding["key"] == f"viele-kinder-bezirk-a-r{number}"
    assert (finding["state"], finding["outcome"]) == ("open", "met")
    assert (finding["first_seen"], finding["last_seen"]) == (number, number)
    assert (finding["severity"], finding["topic"]) == ("high", "kinder-jugend")
    (evidence,) = finding["evidence"]
    assert evidence["indicator"] == "kinder"
    assert (evidence["period"], evidence["value"]) == ("2024-12-31", "160")
    assert (evidence["status"], evidence["release"]) == ("normal", number)
    (told,) = (await indicators.get("/needs-rules/viele-kinder/assessments")).json()
    assert (told["areas"], told["found"], told["not_found"]) == (2, 1, 1)
    assert told["unknown"] == []
    assert await listed(indicators.as_()) == []
    assert await listed(indicators.as_("member")) == []


async def test_a_finding_goes_on_is_resolved_and_opens_anew(
    indicators: Door, release: Release
) -> None:
    await equip_districts(indicators)
    await indicators.made("/needs-rules", MANY)
    await release(a=160)
    await release(a=170)
    (finding,) = await listed(indicators)
    assert (finding["first_seen"], finding["last_seen"], finding["revision"]) == (1, 2, 2)
    assert finding["evidence"][0]["value"] == "170"
    await release(a=90)
    (finding,) = await listed(indicators)
    assert (finding["state"], finding["resolved_in"]) == ("resolved", 3)
    assert (finding["last_seen"], finding["resolution"]) == (2, "no_longer_met")
    await release(a=200)
    keys = {item["key"]: item["state"] for item in await listed(indicators)}
    assert keys == {
        "viele-kinder-bezirk-a-r1": "resolved",
        "viele-kinder-bezirk-a-r4": "open",
    }
    assert [f["key"] for f in await listed(indicators, "?seen_in=2")] == [
        "viele-kinder-bezirk-a-r1"
    ]
    assert await listed(indicators, "?seen_in=3") == []
    history = (await indicators.get("/findings/viele-kinder-bezirk-a-r1/history")).json()
    values = [entry["row"]["evidence"][0]["value"] for entry in history]
    assert values == ["170", "170", "160"]


async def test_what_is_hidden_is_unknown_and_never_false(
    indicators: Door, release: Release
) -> None:
    await equip_districts(indicators)
    few = {"kind": "threshold", "indicator": "kinder", "comparison": "below", "value": "50"}
    await indicators.made("/needs-rules", {**MANY, "conditions": [few]})
    await release(a=40, b=2)
    assert [f["area"] for f in await listed(indicators)] == ["bezirk-a"]
    (told,) = (await indicators.get("/needs-rules/viele-kinder/assessments")).json()
    assert told["unknown"] == [{"area": "bezirk-b", "reasons": ["hidden"]}]
    await release(a=1, b=2)
    (finding,) = await listed(indicators)
    assert (finding["state"], finding["outcome"]) == ("open", "unknown")
    assert (finding["last_seen"], finding["resolved_in"]) == (1, None)
    assert finding["evidence"][0]["value"] == "40"


async def test_asking_twice_with_the_same_release_changes_nothing(
    indicators: Door, release: Release, apps: dict[str, FastAPI]
) -> None:
    await equip_districts(indicators)
    await indicators.made("/needs-rules", MANY)
    number = await release(a=160)
    before = await listed(indicators)
    database: Database = apps["indicators"].state.database
    async with database.writing(actor(indicators.municipality, ["administrator"])) as session:
        await commands.evaluate(session, number)
    assert await listed(indicators) == before


async def test_people_confirm_or_dismiss_and_the_decision_stays(
    indicators: Door, release: Release
) -> None:
    await equip_districts(indicators)
    await indicators.made("/needs-rules", MANY)
    await release(a=160, b=170)
    planner = indicators.as_("planner", subject="test:planner")
    one, two = "/findings/viele-kinder-bezirk-a-r1", "/findings/viele-kinder-bezirk-b-r1"
    given = {"If-Match": '"r1"'}
    confirmed = await planner.post(f"{one}/confirmation", {"reason": None}, headers=given)
    assert confirmed.status_code == 200, confirmed.text
    assert (confirmed.json()["state"], confirmed.json()["decided_by"]) == (
        "confirmed",
        "test:planner",
    )
    assert confirmed.headers["etag"] == '"r2"'
    without = await planner.post(f"{two}/dismissal", {}, headers=given)
    assert without.json()["errors"][0]["pointer"] == "/reason"
    why = {"reason": "Wird mit dem Neubau erledigt."}
    assert (await planner.post(f"{two}/dismissal", why)).status_code == 428
    dismissed = await planner.post(f"{two}/dismissal", why, headers=given)
    assert (dismissed.json()["state"], dismissed.json()["reason"]) == ("dismissed", why["reason"])
    again = await planner.post(f"{two}/dismissal", why, headers={"If-Match": '"r2"'})
    assert again.status_code == 409
    stale = await planner.post(f"{two}/confirmation", {}, headers=given)
    assert stale.status_code == 412
    await release(a=180, b=190)
    states = [(f["area"], f["state"], f["last_seen"]) for f in await listed(indicators)]
    assert states == [("bezirk-a", "confirmed", 2), ("bezirk-b", "dismissed", 2)]
    await release(a=10)
    gone = await indicators.get(one)
    late = await planner.post(f"{one}/dismissal", why, headers={"If-Match": gone.headers["etag"]})
    assert late.status_code == 409
    assert gone.json()["decided_by"] == "test:planner"
    for door in (indicators.as_(), indicators.as_("member")):
        assert (await door.post(f"{one}/dismissal", why, headers=given)).status_code in (401, 403)


async def test_a_finding_is_described_as_life_is_there(indicators: Door, release: Release) -> None:
    await equip_districts(indicators)
    await indicators.made("/needs-rules", MANY)
    await release(a=160)
    words = {"description": {"de": "Lange Wege, Wartelisten."}, "source": "Quartiersgespräch"}
    told = await indicators.patch("/findings/viele-kinder-bezirk-a-r1", words, 1)
    assert told.status_code == 200, told.text
    assert told.json()["description"] == words["description"]
    state = await indicators.patch("/findings/viele-kinder-bezirk-a-r1", {"state": "resolved"}, 2)
    assert state.json()["errors"][0]["pointer"] == "/state"
    await release(a=170)
    (finding,) = await listed(indicators, "?state=open&rule=viele-kinder&area=bezirk-a")
    assert finding["description"] == words["description"]
    assert await listed(indicators, "?severity=low") == []


async def test_everybody_sees_the_findings_of_a_public_rule_but_not_what_is_hidden(
    indicators: Door, release: Release
) -> None:
    await equip_districts(indicators)
    await indicators.made("/needs-rules", {**MANY, "visibility": "public"})
    await release(a=160)
    public = indicators.as_()
    assert [f["area"] for f in await listed(public)] == ["bezirk-a"]
    await indicators.patch("/indicators/kinder", {"visibility": "administration"}, 1)
    assert await listed(public) == []
    assert (await public.get("/findings/viele-kinder-bezirk-a-r1")).status_code == 404
    await release(a=170)
    (finding,) = await listed(indicators)
    assert finding["visibility"] == "administration"
    wider = await indicators.patch("/needs-rules/viele-kinder", {"severity": "low"}, 1)
    assert wider.json()["errors"][0]["pointer"] == "/conditions/0/indicator"


async def test_a_rule_looks_at_the_areas_that_those_may_see_who_see_the_rule(
    indicators: Door, release: Release
) -> None:
    await equip_districts(indicators)
    above = area("geheim", "bezirk", "winzerla", visibility="administration")
    await indicators.made("/areas", above)
    await indicators.made("/area-levels", {"key": "block", "name": {"de": "Block"}, "position": 7})
    await indicators.made("/areas", area("bezirk-block", "block", "geheim"))
    await indicators.made("/needs-rules", {**MANY, "visibility": "public"})
    await indicators.made("/needs-rules", {**MANY, "key": "alle"})
    compared = {**MANY["conditions"][0], "value": "2", "relative_to": "parent"}
    more = {"key": "bloecke", "level": "block", "visibility": "public", "conditions": [compared]}
    await indicators.made("/needs-rules", {**MANY, **more})
    rows = [f"{key},2024-12-31,kinder,,170" for key in ("geheim", "bezirk-a", "bezirk-b")]
    await released(indicators, tidy(*rows))
    await release(block=400)

    everybody, office = indicators.as_(), indicators
    for door, rule, areas in ((everybody, "viele-kinder", 2), (office, "alle", 3)):
        (told, *_) = (await door.get(f"/needs-rules/{rule}/assessments")).json()
        assert (told["areas"], told["found"], told["unknown"]) == (areas, areas, [])
    assert "geheim" not in (await everybody.get("/needs-rules/bloecke/assessments")).text
    assert [one["area"] for one in await listed(office, "?rule=bloecke")] == []
    assert {one["area"] for one in await listed(office)} == {"bezirk-a", "bezirk-b", "geheim"}

    beside = {**compared, "relative_to": "area", "reference_area": "geheim"}
    told_of = {**MANY, "key": "neben", "conditions": [beside], "visibility": "public"}
    refused = await indicators.post("/needs-rules", told_of)
    assert refused.status_code == 422, refused.text
    (error,) = refused.json()["errors"]
    assert (error["pointer"], error["code"]) == ("/conditions/0/reference_area", "visibility")


async def test_a_preview_tells_and_stores_nothing(indicators: Door, release: Release) -> None:
    await equip_districts(indicators)
    await release(a=160, b=2)
    await indicators.made("/needs-rules", MANY)
    told = await indicators.post("/needs-rules/viele-kinder/previews")
    assert told.status_code == 200, told.text
    NeedsPreview.model_validate_json(told.content)
    assert told.json()["release"] == 1
    assert [one["area"] for one in told.json()["found"]] == ["bezirk-a"]
    assert told.json()["unknown"] == [{"area": "bezirk-b", "reasons": ["hidden"]}]
    assert await listed(indicators) == []
    assert (await indicators.get("/needs-rules/viele-kinder/assessments")).json() == []
    assert (await indicators.as_().post("/needs-rules/viele-kinder/previews")).status_code == 401


async def test_conditions_of_every_kind_work_together(indicators: Door, release: Release) -> None:
    await equip_districts(indicators)
    await indicators.made("/facilities", facility("kita-1", 60, location=at(11.51, 50.91)))
    await release(2022, a=100, b=100)
    conditions = [
        {"kind": "threshold", "indicator": "kinder", "comparison": "between", "value": "150",
         "upper": "160"},
        {"kind": "threshold", "indicator": "kinder", "comparison": "above", "value": "1.5",
         "relative_to": "area", "reference_area": "bezirk-b"},
        {"kind": "extreme", "indicator": "kinder", "end": "highest", "count": 1},
        {"kind": "class", "indicator": "kinder", "by": "given", "limits": ["120"],
         "classes": [2]},
        {"kind": "trend", "indicator": "kinder", "periods": 2, "measure": "growth",
         "comparison": "at_least", "value": "60"},
        {"kind": "coverage", "facility_kind": "kita", "places_below": "40"},
    ]  # fmt: skip
    await indicators.made("/needs-rules", {**MANY, "conditions": conditions})
    far = {"kind": "coverage", "facility_kind": "kita", "farther_than": 1000}
    other = {**MANY, "key": "weit", "conditions": [conditions[0], far], "combining": "any"}
    await indicators.made("/needs-rules", other)
    await release(2024, a=160, b=90)
    findings = {f["rule"]: f for f in await listed(indicators, "?area=bezirk-a")}
    evidence = findings["viele-kinder"]["evidence"]
    assert [one["compared"] for one in evidence] == [None, "1.777778", "1", "2", "60", None]
    assert evidence[1]["reference_value"] == "90"
    assert (evidence[4]["reference_period"], evidence[4]["reference_value"]) == (
        "2022-12-31",
        "100",
    )
    assert (evidence[5]["places"], evidence[5]["places_per_100"]) == (60, "38")
    (far_away,) = await listed(indicators, "?rule=weit&area=bezirk-b")
    assert far_away["evidence"][1]["metres"] == pytest.approx(1402, abs=2)
    assert far_away["evidence"][0]["outcome"] == "not_met"


async def test_an_area_that_ends_ends_its_findings(indicators: Door, release: Release) -> None:
    await equip_districts(indicators)
    await indicators.made("/needs-rules", MANY)
    await release(a=160)
    ended = await indicators.patch("/areas/bezirk-a", {"valid_to": "2021-01-01"}, 1)
    assert ended.status_code == 200, ended.text
    await release(b=10)
    (finding,) = await listed(indicators)
    assert (finding["state"], finding["resolution"]) == ("resolved", "area_ended")


async def test_a_rule_that_rests_leaves_its_findings(indicators: Door, release: Release) -> None:
    await equip_districts(indicators)
    await indicators.made("/needs-rules", MANY)
    await release(a=160)
    await indicators.patch("/needs-rules/viele-kinder", {"active": False}, 1)
    await release(a=10)
    (finding,) = await listed(indicators)
    assert (finding["state"], finding["last_seen"]) == ("open", 1)


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"level": "nowhere"}, "/level"),
        ({"conditions": []}, "/conditions"),
        ({"combining": "at_least"}, "/at_least"),
        ({"combining": "at_least", "at_least": 2}, "/conditions"),
        ({"at_least": 1}, "/at_least"),
        ({"visibility": "secret"}, "/visibility"),
        ({"kind": "guess"}, "/conditions/0"),
        ({"indicator": "nowhere"}, "/conditions/0/indicator"),
        ({"value": "NaN"}, "/conditions/0/value"),
        ({"comparison": "between"}, "/conditions/0/upper"),
        ({"upper": "5"}, "/conditions/0/upper"),
        ({"relative_to": "area"}, "/conditions/0/reference_area"),
        ({"relative_to": "area", "reference_area": "no"}, "/conditions/0/reference_area"),
    ],
)
async def test_a_rule_that_cannot_be_is_pointed_at(
    indicators: Door, wrong: dict[str, Any], pointer: str
) -> None:
    await equip_districts(indicators)
    of_rule = {
        k: v for k, v in wrong.items() if k in {*MANY, "combining", "at_least", "visibility"}
    }
    condition = {**MANY["conditions"][0], **{k: v for k, v in wrong.items() if k not in of_rule}}
    refused = await indicators.post("/needs-rules", {**MANY, "conditions": [condition], **of_rule})
    assert refused.status_code == 422, refused.text
    assert pointer in [error["pointer"] for error in refused.json()["errors"]]


async def test_the_journal_tells_what_became_of_findings(
    indicators: Door, release: Release, apps: dict[str, FastAPI]
) -> None:
    await equip_districts(indicators)
    await indicators.made("/needs-rules", MANY)
    await release(a=160, b=170)
    given = {"If-Match": '"r1"'}
    await indicators.post("/findings/viele-kinder-bezirk-a-r1/confirmation", {}, headers=given)
    await release(a=10)
    database: Database = apps["indicators"].state.database
    async with database.writing(actor(indicators.municipality, ["administrator"])) as session:
        entries = await journal.entries(session, indicators.municipality.id, 0)
    assert journal.first_broken(entries) is None
    told = [(e.type, e.subject) for e in entries if e.type.startswith("indicators.finding.")]
    assert told == [
        ("indicators.finding.opened.v1", "findings/viele-kinder-bezirk-a-r1"),
        ("indicators.finding.opened.v1", "findings/viele-kinder-bezirk-b-r1"),
        ("indicators.finding.confirmed.v1", "findings/viele-kinder-bezirk-a-r1"),
        ("indicators.finding.resolved.v1", "findings/viele-kinder-bezirk-a-r1"),
    ]


async def test_the_class_of_an_index_makes_a_finding(indicators: Door, release: Release) -> None:
    await equip_districts(indicators)
    await indicators.made("/areas", area("bezirk-c", "bezirk", "winzerla"))
    await indicators.made("/areas", area("bezirk-d", "bezirk", "winzerla"))
    index = {
        "key": "lage",
        "name": {"de": "Lage"},
        "source": {"publisher": "Sozialplanung"},
        "level": "bezirk",
        "components": [{"indicator": "kinder"}],
        "classes": [
            {"code": "1", "label": {"de": "günstig"}, "up_to": "1"},
            {"code": "2", "label": {"de": "ungünstig"}, "up_to": None},
        ],
    }
    await indicators.made("/indices", index)
    wanted = {"kind": "index_class", "index": "lage", "part": "status", "index_classes": ["2"]}
    rule = {**MANY, "conditions": [wanted], "visibility": "public"}
    await indicators.made("/needs-rules", rule)
    await release(a=300, b=100, c=110, d=2)
    (finding,) = await listed(indicators.as_())
    (evidence,) = finding["evidence"]
    assert (finding["area"], evidence["index"], evidence["index_class"]) == (
        "bezirk-a",
        "lage",
        "2",
    )
    assert evidence["period"] == "2024-12-31"
    (told,) = (await indicators.get("/needs-rules/viele-kinder/assessments")).json()
    assert told["unknown"] == [{"area": "bezirk-d", "reasons": ["hidden"]}]
    await indicators.patch("/indices/lage", {"visibility": "administration"}, 1)
    assert await listed(indicators.as_()) == []
    nowhere = {**rule, "key": "andere", "conditions": [{**wanted, "index": "nowhere"}]}
    refused = await indicators.post("/needs-rules", nowhere)
    assert refused.json()["errors"][0]["pointer"] == "/conditions/0/index"

"""The red thread: the whole chain from any of its links, within what somebody may see."""

from functools import partial

import httpx
import pytest

from services.kit.settings import Settings
from tests.integration.threads.chain import CHAIN, FINDING
from tests.integration.threads.conftest import Tell, bearer, edges, fewest, refs
from tests.support.spoken import is_told_as_asked
from tests.support.towns import Door

MONEY = {"expenditure:miete", "claim:abruf"}


@pytest.mark.usefixtures("whole")
async def test_the_chain_is_told_from_either_end(ask: Tell) -> None:
    for of in CHAIN:
        told = refs(await ask(of, "planner"))
        assert told >= {of, "observation:kinder/bezirk-a", "recommendation:r-1", "resolution:b-1"}
        assert told >= {f"finding:{FINDING}", "measure:familienzentrum"}
        # The paper is a cause of what was said on it, and no consequence of figures.
        assert ("paper:vorlage-1" in told) == (of != CHAIN[1])
    first = await ask(CHAIN[0], "planner")
    assert refs(first) >= set(CHAIN)
    assert edges(first) >= {
        ("observation:kinder/bezirk-a", "shows", f"finding:{FINDING}"),
        ("observation:kinder/bezirk-a", "evidence", "recommendation:r-1"),
        (f"finding:{FINDING}", "answered_by", "recommendation:r-1"),
        ("recommendation:r-1", "follows", "resolution:b-1"),
        ("resolution:b-1", "mandates", "measure:familienzentrum"),
        ("measure:familienzentrum", "funded_by", "grant:bescheid"),
        ("grant:bescheid", "pays_for", "expenditure:miete"),
        ("expenditure:miete", "claimed_by", "claim:abruf"),
        (CHAIN[-2], "followed_by", CHAIN[-1]),
        (CHAIN[-1], "seen_in", "observation:kinder/bezirk-a"),
    }
    assert first["hidden"] == {}


@pytest.mark.usefixtures("whole")
async def test_a_node_says_what_it_is_and_who_is_in_charge(ask: Tell) -> None:
    thread = await ask("resolution:b-1", "planner")
    told = {node["ref"]: node for node in thread["nodes"]}
    observation = told["observation:kinder/bezirk-a"]
    assert observation["title"]["de"] == "Kinder unter 7 Jahren, Bezirk-A"
    assert (observation["figure"], observation["on"]) == ("140", "2024-12-31")
    resolution = told["resolution:b-1"]
    assert (resolution["state"], resolution["service"]) == ("valid", "boards")
    assert resolution["responsible"]["name"] == {"de": "Ausschuss"}
    measure = told["measure:familienzentrum"]
    assert measure["address"].endswith("/measures/familienzentrum")
    assert measure["responsible"]["name"] == {"de": "Amt"}
    assert told["grant:bescheid"]["title"] == {"de": "FZ-7 80.000,00 EUR"}
    assert told[CHAIN[-1]]["title"]["de"] == "Kinder unter 7 Jahren, Bezirk-A"
    order = [node["type"] for node in thread["nodes"]]
    assert order.index("observation") < order.index("recommendation") < order.index("grant")


async def test_hidden_links_are_counted_and_never_told(ask: Tell, whole: dict[str, Door]) -> None:
    thread = await ask("measure:familienzentrum")
    assert refs(thread) & MONEY == set()
    assert thread["hidden"] == {"expenditure": 1, "claim": 1}
    changed = await whole["boards"].patch(
        "/recommendations/r-1", {"visibility": "administration"}, 2
    )
    assert changed.status_code == 200, changed.text
    thread = await ask("measure:familienzentrum")
    assert "recommendation:r-1" not in refs(thread)
    assert thread["hidden"] == {"recommendation": 1, "expenditure": 1, "claim": 1}
    assert "r-1" not in str(thread)
    assert "r-1" not in str(await ask(f"finding:{FINDING}"))
    await ask("recommendation:r-1", status=404)
    assert "recommendation:r-1" in refs(await ask("measure:familienzentrum", "planner"))


async def test_an_indicator_stands_for_its_figures_and_for_what_cites_it(
    ask: Tell, whole: dict[str, Door]
) -> None:
    version = {"published_on": "2026-01-15", "indicators": ["kinder"], "releases": [1]}
    made = await whole["boards"].post("/publications/armutsbericht/versions", version)
    assert made.status_code == 201, made.text
    told = await ask("indicator:kinder", "planner")
    assert refs(told) >= {*CHAIN[:5], "publication:armutsbericht"}
    assert edges(told) >= {
        ("indicator:kinder", "of", "observation:kinder/bezirk-a"),
        ("indicator:kinder", "cited_in", "publication:armutsbericht"),
    }
    report = await ask("publication:armutsbericht")
    assert refs(report) == {"publication:armutsbericht", "indicator:kinder"}


@pytest.mark.usefixtures("whole")
async def test_money_is_for_who_may_inspect_it(ask: Tell) -> None:
    secretary = await ask("grant:bescheid", "secretary")
    assert secretary["hidden"] == {"expenditure": 1, "claim": 1}
    await ask("expenditure:miete", "secretary", status=404)
    await ask("expenditure:miete", status=404)
    assert refs(await ask("claim:abruf", "controller")) >= {"grant:bescheid", "resolution:b-1"}


async def test_text_and_picture_tell_no_more_than_the_answer_as_json(
    door: httpx.AsyncClient, settings: Settings, town_here: str, whole: dict[str, Door]
) -> None:
    address = f"/v1/{town_here}/thread?of=measure:familienzentrum"
    hidden = await whole["boards"].patch("/recommendations/r-1", {"visibility": "members"}, 2)
    assert hidden.status_code == 200, hidden.text
    text = await door.get(address, headers={"accept": "text/plain"})
    assert text.headers["content-type"] == "text/plain; charset=utf-8"
    assert text.text.startswith("Roter Faden - Maßnahme: Familienzentrum (läuft, 01.01.2024)")
    assert "Nicht für Sie sichtbar: Empfehlung 1, Ausgabe 1, Mittelabruf 1" in text.text
    drawn = await door.get(f"{address}&format=svg&lang=en")
    assert drawn.headers["content-type"].startswith("image/svg+xml")
    assert "default-src 'none'" in drawn.headers["content-security-policy"]
    assert "Red thread: Family centre" in drawn.text
    assert [told.headers["content-language"] for told in (text, drawn)] == ["de", "en"]
    assert "content-language" not in (await door.get(address)).headers
    for told in (text, drawn):
        assert told.headers["cache-control"] == "private, no-cache"
        for secret in ("r-1", "Empfehlung:", "Recommendation:", "Miete"):
            assert secret not in told.text
    planner = bearer(settings, "planner")
    assert "Miete" in (await door.get(f"{address}&format=text", headers=planner)).text
    for form in ("text", "svg"):
        await is_told_as_asked(door.get, f"{address}&format={form}")
    again = {"if-none-match": drawn.headers["etag"]}
    assert (await door.get(f"{address}&format=svg&lang=en", headers=again)).status_code == 304


async def test_what_is_not_there_has_no_thread(ask: Tell) -> None:
    await ask("measure:nothing", status=404)
    await ask("observation:kinder", status=404)
    for nonsense in ("measure", "measure:", "person:p-1", "measure:a b", "measure:x' OR 1=1"):
        await ask(nonsense, status=422)


@pytest.mark.usefixtures("whole")
async def test_a_thread_costs_twelve_statements_at_most(ask: Tell, statements: list[str]) -> None:
    for of in CHAIN:
        assert await fewest(statements, partial(ask, of, "planner")) <= 12, of

"""What comes back to those who took part, and to organisations."""

from datetime import timedelta
from typing import Any

import asyncpg
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from services.boards.feedback import commands as feedback
from services.kit.days import today
from tests.integration.boards.beside import AREAS, apps
from tests.integration.boards.council import (
    a_body,
    a_contribution,
    a_process,
    a_statement,
    day,
    organisations,
)
from tests.support.spoken import is_told_as_asked
from tests.support.towns import Door

__all__ = ["apps"]

SUMMARY = {"summary": {"de": "Danke! Ein Bus fährt später."}}


async def asked(boards: Door, **more: Any) -> None:
    await organisations(boards)
    await boards.made("/bodies", a_body())
    await boards.made("/participation-processes", a_process(since=-10, areas=AREAS, **more))


async def said(boards: Door, times: int, **more: Any) -> list[str]:
    receipts = [
        await boards.as_().post("/contributions", a_contribution(**more)) for _ in range(times)
    ]
    return [receipt.json()["token"] for receipt in receipts]


def over(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tomorrow: the last day to hand in is over."""
    monkeypatch.setattr(feedback, "today", lambda: today() + timedelta(1))


def counts(report: dict[str, Any], by: str) -> dict[str | None, int | None]:
    (found,) = (table for table in report["tables"] if table["by"] == by)
    return {one["key"]: one["count"] for one in found["counts"]}


async def test_a_report_counts_and_protects_small_groups(
    boards: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    await asked(boards)
    await said(boards, 6, category="wohnen", area="lobeda", target_group="familien")
    await said(boards, 2, category="bildung", area="winzerla")
    preview = (await boards.as_("planner").get("/participation-processes/dialog/report")).json()
    assert (preview["total"], preview["published_at"]) == (8, None)
    assert counts(preview, "category") == {"wohnen": None, "bildung": None, None: None}
    assert counts(preview, "answer") == {
        "accepted": 0,
        "partly": 0,
        "rejected": 0,
        None: 8,
    }
    await said(boards, 9, category="wohnen")
    preview = (await boards.get("/participation-processes/dialog/report")).json()
    assert counts(preview, "category") == {"wohnen": None, "bildung": None, None: 0}
    assert counts(preview, "area") == {"lobeda": 6, "winzerla": None, None: None}
    (areas,) = (table for table in preview["tables"] if table["by"] == "area")
    assert areas["counts"][0]["name"] == {"de": "Lobeda"}
    statuses = {one["status"] for table in preview["tables"] for one in table["counts"]}
    assert statuses == {"counted", "protected"}


async def test_the_public_reads_it_once_it_is_published(
    boards: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    await asked(boards)
    await said(boards, 5, category="wohnen")
    address = "/participation-processes/dialog/report"
    assert (await boards.as_().get(address)).status_code == 404
    early = await boards.post(address, SUMMARY)
    assert (early.status_code, early.json()["errors"][0]["code"]) == (409, "too-early")
    over(monkeypatch)
    for role, status in (("planner", 403), ("member", 403)):
        assert (await boards.as_(role).post(address, SUMMARY)).status_code == status
    published = await boards.as_("secretary").post(address, SUMMARY)
    assert published.status_code == 201, published.text
    public = (await boards.as_().get(address)).json()
    assert public == published.json()
    assert (public["summary"], public["total"]) == (SUMMARY["summary"], 5)
    again = await boards.post(address, SUMMARY)
    assert (again.status_code, again.json()["errors"][0]["code"]) == (409, "published")


async def test_what_is_taken_back_later_does_not_show_by_the_difference(
    boards: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    await asked(boards)
    tokens = await said(boards, 5, category="wohnen")
    await boards.as_().post("/contributions/withdrawal", {"token": tokens.pop()})
    few = (await boards.get("/participation-processes/dialog/report")).json()
    assert (few["total"], few["total_status"]) == (None, "protected")
    await said(boards, 1, category="wohnen")
    over(monkeypatch)
    await boards.post("/participation-processes/dialog/report", SUMMARY)
    before = (await boards.as_().get("/participation-processes/dialog/report")).json()
    await boards.as_().post("/contributions/withdrawal", {"token": tokens.pop()})
    assert (await boards.as_().get("/participation-processes/dialog/report")).json() == before


async def test_nothing_raw_is_kept_with_the_report(
    boards: Door, owner: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    await asked(boards)
    await said(boards, 20, category="wohnen")
    await said(boards, 3, category="bildung")
    over(monkeypatch)
    await boards.post("/participation-processes/dialog/report", SUMMARY)
    kept = await owner.fetch(
        "SELECT report::text FROM boards.participation_process WHERE municipality_id = $1",
        boards.municipality.id,
    )
    assert '"count": 3' not in kept[0][0]
    assert '"total": 23' in kept[0][0]


async def test_statements_are_counted_and_answered(boards: Door) -> None:
    await asked(boards)
    await boards.made("/statements", a_statement())
    await boards.made("/statements", a_statement("andere", organisation="universitaet"))
    answer = {
        "decision": "accepted",
        "reason": {"de": "Der Vorschlag ist übernommen."},
        "answered_on": day(0),
    }
    answered = await boards.patch("/statements/andere", {"answer": answer})
    assert answered.json()["answer"] == answer
    for question, keys in (
        ("answered=true", ["andere"]),
        ("answered=false", ["stellungnahme"]),
        ("organisation=paritaetischer", ["stellungnahme"]),
        ("process=dialog", ["andere", "stellungnahme"]),
    ):
        listed = (await boards.as_().get(f"/statements?{question}")).json()["items"]
        assert [one["key"] for one in listed] == keys
    report = (await boards.get("/participation-processes/dialog/report")).json()
    assert report["statements"] == 2


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"process": "nothing"}, "/process"),
        ({"organisation": "nobody"}, "/organisation"),
        ({"position": "maybe"}, "/position"),
        ({"text": {"en": "Yes."}}, "/text"),
        ({"answer": {"decision": "accepted"}}, "/answer/reason"),
    ],
)
async def test_a_statement_that_cannot_be_is_refused(
    boards: Door, wrong: dict[str, Any], pointer: str
) -> None:
    await asked(boards)
    refused = await boards.post("/statements", a_statement(**wrong))
    assert refused.status_code == 422, refused.text
    assert pointer in [error["pointer"] for error in refused.json()["errors"]]
    assert (await boards.get("/statements")).json()["items"] == []


async def test_a_statement_stays_with_its_process_and_its_organisation(boards: Door) -> None:
    await asked(boards)
    await boards.made("/statements", a_statement())
    for field, value in (("process", "another"), ("organisation", "universitaet")):
        refused = await boards.patch("/statements/stellungnahme", {field: value})
        assert refused.json()["errors"][0]["pointer"] == f"/{field}"


async def test_the_report_is_handed_out_as_a_page_that_tells_no_more(
    boards: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    await asked(boards, name={"de": "Dialog <b>im</b> Quartier"})
    await said(boards, 9, category="wohnen")
    await said(boards, 3, category="bildung")
    address = "/participation-processes/dialog/report/document"
    await is_told_as_asked(boards.get, address)
    assert (await boards.as_().get(address)).status_code == 404
    preview = await boards.as_("planner").get(address)
    assert "Vorschau" in preview.text
    over(monkeypatch)
    await boards.post("/participation-processes/dialog/report", SUMMARY)
    page = await boards.as_().get(address)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "Dialog &lt;b&gt;im&lt;/b&gt; Quartier" in page.text
    assert "Danke! Ein Bus fährt später." in page.text
    assert '<th scope="row">Bildung</th><td class="n">*</td>' in page.text
    assert "weniger als 5 Beiträgen" in page.text
    assert 'lang="en"' in (await boards.as_().get(f"{address}?lang=en")).text
    printed = await boards.as_().get(f"{address}?format=pdf")
    assert printed.content.startswith(b"%PDF")


CHOICES = {
    "category": ("wohnen", "bildung", None),
    "area": ("lobeda", "winzerla", None),
    "target_group": ("familien", "aeltere", None),
}
LETTER = dict.fromkeys(CHOICES)
Event = tuple[str, Any]
letters = st.fixed_dictionaries({name: st.sampled_from(some) for name, some in CHOICES.items()})
events = st.one_of(
    st.tuples(st.just("letter"), letters),
    st.tuples(st.sampled_from(["withdrawal", "publication", "answer"]), st.integers(0, 40)),
)


def stories() -> list[list[Event]]:
    """Drawn first and lived afterwards: a town cannot wait for a strategy."""
    told: list[list[Event]] = [
        [*[("letter", LETTER)] * 6, ("report", 0), ("letter", LETTER), ("withdrawal", 0)],
    ]

    @settings(max_examples=6, derandomize=True, database=None, phases=(Phase.generate,))
    @given(st.lists(events, min_size=4, max_size=9), st.lists(events, min_size=3, max_size=6))
    def draw(before: list[Event], after: list[Event]) -> None:
        told.append([*before, ("report", 0), *after])

    draw()
    return told


async def happens(door: Door, process: str, said: list[dict[str, Any]], event: Event) -> None:
    what, more = event
    if what == "letter":
        letter = a_contribution(process, channel="paper", **more)
        said.append(await door.made("/contributions", letter))
    elif what == "report":
        published = await door.post(f"/participation-processes/{process}/report", SUMMARY)
        assert published.status_code == 201, published.text
    elif said:
        one = said[more % len(said)]
        address = f"/contributions/{one['key']}"
        if what == "withdrawal":
            await door.as_().post("/contributions/withdrawal", {"token": one["token"]})
        elif what == "publication":
            await door.post(f"{address}/moderation", {"state": "published"})
        else:
            answer = {"decision": "accepted", "reason": {"de": "Ja."}}
            await door.post(f"{address}/answer", answer)


async def test_who_reads_before_and_after_one_entry_has_nothing_to_subtract(boards: Door) -> None:
    """Whatever happens in between: there is one report, and of one contribution no area."""
    await organisations(boards)
    await boards.made("/bodies", a_body())
    for number, story in enumerate(stories()):
        process, said = f"dialog-{number}", list[dict[str, Any]]()
        more = {"areas": AREAS, "smallest_group": 3}
        await boards.made("/participation-processes", a_process(process, since=-11, **more))
        address = f"/participation-processes/{process}/report"
        read: set[bytes] = set()
        for event in story:
            if event[0] == "report":
                preview = (await boards.get(address)).json()
                assert read == set()
            await happens(boards, process, said, event)
            for reader in (boards.as_(), boards.as_("member")):
                for path in (address, f"{address}/document"):
                    answer = await reader.get(path)
                    read |= {answer.content} if answer.status_code == 200 else set()
                listed = await reader.get(f"/contributions?process={process}")
                told = listed.json()["items"]
                assert {(one["area"], one["target_group"]) for one in told} <= {(None, None)}
        assert len(read) == 2, "the report and its document, once and for all"
        report = (await boards.as_().get(address)).json()
        assert (report["total"], report["tables"]) == (preview["total"], preview["tables"])

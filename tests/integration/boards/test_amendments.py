"""Amendments and versions: what a paper said, who wanted it otherwise, and who may read which."""

from typing import Any

import asyncpg
import httpx
import pytest

from tests.integration.boards.council import (
    a_body,
    a_paper,
    a_person,
    an_amendment,
    organisations,
    text,
)
from tests.integration.boards.deciding import (
    a_resolution,
    bodies,
    contested,
    judged,
    on_the_way,
    put,
    voted,
)
from tests.support.copies import copied
from tests.support.oparl import Reader
from tests.support.spoken import is_told_as_asked
from tests.support.towns import Door

PAPER = "/papers/vorlage-1"
ADOPTION = "/amendments/am-1/adoption"
TAKEN_OVER = {"vote": None}


@pytest.fixture
@copied
async def office(boards: Door) -> Door:
    await organisations(boards)
    await boards.made("/bodies", a_body())
    await boards.made("/papers", a_paper(text=text("Wir fördern Zentren.")))
    return boards


async def versions(door: Door) -> list[tuple[int, str]]:
    return [(number, words["de"]) for number, words in await versions_of(door, PAPER[8:])]


async def versions_of(door: Door, paper: str) -> list[tuple[int, Any]]:
    items = (await door.get(f"/papers/{paper}/versions")).json()["items"]
    return [(one["number"], one["text"]) for one in items]


async def test_every_wording_of_a_paper_is_a_version(office: Door) -> None:
    await office.patch(PAPER, {"text": text("Wir fördern viele Zentren.")})
    await office.patch(PAPER, {"topics": []}, 2)
    await office.patch(PAPER, {"state": "closed"}, 2)
    assert await versions(office.as_()) == [
        (2, "Wir fördern viele Zentren."),
        (1, "Wir fördern Zentren."),
    ]


async def test_an_adopted_amendment_is_the_next_version(office: Door) -> None:
    await office.made("/amendments", an_amendment(text=text("Wir fördern drei Zentren.")))
    adopted = await office.post(
        "/amendments/am-1/adoption", TAKEN_OVER, headers={"If-Match": '"r1"'}
    )
    assert (adopted.status_code, adopted.json()["state"]) == (200, "adopted")
    assert adopted.headers["etag"] == '"r2"'
    paper = (await office.as_().get(PAPER)).json()
    assert (paper["text"]["de"], paper["revision"]) == ("Wir fördern drei Zentren.", 2)
    newest = (await office.as_().get(f"{PAPER}/versions/2")).json()
    assert newest["amendment"] == "am-1"
    again = await office.post(ADOPTION, TAKEN_OVER, headers={"If-Match": '"r2"'})
    assert (again.status_code, (await versions(office))[0][0]) == (409, 2)


async def test_an_amendment_is_adopted_by_a_vote_on_its_paper(boards: Door) -> None:
    await bodies(boards, "ausschuss", "stadtrat")
    await boards.made("/papers", a_paper())
    await on_the_way(boards, ("ausschuss", "decides"))
    await boards.made("/amendments", an_amendment())

    async def adopt(vote: str) -> Any:
        headers = {"If-Match": '"r1"'}
        return await boards.post("/amendments/am-1/adoption", {"vote": vote}, headers=headers)

    for vote, status, code in (
        (await put(boards, "ausschuss"), 409, "not-closed"),
        (await voted(boards, "ausschuss", key="v-0", yes=0), 409, "not-adopted"),
        (await voted(boards, "stadtrat"), 422, "other-paper"),
        ("v-9", 422, "unknown"),
    ):
        refused = await adopt(vote)
        assert (refused.status_code, refused.json()["errors"][0]["code"]) == (status, code), vote
        assert refused.json()["errors"][0]["pointer"] == "/vote"
    assert [number for number, _ in await versions_of(boards, "vorlage-1")] == [1]
    adopted = await adopt(await voted(boards, "ausschuss", key="v-1"))
    assert (adopted.status_code, adopted.json()["vote"]) == (200, "v-1")
    assert (await boards.as_().get("/amendments/am-1")).json()["vote"] == "v-1"
    address = "/meetings/ausschuss-1/agenda-items/ausschuss-1-a"
    revision = (await boards.get(address)).json()["revision"]
    hidden = await boards.patch(address, {"public": False}, revision)
    assert hidden.status_code == 200, hidden.text
    assert (await boards.as_().get("/amendments/am-1")).json()["vote"] is None


AMENDED = "Wir fördern drei Zentren."


@pytest.fixture
async def amended(boards: Door) -> Door:
    """The committee has changed title and words of the paper by the vote `v-1` on item a."""
    await bodies(boards, "ausschuss")
    await boards.made("/papers", a_paper(text=text("Wir fördern Zentren.")))
    await on_the_way(boards, ("ausschuss", "decides"))
    await boards.made("/amendments", an_amendment(title=text("Drei"), text=text(AMENDED)))
    assert (await adopt(boards, await voted(boards, "ausschuss", key="v-1"), 1)).status_code == 200
    return boards


async def adopt(door: Door, vote: str | None, revision: int) -> httpx.Response:
    return await door.post(ADOPTION, {"vote": vote}, headers={"If-Match": f'"r{revision}"'})


async def biased(door: Door) -> str:
    """The one who voted on item a had an interest: its votes are void. The address of that."""
    decision = await contested(door, "ausschuss")
    await judged(door, decision, "confirmed")
    return decision


async def came_late(door: Door) -> None:
    """The one who voted at half past had come ten minutes later."""
    came = {"stays": [{"starts_at": "2026-03-12T13:40:00+01:00", "ends_at": None}]}
    late = await door.patch("/attendances/at-ausschuss-1", came)
    assert late.status_code == 200, late.text


async def voted_later(door: Door) -> str:
    """The vote `v-2` on item a, another ten minutes later."""
    key = await put(door, "ausschuss", key="v-2")
    taken = {"counts": {"yes": 1, "no": 0}, "at": "2026-03-12T13:50:00+01:00"}
    assert (await door.post(f"/votes/{key}/closing", taken)).status_code == 200
    return key


async def reads(door: Door) -> tuple[str, str, str, int]:
    """Title, words and state of the paper, and the number of its version in force."""
    paper = (await door.get(PAPER)).json()
    number = (await versions(door))[0][0]
    return paper["title"]["de"], paper["text"]["de"], paper["state"], number


async def test_an_amendment_is_void_when_its_vote_is_and_the_paper_reads_as_before(
    amended: Door, world: Reader
) -> None:
    before = (await amended.get("/amendments/am-1")).json()
    assert (before["state"], (await reads(amended))[3]) == ("adopted", 2)
    declared = await biased(amended)
    void = (await amended.as_().get("/amendments/am-1")).json()
    assert (void["state"], void["vote"]) == ("void", "v-1")
    title = a_paper()["title"]["de"]
    assert await reads(amended.as_()) == (title, "Wir fördern Zentren.", "submitted", 3)
    (paper,) = await world.data("papers")
    assert paper["name"] == title
    newest = (await amended.as_().get(f"{PAPER}/versions/3")).json()
    assert (newest["amendment"], newest["instead_of"]) == (None, "am-1")
    difference = (await amended.as_().get(f"{PAPER}/versions/3/difference")).json()
    assert (difference["before"], difference["deleted"] > 0) == (2, True)
    way = (await amended.as_().get(f"{PAPER}/way")).json()
    assert [one["state"] for one in way["amendments"]] == ["void"]
    listed = (await amended.as_().get("/amendments?state=adopted")).json()["items"]
    assert listed == []
    await judged(amended, declared, "dismissed")
    assert (await amended.get("/amendments/am-1")).json()["state"] == "adopted"
    assert await reads(amended) == ("Drei", AMENDED, "submitted", 4)
    assert (await amended.get(f"{PAPER}/versions/4")).json()["amendment"] == "am-1"


async def test_an_amendment_is_adopted_by_the_vote_held_again(amended: Door) -> None:
    await came_late(amended)
    revision = (await amended.get("/amendments/am-1")).json()["revision"]
    assert (await adopt(amended, "v-1", revision)).json()["errors"][0]["code"] == "not-adopted"
    changed = await amended.patch("/amendments/am-1", {"reasons": text("Neu")}, revision)
    assert changed.status_code == 409
    adopted = await adopt(amended, await voted_later(amended), revision)
    assert adopted.status_code == 200, adopted.text
    assert (adopted.json()["state"], adopted.json()["vote"]) == ("adopted", "v-2")
    assert (await reads(amended))[1] == AMENDED


async def test_what_was_written_since_stays_when_the_amendment_is_void(amended: Door) -> None:
    revision = (await amended.get(PAPER)).json()["revision"]
    await amended.patch(PAPER, {"text": text("Wir fördern alle Zentren.")}, revision)
    await biased(amended)
    assert (await amended.get("/amendments/am-1")).json()["state"] == "void"
    assert (await reads(amended))[1:] == ("Wir fördern alle Zentren.", "submitted", 3)


async def test_words_that_a_body_has_decided_on_stay_although_the_amendment_is_void(
    amended: Door,
) -> None:
    await amended.made("/resolutions", a_resolution(await voted_later(amended)))
    await came_late(amended)
    assert (await amended.get("/amendments/am-1")).json()["state"] == "void"
    assert (await amended.get("/resolutions/b-1")).json()["state"] == "valid"
    assert (await reads(amended))[1:] == (AMENDED, "decided", 2)
    await biased(amended)
    assert (await reads(amended))[1:] == ("Wir fördern Zentren.", "submitted", 3)


async def test_words_that_were_decided_on_fall_with_the_decision(amended: Door) -> None:
    await amended.made("/resolutions", a_resolution(await voted(amended, "ausschuss", key="v-2")))
    assert (await reads(amended))[1:] == (AMENDED, "decided", 2)
    declared = await biased(amended)
    assert (await reads(amended))[1:] == ("Wir fördern Zentren.", "submitted", 3)
    await judged(amended, declared, "dismissed")
    assert (await reads(amended))[1:] == (AMENDED, "decided", 4)


async def test_the_database_keeps_no_amendment_adopted_by_a_vote_that_fell(
    amended: Door, owner: asyncpg.Connection
) -> None:
    await biased(amended)
    with pytest.raises(asyncpg.CheckViolationError, match="adopted by no vote"):
        await owner.execute(
            "UPDATE boards.amendment SET state = 'adopted', revision = revision + 1"
            " WHERE municipality_id = $1",
            amended.municipality.id,
        )


async def test_what_an_amendment_would_change_is_read_word_by_word(office: Door) -> None:
    await office.made("/amendments", an_amendment(text=text("Wir fördern drei Zentren.")))
    found = (await office.as_().get("/amendments/am-1/difference")).json()
    assert found["text"]["de"] == [
        {"kind": "same", "text": "Wir fördern "},
        {"kind": "inserted", "text": "drei "},
        {"kind": "same", "text": "Zentren."},
    ]
    assert (found["before"], found["after"], found["inserted"], found["deleted"]) == (1, None, 1, 0)
    for asked in ({"params": {"format": "html"}}, {"headers": {"Accept": "text/html"}}):
        page = await office.as_().get("/amendments/am-1/difference", **asked)
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        assert "default-src 'none'" in page.headers["content-security-policy"]
        assert "Wir fördern <ins>drei </ins>Zentren." in page.text
    refused = await office.get("/amendments/am-1/difference", headers={"Accept": "image/png"})
    assert refused.status_code == 406


async def test_two_versions_are_compared_both_ways(office: Door) -> None:
    await office.patch(PAPER, {"text": text("Wir fördern viele Zentren.")})
    await office.patch(PAPER, {"text": text("Wir fördern alle Zentren.")}, 2)
    last = (await office.get(f"{PAPER}/versions/3/difference")).json()
    assert (last["before"], last["after"], last["inserted"], last["deleted"]) == (2, 3, 1, 1)
    first = (await office.get(f"{PAPER}/versions/1/difference?before=3")).json()
    assert (first["inserted"], first["deleted"]) == (0, 1)
    for missing in ("versions/1/difference", "versions/9", "versions/3/difference?before=9"):
        assert (await office.get(f"{PAPER}/{missing}")).status_code == 404


async def test_an_amendment_to_words_no_longer_in_force_is_proposed_anew(office: Door) -> None:
    await office.made("/amendments", an_amendment(text=text("Wir fördern drei Zentren.")))
    await office.patch(PAPER, {"text": text("Wir fördern viele Zentren.")})
    refused = await office.post(
        "/amendments/am-1/adoption", TAKEN_OVER, headers={"If-Match": '"r1"'}
    )
    assert refused.status_code == 409
    assert (await office.get(PAPER)).json()["text"]["de"] == "Wir fördern viele Zentren."
    assert (await office.made("/amendments", an_amendment("am-2")))["based_on"] == 2


async def test_a_refused_amendment_says_why_and_stays_as_it_was(office: Door) -> None:
    for key, step in (("am-1", "rejection"), ("am-2", "withdrawal")):
        await office.made("/amendments", an_amendment(key))
        path = f"/amendments/{key}/{step}"
        assert (await office.post(path, {}, headers={"If-Match": '"r1"'})).status_code == 422
        assert (await office.post(path, {"reason": "Erledigt"})).status_code == 428
        done = await office.post(path, {"reason": "Erledigt"}, headers={"If-Match": '"r1"'})
        assert (done.status_code, done.json()["reason"]) == (200, "Erledigt")
        changed = await office.patch(f"/amendments/{key}", {"text": text("anders")}, 2)
        assert changed.status_code == 409
    states = (await office.get("/amendments?state=rejected")).json()["items"]
    assert [one["key"] for one in states] == ["am-1"]
    assert await versions(office) == [(1, "Wir fördern Zentren.")]


@pytest.mark.parametrize(
    ("wrong", "status", "pointer"),
    [
        ({"paper": "nowhere"}, 422, "/paper"),
        ({"text": None}, 422, "/text"),
        ({"originator_bodies": ["nobody"]}, 422, "/originator_bodies/0"),
        ({"originator_persons": ["p-9"]}, 422, "/originator_persons/0"),
    ],
)
async def test_an_amendment_that_cannot_be_is_refused(
    office: Door, wrong: dict[str, Any], status: int, pointer: str
) -> None:
    refused = await office.post("/amendments", an_amendment(**wrong))
    assert refused.status_code == status, refused.text
    assert pointer in [error["pointer"] for error in refused.json()["errors"]]
    assert (await office.get("/amendments")).json()["items"] == []


async def test_a_closed_paper_is_not_amended(office: Door) -> None:
    await office.made("/amendments", an_amendment(text=text("Wir fördern drei Zentren.")))
    await office.patch(PAPER, {"state": "closed"})
    assert (await office.post("/amendments", an_amendment("am-2"))).status_code == 409
    refused = await office.post(
        "/amendments/am-1/adoption", TAKEN_OVER, headers={"If-Match": '"r1"'}
    )
    assert refused.status_code == 409


async def test_what_was_said_in_a_draft_is_not_public_afterwards(office: Door) -> None:
    draft = {"key": "entwurf", "title": text("Entwurf"), "kind": "report", "text": text("roh")}
    await office.made("/papers", draft)
    await office.patch("/papers/entwurf", {"text": text("fertig")})
    await office.patch("/papers/entwurf", {"state": "submitted", "visibility": "public"}, 2)
    seen = (await office.as_().get("/papers/entwurf/versions")).json()["items"]
    assert [(one["number"], one["text"]["de"]) for one in seen] == [(2, "fertig")]
    assert (await office.as_().get("/papers/entwurf/versions/1")).status_code == 404
    assert (await office.as_().get("/papers/entwurf/versions/2/difference")).status_code == 404


async def test_a_version_that_should_not_have_been_public_is_hidden(office: Door) -> None:
    await office.patch(PAPER, {"text": text("Wir fördern viele Zentren.")})
    hidden = await office.patch(f"{PAPER}/versions/1", {"visibility": "administration"}, 1)
    assert hidden.status_code == 200, hidden.text
    assert [number for number, _ in await versions(office.as_())] == [2]
    words = await office.patch(f"{PAPER}/versions/1", {"text": text("anders")}, 2)
    assert words.status_code == 422
    assert len((await office.get(f"{PAPER}/versions/1/history")).json()) == 2


async def test_an_amendment_names_persons_to_those_alone_who_may_see_them(office: Door) -> None:
    await office.made("/persons", a_person())
    await office.made(
        "/amendments",
        an_amendment(originator_persons=["p-1"], originator_organisations=["fraktion-a"]),
    )
    seen = (await office.as_().get("/amendments?paper=vorlage-1")).json()["items"][0]
    assert (seen["originator_persons"], seen["originator_organisations"]) == ([], ["fraktion-a"])


async def test_an_amendment_to_a_hidden_paper_is_hidden(office: Door) -> None:
    await office.patch(PAPER, {"visibility": "administration"})
    await office.made("/amendments", an_amendment(visibility="public"))
    assert (await office.as_("member").get("/amendments/am-1")).status_code == 404


async def test_differences_are_worded_in_the_language_that_a_browser_asks_for(
    office: Door,
) -> None:
    await office.made("/amendments", an_amendment(text=text("Wir fördern drei Zentren.")))
    await office.patch(PAPER, {"text": text("Wir fördern viele Zentren.")})
    for path in ("/amendments/am-1/difference", f"{PAPER}/versions/2/difference"):
        await is_told_as_asked(office.as_().get, f"{path}?format=html")
        assert (await office.as_().get(path)).headers["vary"] == "Accept"

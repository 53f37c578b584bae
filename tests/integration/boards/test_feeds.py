"""Atom feeds, as readers of feeds need them (RFC 4287)."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from fastapi import FastAPI

from services.contracts.shared.access import Municipality
from tests.integration.boards.council import (
    a_body,
    a_meeting,
    a_paper,
    a_publication,
    everything,
    organisations,
    text,
)
from tests.integration.boards.deciding import a_resolution, bodies, voted
from tests.support.documents import PDF
from tests.support.spoken import is_told_as_asked
from tests.support.towns import Door, new_town

NS = {"a": "http://www.w3.org/2005/Atom", "at": "http://purl.org/atompub/tombstones/1.0"}
PUBLICATIONS, MEETINGS = "/publications/feed.atom", "/meetings/feed.atom"
RESOLUTIONS = "/resolutions/feed.atom"


def one(element: Element, name: str) -> str:
    """The text of the one child of this name."""
    (found,) = element.findall(f"a:{name}", NS)
    assert found.text
    return found.text


def is_moment(text_: str) -> bool:
    return datetime.fromisoformat(text_).tzinfo is not None


async def fed(door: Door, address: str = PUBLICATIONS) -> Element:
    """The feed, with everything that the standard asks of one."""
    answer = await door.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(answer.content)
    assert feed.tag == "{http://www.w3.org/2005/Atom}feed"
    entries = feed.findall("a:entry", NS)
    identifiers = [one(element, "id") for element in (feed, *entries)]
    assert len(set(identifiers)) == len(identifiers)
    for element in (feed, *entries):
        assert UUID(one(element, "id")).urn == one(element, "id")
        assert one(element, "title")
        assert is_moment(one(element, "updated"))
        assert all(one(author, "name") for author in element.findall("a:author", NS))
        assert element.findall("a:author", NS)
        links = element.findall("a:link", NS)
        assert all(link.attrib["href"].startswith(("http://", "https://")) for link in links)
        alternates = [link.attrib["type"] for link in links if link.attrib["rel"] == "alternate"]
        assert alternates
        assert len(set(alternates)) == len(alternates)
    own = [
        link.attrib["href"] for link in feed.findall("a:link", NS) if link.attrib["rel"] == "self"
    ]
    assert [link.partition("/v1/")[2] for link in own] == [f"{door.municipality.key}{address}"]
    newest = [one(entry, "updated") for entry in entries]
    assert newest == sorted(newest, reverse=True)
    return feed


async def test_a_feed_of_nothing_is_a_feed(boards: Door) -> None:
    for address in (PUBLICATIONS, MEETINGS, RESOLUTIONS):
        feed = await fed(boards.as_(), address)
        assert feed.findall("a:entry", NS) == []
        assert one(feed, "updated") == "1970-01-01T00:00:00Z"


async def test_a_reader_of_feeds_learns_what_is_published(boards: Door) -> None:
    await organisations(boards)
    await boards.made("/bodies", a_body())
    new = a_publication(
        title={"de": "Bericht <1> & mehr", "en": "Report"},
        bodies=["planungsbeirat"],
        publisher="dezernat-4",
        summary=text("Über die Lage."),
        link="https://www.jena.de/bericht",
        topics=["Armut"],
    )
    made = await boards.made("/publications", new)
    said = {
        "file_name": "Bericht.pdf",
        "name": "Bericht",
        "subject_kind": "publication",
        "subject": "newsletter-1",
    }
    file = (await boards.post("/files", content=PDF, params=said)).json()
    version = {"published_on": "2026-03-01", "files": [file["key"]]}
    await boards.made("/publications/newsletter-1/versions", version)
    (entry,) = (await fed(boards.as_())).findall("a:entry", NS)
    assert one(entry, "id") == f"urn:uuid:{made['id']}"
    assert one(entry, "title") == "Bericht <1> & mehr"
    assert one(entry, "summary") == "Über die Lage."
    assert one(entry, "published") == "2026-03-01T00:00:00Z"
    authors = [one(author, "name") for author in entry.findall("a:author", NS)]
    assert authors == ["dezernat-4", "Planungsbeirat LSZ"]
    terms = [category.attrib["term"] for category in entry.findall("a:category", NS)]
    assert terms == ["newsletter", "Armut"]
    (enclosure,) = [
        link.attrib for link in entry.findall("a:link", NS) if link.attrib["rel"] == "enclosure"
    ]
    assert enclosure["href"].endswith(f"/v1/{boards.municipality.key}/files/{file['key']}/download")
    assert (enclosure["type"], enclosure["length"]) == ("application/pdf", str(len(PDF)))
    english = await fed(boards.as_(), f"{PUBLICATIONS}?lang=en")
    assert one(english.findall("a:entry", NS)[0], "title") == "Report"
    assert english.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "en"


async def test_a_new_version_brings_a_publication_to_the_top(boards: Door) -> None:
    for key in ("old", "new"):
        await boards.made("/publications", a_publication(key, title=text(key)))

    async def titles() -> list[str]:
        feed = await fed(boards.as_())
        return [one(entry, "title") for entry in feed.findall("a:entry", NS)]

    before = await boards.as_().get(PUBLICATIONS)
    assert await titles() == ["new", "old"]
    hidden = {"published_on": "2026-03-01", "visibility": "administration"}
    await boards.made("/publications/old/versions", hidden)
    known = {"If-None-Match": before.headers["etag"]}
    assert (await boards.as_().get(PUBLICATIONS, headers=known)).status_code == 304
    told = {"published_on": "2026-03-01", "changes": text("Neu.")}
    await boards.made("/publications/old/versions", told)
    assert (await boards.as_().get(PUBLICATIONS, headers=known)).status_code == 200
    assert await titles() == ["old", "new"]


async def test_what_was_withdrawn_leaves_a_tombstone(boards: Door) -> None:
    made = await boards.made("/publications", a_publication())
    await boards.post("/publications/newsletter-1/withdrawal", {"reason": "Fehlerhaft."})
    feed = await fed(boards.as_())
    assert feed.findall("a:entry", NS) == []
    (stone,) = feed.findall("at:deleted-entry", NS)
    assert stone.attrib["ref"] == f"urn:uuid:{made['id']}"
    assert is_moment(stone.attrib["when"])
    assert stone.attrib["when"] == one(feed, "updated")
    comment = stone.find("at:comment", NS)
    assert comment is not None
    assert comment.text == "Fehlerhaft."


async def test_feeds_are_chosen_by_body_and_kind(boards: Door) -> None:
    await organisations(boards)
    await boards.made("/bodies", a_body())
    await boards.made("/publications", a_publication("n-1", bodies=["planungsbeirat"]))
    await boards.made("/publications", a_publication("r-1", kind="report"))

    async def links(query: str) -> list[str]:
        feed = await fed(boards.as_(), f"{PUBLICATIONS}?{query}")
        return [
            entry.findall("a:link", NS)[0].attrib["href"].rpartition("/")[2]
            for entry in feed.findall("a:entry", NS)
        ]

    assert await links("body=planungsbeirat") == ["n-1"]
    assert await links("kind=report") == ["r-1"]
    assert await links("body=planungsbeirat&kind=report") == []
    assert (await boards.as_().get(f"{PUBLICATIONS}?body=nowhere")).status_code == 404
    assert (await boards.as_().get(f"{PUBLICATIONS}?colour=red")).status_code == 422


async def test_a_feed_tells_nobody_what_they_may_not_see(
    boards: Door, doors: Callable[[str, Municipality], Door]
) -> None:
    await everything(boards)
    hidden = a_publication("secret", visibility="members", bodies=["planungsbeirat"])
    await boards.made("/publications", hidden)
    meeting = a_meeting("closed", visibility="members")
    await boards.made("/meetings", meeting)
    elsewhere = doors("boards", new_town())
    for address in (PUBLICATIONS, MEETINGS):
        counts = [
            len((await fed(door, address)).findall("a:entry", NS))
            for door in (boards.as_(), boards.as_("member"), elsewhere)
        ]
        assert counts == [1, 2, 0]
    await boards.patch("/bodies/planungsbeirat", {"visibility": "administration"})
    assert (await fed(boards.as_(), MEETINGS)).findall("a:entry", NS) == []
    feed = await boards.as_().get(PUBLICATIONS)
    assert "Planungsbeirat" not in feed.text
    assert (await boards.as_().get(f"{PUBLICATIONS}?body=planungsbeirat")).status_code == 404


async def test_a_feed_of_meetings_says_when_and_where(boards: Door) -> None:
    await organisations(boards)
    await boards.made("/bodies", a_body())
    await boards.made("/meetings", a_meeting(location=text("Rathaus")))
    for language, state in (("", "geplant"), ("&lang=en", "planned"), ("&lang=it", "in programma")):
        address = f"{MEETINGS}?body=planungsbeirat{language}"
        (entry,) = (await fed(boards.as_(), address)).findall("a:entry", NS)
        assert one(entry, "summary") == f"2026-03-12 13:00, Rathaus, {state}"
    assert [one(author, "name") for author in entry.findall("a:author", NS)] == [
        "Planungsbeirat LSZ"
    ]


async def test_a_feed_of_resolutions_says_what_was_decided_and_what_holds(boards: Door) -> None:
    await bodies(boards, "ausschuss", "stadtrat")
    await boards.made("/papers", a_paper(dated_on="2026-03-01"))
    made = await boards.made(
        "/resolutions", a_resolution(await voted(boards, "stadtrat"), title=text("Zentren"))
    )
    (entry,) = (await fed(boards.as_(), f"{RESOLUTIONS}?body=stadtrat")).findall("a:entry", NS)
    assert one(entry, "id") == f"urn:uuid:{made['id']}"
    assert one(entry, "title") == f"{made['reference']}: Zentren"
    assert one(entry, "published") == f"{made['decided_on']}T00:00:00Z"
    assert "valid" in [category.attrib["term"] for category in entry.findall("a:category", NS)]
    other = await fed(boards.as_(), f"{RESOLUTIONS}?body=ausschuss")
    assert other.findall("a:entry", NS) == []


async def test_a_resolution_that_was_replaced_comes_again_in_the_feed(boards: Door) -> None:
    await bodies(boards, "stadtrat")
    for place, key, more in (
        ("a", "alt", {}),
        ("b", "andere", {}),
        ("c", "neu", {"ends": [{"resolution": "alt", "kind": "replaces"}]}),
    ):
        vote = await voted(boards, "stadtrat", place)
        await boards.made("/resolutions", a_resolution(vote, key, **more))
    entries = (await fed(boards.as_(), RESOLUTIONS)).findall("a:entry", NS)
    links = [entry.findall("a:link", NS)[0].attrib["href"].rpartition("/")[2] for entry in entries]
    assert (set(links[:2]), links[2]) == ({"alt", "neu"}, "andere")
    old = entries[links.index("alt")]
    assert "replaced" in [one.attrib["term"] for one in old.findall("a:category", NS)]


async def test_a_resolution_of_the_closed_part_is_in_no_feed(boards: Door) -> None:
    await bodies(boards, "stadtrat")
    await boards.made("/papers", a_paper(dated_on="2026-03-01"))
    await boards.patch("/meetings/stadtrat-1/agenda-items/stadtrat-1-a", {"public": False})
    await boards.made("/resolutions", a_resolution(await voted(boards, "stadtrat")))
    assert (await fed(boards.as_(), RESOLUTIONS)).findall("a:entry", NS) == []
    assert len((await fed(boards, RESOLUTIONS)).findall("a:entry", NS)) == 1


async def test_links_begin_with_the_address_of_the_installation(
    boards: Door, apps: dict[str, FastAPI]
) -> None:
    await boards.made("/publications", a_publication())
    state = apps["boards"].state
    usual = state.settings
    try:
        state.settings = usual.model_copy(update={"public_url": "https://planung.example.org"})
        feed = await fed(boards.as_())
        links = [link.attrib["href"] for link in feed.iter(f"{{{NS['a']}}}link")]
        assert len(links) == 3
        assert all(link.startswith("https://planung.example.org/v1/") for link in links)
        before = one(feed, "id")
        state.settings = usual.model_copy(update={"public_url": None, "environment": "production"})
        assert (await boards.as_().get(PUBLICATIONS)).status_code == 503
    finally:
        state.settings = usual
    assert one(await fed(boards.as_()), "id") == before


@pytest.mark.parametrize("number", [60])
async def test_a_feed_has_an_end_and_costs_the_same_for_many(
    boards: Door, statements: list[str], number: int
) -> None:
    for n in range(number):
        await boards.made("/publications", a_publication(f"n-{n}"))
    statements.clear()
    feed = await fed(boards.as_())
    assert len(feed.findall("a:entry", NS)) == 50
    assert len(statements) <= 8


async def test_feeds_are_in_the_language_that_a_reader_asks_for(boards: Door) -> None:
    await bodies(boards, "ausschuss")
    for address in (PUBLICATIONS, MEETINGS, f"{RESOLUTIONS}?body=ausschuss"):
        await is_told_as_asked(boards.as_().get, address)

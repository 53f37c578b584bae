"""Pages of OParl lists: their numbers, their links, and how addresses are written."""

import json
from typing import Any
from uuid import UUID

import pytest

from services.boards.oparl.rules import Asked, Found, addressed, canonical, derived, moment, page

FIRST, LAST = UUID(int=1), UUID(int=9)


def told(total: int, before: int, size: int, **more: Any) -> dict[str, Any]:
    """A page of two, of which so many come before."""
    places = {"ends_at": FIRST, "before_previous": None, "before_last": LAST, **more}
    found = Found('{"id":1},{"id":2}', total, before, **places)
    read: dict[str, Any] = json.loads(page(Asked("https://example.org/x", limit=2), found, size))
    return read


@pytest.mark.parametrize(
    ("total", "before", "number", "pages", "links"),
    [
        (0, 0, 1, 1, {"first", "self", "last"}),
        (1, 0, 1, 1, {"first", "self", "last"}),
        (2, 0, 1, 1, {"first", "self", "last"}),
        (3, 0, 1, 2, {"first", "self", "next", "last"}),
        (3, 2, 2, 2, {"first", "prev", "self", "last"}),
        (4, 2, 2, 2, {"first", "prev", "self", "last"}),
        (5, 2, 2, 3, {"first", "prev", "self", "next", "last"}),
        (5, 4, 3, 3, {"first", "prev", "self", "last"}),
        (4, 1, 2, 2, {"first", "prev", "self", "next", "last"}),  # somebody wrote meanwhile
    ],
)
def test_a_page_knows_its_number_and_only_the_last_has_no_next(
    total: int, before: int, number: int, pages: int, links: set[str]
) -> None:
    read = told(total, before, 2)
    assert read["data"] == [{"id": 1}, {"id": 2}]
    assert read["pagination"] == {
        "totalElements": total,
        "elementsPerPage": 2,
        "currentPage": number,
        "totalPages": pages,
    }
    assert set(read["links"]) == links


def test_links_lead_to_the_pages_around() -> None:
    links = told(9, 4, 2, before_previous=UUID(int=2))["links"]
    own = "https://example.org/x"
    assert links == {
        "first": f"{own}?limit=2",
        "prev": f"{own}?after={UUID(int=2)}&limit=2",
        "self": f"{own}?limit=2",
        "next": f"{own}?after={FIRST}&limit=2",
        "last": f"{own}?after={LAST}&limit=2",
    }
    assert told(3, 2, 2)["links"]["prev"] == f"{own}?limit=2", "the first page has one address"


def test_an_address_says_every_filter_and_none_that_was_not_asked_for() -> None:
    assert Asked("/x").address(None) == "/x"
    first, second, third, fourth = (moment(f"2026-0{n}-01T00:00:00Z") for n in (1, 2, 3, 4))
    asked = Asked("/x", first, second, third, fourth, omit_internal=True, limit=5)
    assert asked.address(LAST) == (
        f"/x?after={LAST}&created_since=2026-01-01T01%3A00%3A00%2B01%3A00"
        "&created_until=2026-02-01T01%3A00%3A00%2B01%3A00&limit=5"
        "&modified_since=2026-03-01T01%3A00%3A00%2B01%3A00"
        "&modified_until=2026-04-01T02%3A00%3A00%2B02%3A00&omit_internal=true"
    )


def test_an_address_has_one_form() -> None:
    assert canonical("/oparl/v1.1/Jena/Meetings//") == "/oparl/v1.1/jena/meetings"


def test_what_is_stored_begins_where_the_installation_is() -> None:
    stored = r'{"id":"\u0001/papers/1","web":"\u0002/papers/1","text":"\\u0001 is no address"}'
    read = json.loads(addressed(stored, "https://example.org", "jena"))
    assert read == {
        "id": "https://example.org/oparl/v1.1/jena/papers/1",
        "web": "https://example.org/v1/jena/papers/1",
        "text": r"\u0001 is no address",
    }


def test_what_has_no_identifier_of_its_own_gets_the_same_each_time() -> None:
    made = derived("system")
    assert (made, made.version, made.variant) == (
        derived("system"),
        8,
        "specified in RFC 4122",
    )
    assert made != derived("body")

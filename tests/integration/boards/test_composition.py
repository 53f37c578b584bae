"""Is the board complete? Everybody may know the numbers, not everybody the names."""

from datetime import date
from typing import Any

import pytest
from fastapi import FastAPI

from services.boards.composition.queries import legal_size, voters
from services.boards.composition.rules import Voter
from tests.integration.boards.council import (
    a_body,
    a_membership,
    a_person,
    a_rule,
    a_seat,
    exactly,
    organisations,
    text,
)
from tests.support.copies import copied
from tests.support.towns import Door, actor

DAY = date(2026, 1, 15)
ADDRESS = "/bodies/planungsbeirat/composition?on=2026-01-15"


@pytest.fixture
@copied
async def board(boards: Door) -> Door:
    """The LSZ planning advisory board: each council group, one association, an officer, a chair."""
    await organisations(boards)
    await boards.made("/bodies", a_body())
    per_group = {"kind": "one_per", "organisation_kind": "council_group"}
    officer = {"kind": "ex_officio", "office": text("Gleichstellungsbeauftragte")}
    await boards.made("/seats", a_seat("fraktionen", rule=per_group))
    await boards.made("/seats", a_seat("verband", rule=exactly("paritaetischer")))
    await boards.made("/seats", a_seat("gleichstellung", rule=officer))
    await boards.made("/seats", a_seat("vorsitz", rule=exactly("dezernat-4"), chair=True))
    await boards.made("/seats", a_seat("frueher", ends_on="2020-12-31"))
    for number in range(1, 6):
        visibility = "public" if number == 1 else "administration"
        await boards.made("/persons", a_person(f"p-{number}", visibility=visibility))
    return boards


async def seats(door: Door, address: str = ADDRESS) -> dict[str, dict[str, Any]]:
    answer = await door.get(address)
    assert answer.status_code == 200, answer.text
    return {seat["seat"]: seat for seat in answer.json()["seats"]}


async def test_an_empty_board_says_who_is_missing(board: Door) -> None:
    found = await seats(board.as_())
    assert list(found) == ["vorsitz", "fraktionen", "gleichstellung", "verband"]
    assert {key: seat["state"] for key, seat in found.items()} == dict.fromkeys(found, "vacant")
    assert found["fraktionen"]["expected"] == {"minimum": 2, "maximum": 2}
    assert found["fraktionen"]["missing"] == ["fraktion-a", "fraktion-b"]
    assert found["verband"]["missing"] == ["paritaetischer"]
    assert found["gleichstellung"]["missing"] == []


async def test_a_complete_board_is_complete_on_that_day_only(board: Door) -> None:
    for person, seat, group in (
        ("p-1", "fraktionen", "fraktion-a"),
        ("p-2", "fraktionen", "fraktion-b"),
        ("p-3", "verband", "paritaetischer"),
        ("p-4", "gleichstellung", None),
        ("p-5", "vorsitz", "dezernat-4"),
    ):
        await board.made("/memberships", a_membership(person, seat=seat, on_behalf_of=group))
    now = (await board.get(ADDRESS)).json()
    assert (now["complete"], now["lawful"], now["violations"]) == (True, True, [])
    assert (now["members"], now["voting_members"], now["further"]) == (5, 5, 0)
    before = await board.get("/bodies/planungsbeirat/composition?on=2024-06-30")
    assert before.json()["complete"] is False
    today = await board.get("/bodies/planungsbeirat/composition")
    assert today.json()["on"] >= "2026-01-01"


async def test_names_are_for_those_who_may_see_them_numbers_for_all(board: Door) -> None:
    for person, group in (("p-1", "fraktion-a"), ("p-2", "fraktion-b")):
        new = a_membership(person, key=f"m-{person}", seat="fraktionen", on_behalf_of=group)
        await board.made("/memberships", {**new, "visibility": "public"})
    public = (await seats(board.as_()))["fraktionen"]
    office = (await seats(board))["fraktionen"]
    assert (public["count"], public["state"], public["missing"]) == (2, "filled", [])
    assert [holder["person"] for holder in public["holders"]] == ["p-1"]
    assert [holder["person"] for holder in office["holders"]] == ["p-1", "p-2"]
    assert office["holders"][0]["family_name"] == "Mustermann"


async def test_a_new_council_group_leaves_a_place_to_fill(board: Door) -> None:
    for person, group in (("p-1", "fraktion-a"), ("p-2", "fraktion-b")):
        await board.made(
            "/memberships", a_membership(person, seat="fraktionen", on_behalf_of=group)
        )
    new = {"key": "fraktion-c", "name": text("Fraktion C"), "kind": "council_group"}
    await board.made("/organisations", {**new, "visibility": "administration"})
    office, public = await seats(board), await seats(board.as_())
    assert office["fraktionen"]["state"] == public["fraktionen"]["state"] == "partly"
    assert office["fraktionen"]["missing"] == ["fraktion-c"]
    assert public["fraktionen"]["missing"] == []


async def test_two_for_one_group_are_too_many(board: Door) -> None:
    for person in ("p-1", "p-2"):
        await board.made(
            "/memberships", a_membership(person, seat="fraktionen", on_behalf_of="fraktion-a")
        )
    found = (await seats(board))["fraktionen"]
    assert (found["state"], found["missing"]) == ("overfilled", ["fraktion-b"])


async def test_substitutes_guests_and_hidden_seats_do_not_count(board: Door) -> None:
    await board.made("/memberships", a_membership("p-1", seat="verband", role="substitute"))
    await board.patch("/seats/vorsitz", {"visibility": "administration"})
    found = await seats(board.as_())
    assert found["verband"]["count"] == 0
    assert "vorsitz" not in found


async def test_the_answer_changes_with_its_members_not_with_the_body(board: Door) -> None:
    first = await board.get(ADDRESS)
    unchanged = await board.get(ADDRESS, headers={"If-None-Match": first.headers["etag"]})
    assert unchanged.status_code == 304
    await board.made("/memberships", a_membership(seat="verband"))
    changed = await board.get(ADDRESS, headers={"If-None-Match": first.headers["etag"]})
    assert changed.status_code == 200


async def test_the_composition_of_a_hidden_body_is_not_there(board: Door) -> None:
    await board.patch("/bodies/planungsbeirat", {"visibility": "administration"})
    assert (await board.as_().get(ADDRESS)).status_code == 404
    assert (await board.get(ADDRESS)).status_code == 200


@pytest.mark.parametrize("roles", [(), ("secretary",)])
async def test_a_composition_costs_four_statements(
    board: Door, statements: list[str], roles: tuple[str, ...]
) -> None:
    for person, group in (("p-1", "fraktion-a"), ("p-2", "fraktion-b")):
        await board.made(
            "/memberships", a_membership(person, seat="fraktionen", on_behalf_of=group)
        )
    await board.made("/composition-rules", a_rule())
    statements.clear()
    assert (await board.as_(*roles).get(ADDRESS)).status_code == 200
    assert len(statements) == 4


async def test_members_and_who_steps_in_are_the_same_whoever_asks(
    board: Door, apps: dict[str, FastAPI]
) -> None:
    sent = {"seat": "fraktionen", "on_behalf_of": "fraktion-a"}
    await board.made("/memberships", a_membership("p-1", key="m-1", voting=True, **sent))
    await board.made("/memberships", a_membership("p-2", key="m-2", role="substitute"))
    await board.made("/memberships", a_membership("p-3", key="m-3", role="substitute", **sent))
    await board.made("/memberships", a_membership("p-4", key="m-4", role="guest"))
    await board.patch("/seats/fraktionen", {"visibility": "administration"})
    asking = apps["boards"].state.database.writing(actor(board.municipality, []))
    async with asking as session:
        found = await voters(session, "planungsbeirat", DAY)
        size = await legal_size(session, "planungsbeirat", DAY)
    assert found == [
        Voter("m-1", "p-1", "fraktionen", "fraktion-a", True, False, ("m-3", "m-2")),
    ]
    assert size == (5, 5)


async def test_what_is_wrong_is_said_with_its_rule_and_its_clause(board: Door) -> None:
    await board.patch("/seats/verband", {"clause": "§ 4 Abs. 1"})
    rule = {"kind": "size", "minimum": 9, "maximum": None, "voting_only": False}
    await board.made("/composition-rules", a_rule(rule=rule, clause="§ 3"))
    for person, seat, group in (
        ("p-1", "fraktionen", "fraktion-a"),
        ("p-2", "fraktionen", "fraktion-b"),
        ("p-4", "gleichstellung", None),
        ("p-5", "vorsitz", "dezernat-4"),
    ):
        await board.made("/memberships", a_membership(person, seat=seat, on_behalf_of=group))
    found = (await board.as_().get(ADDRESS)).json()
    assert (found["complete"], found["lawful"]) == (False, False)
    assert [
        (one["state"], one["code"], one["seat"], one["rule"], one["organisation"], one["clause"])
        for one in found["violations"]
    ] == [
        ("vacant", "vacant", "verband", None, "paritaetischer", "§ 4 Abs. 1"),
        ("unlawful", "too_small", None, "regel", None, "§ 3"),
    ]
    assert found["violations"][0]["text"] == {
        "de": "paritaetischer hat für „Sitz“ niemanden benannt.",
        "en": "paritaetischer has named nobody for “Sitz”.",
    }


async def test_who_is_carried_over_stays_until_a_successor_is_named(board: Door) -> None:
    await board.patch("/seats/verband", {"carry_over": True, "term_months": 12})
    await board.made("/memberships", a_membership("p-1", key="m-1", seat="verband"))
    found = (await seats(board))["verband"]
    assert (found["count"], found["carried_over"], found["state"]) == (1, 1, "filled")
    assert found["holders"][0]["standing"] == "carried_over"
    assert found["holders"][0]["term_ends_on"] == "2025-06-30"
    violations = (await board.get(ADDRESS)).json()["violations"]
    assert [
        (v["code"], v["since"], v["memberships"]) for v in violations if v["seat"] == "verband"
    ] == [("carried_over", "2025-07-01", ["m-1"])]
    new = a_membership("p-2", key="m-2", seat="verband", starts_on="2026-01-15")
    await board.made("/memberships", new)
    found = (await seats(board))["verband"]
    assert [holder["membership"] for holder in found["holders"]] == ["m-2"]
    assert found["carried_over"] == 0


async def test_who_may_step_in_is_shown_to_those_who_may_see_them(board: Door) -> None:
    await board.made("/memberships", a_membership("p-1", key="m-1", seat="verband"))
    stands = {"role": "substitute"}
    await board.made("/memberships", a_membership("p-2", key="m-2", **stands))
    personal = {**stands, "substitute_for": "m-1", "rank": 1}
    await board.made("/memberships", a_membership("p-3", key="m-3", **personal))
    office, public = await seats(board), await seats(board.as_())
    (holder,) = office["verband"]["holders"]
    assert [one["membership"] for one in holder["substitutes"]] == ["m-3", "m-2"]
    (holder,) = public["verband"]["holders"]
    assert holder["substitutes"] == []


async def test_members_without_a_seat_are_shown_once_and_beside_the_seats(board: Door) -> None:
    await board.made("/memberships", a_membership("p-1", key="m-1", seat="verband"))
    await board.made("/memberships", a_membership("p-1", key="m-2", role="deputy_chair"))
    await board.made("/memberships", a_membership("p-2", key="m-3"))
    found = (await board.get(ADDRESS)).json()
    assert found["further"] == 1
    assert [one["membership"] for one in found["further_holders"]] == ["m-3"]
    public = (await board.as_().get(ADDRESS)).json()
    assert (public["further"], public["further_holders"]) == (1, [])


async def test_violations_hide_what_is_hidden_and_keep_the_numbers(board: Door) -> None:
    await board.patch("/organisations/paritaetischer", {"visibility": "administration"})
    await board.patch("/seats/gleichstellung", {"visibility": "administration"})
    rule = {"kind": "coverage", "organisation_kinds": ["science"], "minimum": 1}
    await board.made("/composition-rules", a_rule(rule=rule, visibility="members"))
    office = (await board.get(ADDRESS)).json()["violations"]
    member = (await board.as_("member").get(ADDRESS)).json()["violations"]
    public = (await board.as_().get(ADDRESS)).json()["violations"]
    assert {v["seat"] for v in office if v["seat"]} - {v["seat"] for v in public} == {
        "gleichstellung"
    }
    assert [v["code"] for v in member if v["rule"]] == ["not_covered"]
    assert [v["code"] for v in public if v["rule"]] == []
    (vacant,) = (v for v in public if v["seat"] == "verband")
    assert (vacant["count"], vacant["organisation"]) == (1, None)
    assert vacant["text"]["de"] == "Eine Organisation hat für „Sitz“ niemanden benannt."

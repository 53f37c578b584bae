"""Onward grants: who decides, what is paid, what comes back, and never more than the grant."""

import asyncio
from collections.abc import Awaitable, Callable
from decimal import Decimal
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from services.kit import sql
from services.kit.clients import service_actor
from services.projects.envelopes.commands import hold
from tests.integration.projects.neighbour import Neighbour
from tests.integration.projects.samples import GRANT, ONWARD, settle
from tests.support.copies import copied
from tests.support.towns import Door

ADDRESS = "/onward-grants/familiencafe"
APPROVAL = {
    "outcome": "approval",
    "decided_on": "2023-11-12",
    "deciding_body": "jugendhilfeausschuss",
    "resolution": "b-12-2023",
    "amount": "4000.00",
}
NOTICE = {"issued_on": "2023-12-01", "amount": "4000.00", "proof_due_on": "2025-03-31"}
RECOVERY = {"demanded_on": "2025-05-04", "amount": "100.00", "reason": {"de": "Nicht verbraucht"}}


@pytest.fixture
@copied
async def town_hall(projects: Door) -> Door:
    """A town whose grant of 10,000 is kept by half, and an application for 5,000."""
    await settle(projects, until="grants")
    money = {"amount": "10000", "rate": None, "sources": [], "own_use": "5000"}
    await projects.made("/grants", {**GRANT, **money})
    await projects.made("/onward-grants", ONWARD)
    return projects


async def step(door: Door, name: str, body: dict[str, Any], key: str = "familiencafe") -> Any:
    """Take a step and insist that it worked."""
    answer = await door.post(f"/onward-grants/{key}/{name}", body)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def refused(door: Door, name: str, body: dict[str, Any], status: int = 409) -> str | None:
    """Take a step that is refused and changes nothing; why."""
    before = (await door.get(ADDRESS)).json()
    answer = await door.post(f"{ADDRESS}/{name}", body)
    assert answer.status_code == status, answer.text
    assert (await door.get(ADDRESS)).json() == before
    errors = answer.json()["errors"]
    return errors[0]["code"] if errors else None


@pytest.mark.parametrize(
    ("wrong", "pointers"),
    [
        ({"grant": "not-there"}, ["/grant"]),
        ({"recipient": "nowhere"}, ["/recipient"]),
        ({"recipient": None}, ["/natural_person"]),
        ({"natural_person": True}, ["/natural_person"]),
        ({"natural_person": True, "recipient": None}, ["/visibility"]),
        (
            {"natural_person": True, "recipient": None, "visibility": "members"},
            ["/visibility"],
        ),
        ({"applied_amount": "0"}, ["/applied_amount"]),
        ({"applied_amount": "6000.01"}, ["/applied_amount"]),
        ({"starts_on": "2022-12-31"}, ["/starts_on"]),
        ({"ends_on": "2026-01-01"}, ["/ends_on"]),
        ({"ends_on": "2023-12-31"}, ["/ends_on"]),
    ],
)
async def test_a_wrong_application_is_pointed_at(
    town_hall: Door, wrong: dict[str, Any], pointers: list[str]
) -> None:
    answer = await town_hall.post("/onward-grants", {**ONWARD, "key": "second", **wrong})
    assert answer.status_code == 422, answer.text
    assert [error["pointer"] for error in answer.json()["errors"]] == pointers
    assert len((await town_hall.get("/onward-grants")).json()["items"]) == 1


async def test_an_onward_grant_from_application_to_closing(town_hall: Door) -> None:
    applied = (await town_hall.get(ADDRESS)).json()
    assert (applied["state"], applied["bound"]) == ("applied", "0.00")
    approved = await step(town_hall, "decision", APPROVAL)
    assert (approved["state"], approved["bound"], approved["awarded"]) == (
        "approved",
        "4000.00",
        "0.00",
    )
    assert approved["decisions"][0]["resolution"] == "b-12-2023"
    granted = await step(town_hall, "notices", NOTICE)
    assert (granted["state"], granted["awarded"]) == ("granted", "4000.00")
    for day in ("2024-02-01", "2024-08-01"):
        paid = await step(town_hall, "payouts", {"paid_on": day, "amount": "1750"})
    assert paid["paid"] == "3500.00"
    overdue = "/onward-grants?proof_overdue_on="
    assert (await town_hall.get(f"{overdue}2025-03-31")).json()["items"] == []
    assert len((await town_hall.get(f"{overdue}2025-04-01")).json()["items"]) == 1
    received = await step(town_hall, "proof", {"received_on": "2025-04-02"})
    assert (received["proof"]["accepted"], received["to_recover"]) == (None, "0.00")
    assert (await town_hall.get(f"{overdue}2025-04-30")).json()["items"] == []
    assert await refused(town_hall, "closing", {"on": "2025-04-30"}) == "unchecked"
    check = {"received_on": "2025-04-02", "checked_on": "2025-05-04", "accepted": "3400"}
    assert (await step(town_hall, "proof", check))["to_recover"] == "100.00"
    assert await refused(town_hall, "closing", {"on": "2025-05-04"}) == "to_recover"
    demanded = await step(town_hall, "recoveries", RECOVERY)
    assert (demanded["recovered"], demanded["bound"], demanded["to_recover"]) == (
        "100.00",
        "3900.00",
        "0.00",
    )
    assert await refused(town_hall, "closing", {"on": "2025-05-05"}) == "not_repaid"
    too_much = {"received_on": "2025-05-28", "amount": "100.01"}
    assert await refused(town_hall, "repayments", too_much) == "above_demand"
    await step(town_hall, "repayments", {"received_on": "2025-05-28", "amount": "100"})
    closed = await step(town_hall, "closing", {"on": "2025-06-30"})
    assert (closed["state"], closed["bound"], closed["ended_on"]) == (
        "closed",
        "3400.00",
        "2025-06-30",
    )
    late = {"paid_on": "2025-07-01", "amount": "1"}
    assert await refused(town_hall, "payouts", late) == "state"


async def test_no_step_comes_before_the_one_it_needs(town_hall: Door) -> None:
    assert await refused(town_hall, "notices", NOTICE) == "state"
    assert await refused(town_hall, "payouts", {"paid_on": "2024-01-01", "amount": "1"}) == "state"
    assert await refused(town_hall, "recoveries", RECOVERY) == "state"
    assert await refused(town_hall, "proof", {"received_on": "2025-04-02"}) == "state"
    back = {"received_on": "2024-01-01", "amount": "1"}
    assert await refused(town_hall, "repayments", back) == "above_demand"
    no = {"outcome": "refusal", "decided_on": "2023-11-12", "decided_by": "jugendamt"}
    said_no = await step(town_hall, "decision", no)
    assert (said_no["state"], said_no["ended_on"]) == ("refused", "2023-11-12")
    assert await refused(town_hall, "decision", APPROVAL) == "state"


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"deciding_body": "nowhere"}, "/deciding_body"),
        ({"resolution": "nowhere-1"}, "/resolution"),
        ({"deciding_body": None, "resolution": None, "decided_by": "nowhere"}, "/decided_by"),
        ({"deciding_body": None, "resolution": None}, "/decided_by"),
        ({"decided_by": "jugendamt"}, "/decided_by"),
        ({"deciding_body": None, "decided_by": "jugendamt"}, "/resolution"),
        ({"amount": None}, "/amount"),
        ({"outcome": "refusal"}, "/amount"),
    ],
)
async def test_a_decision_names_who_took_it_and_rests_on_what_is_there(
    town_hall: Door, wrong: dict[str, Any], pointer: str
) -> None:
    answer = await town_hall.post(f"{ADDRESS}/decision", {**APPROVAL, **wrong})
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["pointer"] == pointer
    assert (await town_hall.get(ADDRESS)).json()["decisions"] == []


async def test_a_resolution_is_asked_of_the_boards(
    town_hall: Door, neighbours: dict[str, Neighbour]
) -> None:
    await step(town_hall, "decision", APPROVAL)
    base = f"/v1/{town_hall.municipality.key}"
    assert f"{base}/resolutions/b-12-2023" in neighbours["boards"].calls
    (known,) = (await town_hall.get("/references?resource=resolutions&keys=b-12-2023")).json()
    assert known["key"] == "b-12-2023"


async def test_more_is_neither_approved_nor_awarded_nor_paid(town_hall: Door) -> None:
    more = {**APPROVAL, "amount": "5000.01"}
    assert await refused(town_hall, "decision", more) == "above_application"
    await step(town_hall, "decision", APPROVAL)
    assert await refused(town_hall, "notices", {**NOTICE, "amount": "4000.01"}) == "above_decision"
    await step(town_hall, "notices", NOTICE)
    pay = {"paid_on": "2024-02-01", "amount": "4000.01"}
    assert await refused(town_hall, "payouts", pay) == "above_award"
    await step(town_hall, "payouts", {**pay, "amount": "4000"})
    assert await refused(town_hall, "payouts", {**pay, "amount": "0.01"}) == "above_award"
    assert await refused(town_hall, "notices", {**NOTICE, "amount": "3999.99"}) == "below_paid"
    assert await refused(town_hall, "withdrawal", {"on": "2024-03-01"}) == "paid"
    assert await refused(town_hall, "decision", {**APPROVAL, "amount": "1"}) == "below_award"
    again = {**RECOVERY, "amount": "4000.01"}
    assert await refused(town_hall, "recoveries", again) == "above_paid"


async def test_what_was_paid_too_early_can_be_paid_again_and_what_is_taken_cannot(
    town_hall: Door,
) -> None:
    await step(town_hall, "decision", APPROVAL)
    await step(town_hall, "notices", NOTICE)
    pay = {"paid_on": "2024-02-01", "amount": "4000"}
    await step(town_hall, "payouts", pay)
    early = await step(town_hall, "recoveries", {**RECOVERY, "reduces_award": False})
    assert (early["awarded"], early["bound"]) == ("4000.00", "4000.00")
    assert (await step(town_hall, "payouts", {**pay, "amount": "100"}))["paid"] == "4100.00"
    await step(town_hall, "recoveries", RECOVERY)
    assert await refused(town_hall, "payouts", {**pay, "amount": "0.01"}) == "above_award"


async def test_onward_grants_and_own_use_are_never_more_than_the_grant(town_hall: Door) -> None:
    await step(town_hall, "decision", APPROVAL)
    await town_hall.made("/onward-grants", {**ONWARD, "key": "second"})
    over = await town_hall.post("/onward-grants/second/decision", {**APPROVAL, "amount": "1000.01"})
    assert (over.status_code, over.json()["errors"][0]["code"]) == (409, "above_grant")
    assert (await town_hall.get("/onward-grants/second")).json()["state"] == "applied"
    await step(town_hall, "decision", {**APPROVAL, "amount": "1000"}, "second")
    for change in ({"own_use": "5000.01"}, {"amount": "9999.99"}, {"state": "withdrawn"}):
        answer = await town_hall.patch("/grants/bescheid-2023", change, 1)
        assert answer.status_code == 409, answer.text
    freed = await step(town_hall, "withdrawal", {"on": "2023-12-01"}, "second")
    assert (freed["state"], freed["bound"]) == ("withdrawn", "0.00")
    assert (await town_hall.patch("/grants/bescheid-2023", {"own_use": "6000"}, 1)).is_success


async def test_of_a_grant_nobody_knows_the_amount_of_nothing_is_passed_on(projects: Door) -> None:
    await settle(projects, until="grants")
    await projects.made("/grants", {**GRANT, "amount": None})
    await projects.made("/onward-grants", ONWARD)
    assert await refused(projects, "decision", APPROVAL) == "amount_unknown"


async def test_once_decided_the_application_stays_what_was_decided_on(town_hall: Door) -> None:
    free = {"title": {"de": "Familiencafé Lobeda"}, "applied_amount": "4500"}
    assert (await town_hall.patch(ADDRESS, free, 1)).status_code == 200
    await step(town_hall, "decision", APPROVAL)
    for change in ({"applied_amount": "5000"}, {"recipient": "other"}):
        answer = await town_hall.patch(ADDRESS, change, 3)
        assert answer.status_code == 409, answer.text
        assert answer.json()["errors"][0]["pointer"] == f"/{next(iter(change))}"
    moved = await town_hall.patch(ADDRESS, {"grant": "other"}, 3)
    assert moved.json()["errors"][0]["code"] == "immutable"
    assert (await town_hall.patch(ADDRESS, {"title": {"de": "Café"}}, 3)).status_code == 200


async def test_natural_persons_are_for_the_administration_and_nowhere_in_the_journal(
    town_hall: Door, apps: dict[str, FastAPI]
) -> None:
    person = {"recipient": None, "natural_person": True, "visibility": "administration"}
    await town_hall.made("/onward-grants", {**ONWARD, "key": "mikro-7", **person})
    await step(town_hall, "decision", {**APPROVAL, "amount": "500"}, "mikro-7")
    for door in (town_hall.as_(), town_hall.as_("member"), town_hall.as_("supplier")):
        assert (await door.get("/onward-grants/mikro-7")).status_code == 404
        keys = [one["key"] for one in (await door.get("/onward-grants")).json()["items"]]
        assert keys == ["familiencafe"]
    shown = await town_hall.patch("/onward-grants/mikro-7", {"visibility": "public"}, 2)
    assert shown.json()["errors"][0]["pointer"] == "/visibility"
    async with apps["projects"].state.database.writing(
        service_actor("test", town_hall.municipality)
    ) as session:
        told = await sql.run(session, text("SELECT type || subject || data FROM journal"), {})
        entries = list(told.scalars())
    assert sum(entry.startswith("projects.onward_grant.c") for entry in entries) == 3
    assert "mikro-7" not in "".join(entries)


async def test_only_the_controller_decides_and_pays(town_hall: Door) -> None:
    for role, status in (("planner", 403), ("secretary", 403), ("controller", 200)):
        answer = await town_hall.as_(role).post(f"{ADDRESS}/decision", APPROVAL)
        assert answer.status_code == status, role
    assert (await town_hall.as_().post(f"{ADDRESS}/notices", NOTICE)).status_code == 401


async def test_a_repeated_click_pays_once(town_hall: Door) -> None:
    await step(town_hall, "decision", APPROVAL)
    await step(town_hall, "notices", NOTICE)
    click = {"headers": {"Idempotency-Key": "click"}}
    pay = {"paid_on": "2024-02-01", "amount": "1000"}
    answers = await asyncio.gather(
        *(town_hall.post(f"{ADDRESS}/payouts", pay, **click) for _ in range(4))
    )
    assert {answer.status_code for answer in answers} == {200}
    assert (await town_hall.get(ADDRESS)).json()["paid"] == "1000.00"


async def test_whoever_binds_money_of_a_grant_holds_it_until_it_is_stored(
    town_hall: Door, apps: dict[str, FastAPI]
) -> None:
    database, actor = apps["projects"].state.database, service_actor("test", town_hall.municipality)
    taken = text("SELECT key FROM projects.grant WHERE key = :key FOR NO KEY UPDATE SKIP LOCKED")
    key = {"key": "bescheid-2023"}
    async with database.writing(actor) as other:
        assert (await sql.run(other, taken, key)).all() == [("bescheid-2023",)]
    async with database.writing(actor) as one, database.writing(actor) as other:
        await hold(one, "bescheid-2023")
        assert (await sql.run(other, taken, key)).all() == [], "the other waits for its turn"


async def test_many_clerks_at_once_never_bind_more_than_the_grant(town_hall: Door) -> None:
    """Approvals, payouts, own use and reductions of the grant, all at the same time."""
    keys = [f"antrag-{n}" for n in range(6)]
    for key in keys:
        await town_hall.made("/onward-grants", {**ONWARD, "key": key})
    await step(town_hall, "decision", {**APPROVAL, "amount": "1000"})
    await step(town_hall, "notices", {**NOTICE, "amount": "1000"})
    approve = {**APPROVAL, "amount": "1200"}
    post: Callable[..., Awaitable[httpx.Response]] = town_hall.post
    answers = await asyncio.gather(
        *(post(f"/onward-grants/{key}/decision", approve) for key in keys),
        *(post(f"{ADDRESS}/payouts", {"paid_on": "2024-01-02", "amount": "300"}) for _ in keys),
        town_hall.patch("/grants/bescheid-2023", {"own_use": "5900"}, 1),
        town_hall.patch("/grants/bescheid-2023", {"amount": "8500"}, 1),
    )
    assert {answer.status_code for answer in answers} <= {200, 409, 412}
    assert 200 in {answer.status_code for answer in answers[:6]}
    grant = (await town_hall.get("/grants/bescheid-2023")).json()
    onward = (await town_hall.get("/onward-grants")).json()["items"]
    bound = sum(Decimal(one["bound"]) for one in onward)
    assert bound + Decimal(grant["own_use"]) <= Decimal(grant["amount"])
    approved = sum(answer.status_code == 200 for answer in answers[:6])
    assert bound == 1000 + 1200 * approved
    paid = sum(answer.status_code == 200 for answer in answers[6:12])
    assert paid == 3
    assert (await town_hall.get(ADDRESS)).json()["paid"] == "900.00"
    left = Decimal(grant["amount"]) - Decimal(grant["own_use"]) - bound
    assert left < 1200, "somebody was refused although it fitted"


async def test_money_passed_on_is_held_against_the_local_rules_that_it_names(
    town_hall: Door,
) -> None:
    """And its proof is due by them; local rules that there are not are refused."""
    nowhere = await town_hall.patch(ADDRESS, {"rule_scope": "micro.saalfeld"}, 1)
    assert nowhere.status_code == 422
    assert nowhere.json()["errors"][0] | {"detail": ""} == {
        "pointer": "/rule_scope",
        "code": "unknown",
        "detail": "",
    }
    programme = GRANT["programme"]
    adopted = await town_hall.post(f"/rule-packs/lsz/adoption?programme={programme}")
    assert adopted.status_code == 200, adopted.text
    rate = await town_hall.patch(ADDRESS, {"rule_scope": "eu"}, 1)
    assert rate.status_code == 422, "a scope of other rules"
    named = await town_hall.patch(ADDRESS, {"rule_scope": "micro.saalfeld"}, 1)
    assert named.status_code == 200, named.text
    address = f"/grants/{GRANT['key']}/figures?on=2023-12-31"
    told = (await town_hall.get(address)).json()["figures"]
    found = {one["key"]: one for one in told if one["scope"] == "familiencafe"}
    said = {key: (one["value"], one["status"]) for key, one in found.items()}
    assert said == {
        "onward_amount": ("5000.00", "breach"),
        "onward_own_share": ("16.6667", "ok"),
        "onward_application": ("2023-11-06", "ok"),
    }
    assert "Saalfeld-Rudolstadt" in str(found["onward_amount"]["clauses"])
    await step(town_hall, "decision", {**APPROVAL, "amount": "1500.00"})
    told = (await town_hall.get(address)).json()["figures"]
    (amount,) = (one for one in told if one["key"] == "onward_amount")
    assert (amount["value"], amount["status"]) == ("1500.00", "ok")
    person = {**ONWARD, "key": "frau-muster", "recipient": None, "natural_person": True}
    person |= {"visibility": "administration", "rule_scope": "micro.gera"}
    await town_hall.made("/onward-grants", person)
    await step(town_hall, "decision", {**APPROVAL, "amount": "1000.00"}, "frau-muster")
    assert "frau-muster" not in (await town_hall.get(address)).text
    duties = (await town_hall.get(f"/obligations?grant={GRANT['key']}")).json()["items"]
    due = {one["origin"]: one for one in duties}["onward_proof/frau-muster"]
    assert due["due_on"] == "2025-03-31"
    assert "Gera" in str(due["clauses"])

"""Obligations: what follows from notices and rules, who sees to it, and who is told when."""

from datetime import date, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from icalendar import Calendar

from services.kit.clients import service_actor
from services.kit.days import today
from services.kit.jobs import Work
from services.kit.settings import Settings
from services.projects.duties.duty import Duty
from services.projects.duties.passed_on import Passed
from services.projects.grant_facts.rules import Facts
from services.projects.obligations import commands, queries
from services.projects.obligations import rules as obligation_rules
from tests.integration.projects import test_bookings as bookings
from tests.integration.projects.samples import (
    BOOKING_MAPPING,
    CLAIM,
    EXPENDITURE,
    GRANT,
    NOTICE,
    ONWARD,
    RULE,
    settle,
)
from tests.integration.projects.test_onward_grants import APPROVAL
from tests.support.copies import copied
from tests.support.following import journal
from tests.support.spoken import is_told_as_asked
from tests.support.towns import Door

COORDINATION, CONTROLLING = "oidc:coordination", "oidc:controlling"


def months(key: str, parameter: str, value: str, **more: Any) -> dict[str, Any]:
    said = {"parameter": parameter, "value": value, "unit": "months", "clause": f"Nr. {key}"}
    return {**RULE, "key": key, "starts_on": None, **said, **more}


@pytest.fixture
@copied
async def office(projects: Door) -> Door:
    """A granted grant with rules for its proofs and for the use of its money."""
    await settle(projects)
    for rule in (
        months("nachweis", "proof_due", "6"),
        months("zwischennachweis", "interim_proof_due", "4"),
        months("mittel", "spend_within", "2"),
    ):
        await projects.made("/funding-rules", rule)
    await projects.made("/notices", NOTICE)
    return projects.as_("controller", subject=COORDINATION)


async def found(door: Door, query: str = "") -> dict[str, dict[str, Any]]:
    answer = await door.get(f"/obligations?limit=100{query}")
    assert answer.status_code == 200, answer.text
    return {one["origin"]: one for one in answer.json()["items"]}


def path(grant: str, origin: str, step: str = "") -> str:
    return f"/obligations/{obligation_rules.key_of(grant, origin)}{step}"


def the_condition(there: dict[str, dict[str, Any]]) -> dict[str, Any]:
    (condition,) = (one for one in there.values() if one["kind"] == "condition")
    return condition


PROOF = path("bescheid-2023", "proof_of_use")


async def test_duties_follow_from_the_notice_and_the_rules(office: Door) -> None:
    there = await found(office)
    condition = the_condition(there)
    assert set(there) == {
        "proof_of_use",
        "interim_proof/2023",
        "interim_proof/2024",
        condition["origin"],
    }
    proof = there["proof_of_use"]
    assert (proof["raw_due"], proof["due_on"]) == ("2026-06-30", "2026-06-30")
    assert [clause["text"] for clause in proof["clauses"]][-1] == "Nr. nachweis"
    assert condition["clauses"][0]["notice"] == "bescheid-2023-1"
    assert there["interim_proof/2023"]["overdue"]


async def test_a_rule_of_the_notice_and_a_later_notice_move_the_day(office: Door) -> None:
    before = (await found(office))["proof_of_use"]
    later = {
        **NOTICE,
        "key": "bescheid-2023-2",
        "kind": "extension",
        "ends_on": "2026-12-31",
        "issued_on": "2025-10-01",
        "effective_from": "2025-10-01",
        "overrides": [
            {"parameter": "proof_due", "value": "3", "clause": "Nr. 7 des Änderungsbescheids"}
        ],
    }
    await office.made("/notices", later)
    there = await found(office)
    proof = there["proof_of_use"]
    assert (proof["due_on"], proof["revision"]) == ("2027-03-31", before["revision"] + 1)
    assert {"Nr. 7 des Änderungsbescheids"} <= {clause["text"] for clause in proof["clauses"]}
    assert "interim_proof/2025" in there
    past = (await office.get(f"{PROOF}/history")).json()
    days = [state["row"]["due_on"] for state in past]
    assert days == ["2027-03-31", "2026-06-30", None], "before the rule was entered it was unknown"


async def test_another_condition_is_open_though_the_first_was_done(office: Door) -> None:
    first = the_condition(await found(office))
    done = {"done_on": "2024-04-20"}
    answer = await office.post(f"/obligations/{first['key']}/completion", done)
    assert answer.status_code == 200
    other = {"text": {"de": "Sachbericht"}, "clause": "Nr. 7", "due_on": "2025-04-30"}
    amended = {"kind": "amendment", "issued_on": "2024-10-01", "effective_from": "2024-10-01"}
    second = {**NOTICE, **amended, "key": "bescheid-2023-2", "conditions": [other]}
    await office.made("/notices", second)
    there = await found(office)
    (new,) = (one for one in there.values() if one["title"]["de"] == "Sachbericht")
    assert (new["state"], new["due_on"]) == ("open", "2025-04-30")
    assert there[first["origin"]]["state"] == "done"
    again = {**NOTICE["conditions"][0], "due_on": "2026-04-30"}
    third = {**second, "key": "bescheid-2023-3", "conditions": [other, again]}
    await office.made("/notices", {**third, "issued_on": "2025-10-01"})
    asked = (await found(office))[first["origin"]]
    assert (asked["state"], asked["due_on"], asked["done_on"]) == ("open", "2026-04-30", None)


async def test_a_purpose_fulfilled_early_is_proven_early(office: Door) -> None:
    """Who says `ended_on` of a grant that is granted says that its purpose is fulfilled."""
    revision = (await office.get("/grants/bescheid-2023")).json()["revision"]
    ended = {"ended_on": "2024-06-30"}
    answer = await office.as_("administrator").patch("/grants/bescheid-2023", ended, revision)
    assert answer.status_code == 200, answer.text
    there = await found(office)
    proof = there["proof_of_use"]
    assert (proof["event_on"], proof["due_on"]) == ("2024-06-30", "2024-12-30")
    assert there["interim_proof/2023"]["state"] == "open"
    assert there["interim_proof/2024"]["state"] == "dropped", "proven with the whole"


async def test_a_proof_that_the_funder_does_without_is_late_nowhere(office: Door) -> None:
    """The figure once called it overdue for good, though its obligation was waived."""

    async def status() -> str:
        answer = await office.get("/grants/bescheid-2023/figures?on=2026-07-01")
        due = next(one for one in answer.json()["figures"] if one["key"] == "proof_due")
        assert due["value"] == "2026-06-30"
        return str(due["status"])

    assert await status() == "breach"
    waived = await office.post(path("bescheid-2023", "proof_of_use", "/waiver"), {"reason": "x"})
    assert waived.status_code == 200, waived.text
    assert await status() == "ok"
    await office.post(path("bescheid-2023", "proof_of_use", "/reopening"), {"reason": "x"})
    assert await status() == "breach"


async def test_what_nothing_demands_any_more_is_dropped_and_comes_back(office: Door) -> None:
    rule = (await office.get("/funding-rules/zwischennachweis")).json()
    gone = {"starts_on": "2030-01-01"}
    assert (await office.patch("/funding-rules/zwischennachweis", gone)).status_code == 200
    assert (await found(office))["interim_proof/2023"]["state"] == "dropped"
    back = {"starts_on": rule["starts_on"]}
    assert (await office.patch("/funding-rules/zwischennachweis", back, 2)).status_code == 200
    assert (await found(office))["interim_proof/2023"]["state"] == "open"


async def test_looking_again_changes_nothing(office: Door, apps: dict[str, FastAPI]) -> None:
    before = await found(office)
    actor = service_actor("test", office.municipality)
    for _ in range(2):
        async with apps["projects"].state.database.writing(actor) as session:
            await commands.derive(session, "bescheid-2023")
    assert await found(office) == before


async def test_a_payout_is_to_be_used_and_is_done_as_soon_as_it_was(office: Door) -> None:
    await office.made("/expenditures", EXPENDITURE)
    await office.made("/claims", CLAIM)
    await office.post("/claims/abruf-1/submission", {"submitted_on": "2024-06-03"})
    paid = {"paid_on": "2024-06-20", "amount": "952.00"}
    assert (await office.post("/claims/abruf-1/payouts", paid)).status_code in (200, 201)
    used = (await found(office))["spending/2024-06-20"]
    assert (used["raw_due"], used["state"], used["done_on"]) == (
        "2024-09-20",
        "done",
        "2024-06-20",
    )
    said = await office.post(
        path("bescheid-2023", "spending/2024-06-20", "/completion"), {"done_on": "2024-07-01"}
    )
    assert said.status_code == 409


async def test_a_payment_put_to_another_grant_leaves_the_money_of_the_first_unused(
    office: Door,
) -> None:
    await office.made("/expenditures", {**EXPENDITURE, "key": "gehalt"})
    await office.made("/claims", {**CLAIM, "expenditures": [], "requested": "952.00"} | FORECAST)
    await office.post("/claims/abruf-1/submission", {"submitted_on": "2024-06-03"})
    paid = {"paid_on": "2024-06-20", "amount": "952.00"}
    assert (await office.post("/claims/abruf-1/payouts", paid)).status_code in (200, 201)
    assert (await found(office))["spending/2024-06-20"]["state"] == "done"
    second = {**GRANT, "key": "bescheid-2024", "starts_on": "2024-07-01", "state": "granted"}
    await office.as_("administrator").made("/grants", second)
    moved = {"shares": [{"grant": "bescheid-2024", "share": "100"}]}
    answer = await office.patch("/expenditures/gehalt", moved, 1)
    assert answer.status_code == 200, answer.text
    assert (await found(office, "&grant=bescheid-2023"))["spending/2024-06-20"]["state"] == "open"


async def test_bookings_that_another_rule_moves_leave_the_money_of_their_grant_unused(
    office: Door,
) -> None:
    await office.made("/claims", {**CLAIM, "expenditures": [], "requested": "952.00"} | FORECAST)
    await office.post("/claims/abruf-1/submission", {"submitted_on": "2024-06-03"})
    paid = {"paid_on": "2024-06-20", "amount": "952.00"}
    assert (await office.post("/claims/abruf-1/payouts", paid)).status_code in (200, 201)
    await office.as_("administrator").made("/booking-mappings", BOOKING_MAPPING)
    await bookings.stored(office, bookings.HEAD + bookings.MAY)
    assert (await found(office))["spending/2024-06-20"]["state"] == "done"
    second = {**GRANT, "key": "bescheid-2024", "starts_on": "2024-01-01", "state": "granted"}
    await office.as_("administrator").made("/grants", second)
    rules = [{"account": "5012000", "grant": "bescheid-2024", "category": "staff"}]
    changed = await office.patch("/booking-mappings/journal", {"rules": rules}, 1)
    assert changed.status_code == 200, changed.text
    await bookings.stored(office, bookings.HEAD + bookings.MAY)
    assert (await found(office, "&grant=bescheid-2023"))["spending/2024-06-20"]["state"] == "open"


FORECAST = {"forecast": [{"purpose": "Personal", "category": "staff", "amount": "1190.00"}]}


async def test_whoever_got_money_passed_on_has_to_prove_it(projects: Door) -> None:
    await settle(projects, until="grants")
    money = {"amount": "10000", "rate": None, "sources": [], "own_use": "5000"}
    await projects.made("/grants", {**GRANT, **money})
    await projects.made("/onward-grants", ONWARD)
    decided = {**APPROVAL, "resolution": None}
    for step, body in (
        ("decision", decided),
        ("notices", {"issued_on": "2023-12-01", "amount": "4000.00", "proof_due_on": "2025-03-31"}),
    ):
        answer = await projects.post(f"/onward-grants/familiencafe/{step}", body)
        assert answer.status_code == 200, answer.text
    duty = (await found(projects))["onward_proof/familiencafe"]
    assert (duty["due_on"], duty["state"]) == ("2025-03-31", "open")
    proven = {"received_on": "2025-03-20"}
    answer = await projects.post("/onward-grants/familiencafe/proof", proven)
    assert answer.status_code == 200, answer.text
    duty = (await found(projects))["onward_proof/familiencafe"]
    assert (duty["state"], duty["done_on"]) == ("done", "2025-03-20")
    reason = {"reason": {"de": "Nicht verbraucht"}, "due_on": "2025-06-30"}
    for step, body in (
        ("payouts", {"paid_on": "2024-02-01", "amount": "1000.00"}),
        ("recoveries", {"demanded_on": "2025-05-04", "amount": "100.00", **reason}),
    ):
        answer = await projects.post(f"/onward-grants/familiencafe/{step}", body)
        assert answer.status_code == 200, answer.text
    duty = (await found(projects))["onward_repayment/familiencafe/1"]
    assert (duty["kind"], duty["due_on"], duty["state"]) == (
        "onward_repayment",
        "2025-06-30",
        "open",
    )
    came = {"received_on": "2025-06-20", "amount": "100.00"}
    answer = await projects.post("/onward-grants/familiencafe/repayments", came)
    assert answer.status_code == 200, answer.text
    duty = (await found(projects))["onward_repayment/familiencafe/1"]
    assert (duty["state"], duty["done_on"]) == ("done", "2025-06-20")


async def test_the_inbox_is_of_whoever_asks(office: Door) -> None:
    given = {"responsible": COORDINATION, "substitute": CONTROLLING}
    answer = await office.post("/grants/bescheid-2023/obligation-assignment", given)
    assert answer.json()["obligations"] == 4
    mine = (await office.get("/inbox")).json()["items"]
    assert [one["due_on"] for one in mine] == sorted(one["due_on"] for one in mine)
    assert len(mine) == 4
    other = office.as_("controller", subject=CONTROLLING)
    assert len((await other.get("/inbox")).json()["items"]) == 4
    stranger = office.as_("planner", subject="oidc:stranger")
    assert (await stranger.get("/inbox")).json()["items"] == []
    await office.made("/funding-rules", months("aufbewahrung", "retention", "5", unit="years"))
    done = {"done_on": "2026-05-20", "note": "Eingang bestätigt"}
    assert (await office.post(f"{PROOF}/completion", done)).status_code == 200
    kept = (await found(office))["retention"]
    assert (kept["due_on"], kept["responsible"]) == ("2031-05-20", COORDINATION)
    assert len((await office.get("/inbox?unassigned=true")).json()["items"]) == 0


async def test_what_a_person_said_stays_whatever_the_notice_says(office: Door) -> None:
    waived = {"reason": "Die Bewilligungsstelle verzichtet."}
    interim = path("bescheid-2023", "interim_proof/2023")
    assert (await office.post(f"{interim}/waiver", waived)).json()["state"] == "waived"
    assert (await office.post(f"{interim}/waiver", waived)).status_code == 409
    await office.patch("/funding-rules/zwischennachweis", {"value": "5"})
    there = await found(office)
    assert there["interim_proof/2023"]["due_on"] == "2024-04-30"
    assert there["interim_proof/2024"]["due_on"] == "2025-06-02", "the 31st is a Saturday"
    again = await office.post(f"{interim}/reopening", {"reason": "Doch verlangt"})
    assert (again.json()["state"], again.json()["note"]) == ("open", "Doch verlangt")


async def test_by_hand_only_who_sees_to_it_is_changed(office: Door) -> None:
    care = {"responsible": CONTROLLING}
    revision = (await office.get(PROOF)).json()["revision"]
    changed = await office.patch(PROOF, care, revision)
    assert (changed.status_code, changed.json()["responsible"]) == (200, CONTROLLING)
    assert (await office.patch(PROOF, {"due_on": "2030-01-01"}, revision + 1)).status_code == 409
    own = {"key": "gespraech", "grant": "bescheid-2023", "title": {"de": "Jahresgespräch"}}
    made = await office.made("/obligations", {**own, "due_on": "2024-11-29"})
    assert (made["kind"], made["raw_due"]) == ("other", "2024-11-29")
    moved = await office.patch("/obligations/gespraech", {"due_on": "2024-12-02"})
    assert (moved.status_code, moved.json()["raw_due"]) == (200, "2024-12-02")
    wrong = await office.post("/obligations", {**own, "key": "x", "grant": "none", "due_on": None})
    assert wrong.status_code == 422


@pytest.fixture
async def soon(office: Door) -> Door:
    """The talk is in 30 days; everything else is seen to by nobody."""
    own = {"key": "gespraech", "grant": "bescheid-2023", "title": {"de": "Jahresgespräch"}}
    day = (today() + timedelta(days=30)).isoformat()
    seen_to = {"responsible": COORDINATION, "substitute": CONTROLLING}
    await office.made("/obligations", {**own, "due_on": day, **seen_to})
    return office


async def test_people_are_told_once_for_each_lead_time(
    soon: Door, apps: dict[str, FastAPI], monkeypatch: pytest.MonkeyPatch
) -> None:
    actor = service_actor("test", soon.municipality)

    async def told(on: date) -> list[tuple[int, list[str]]]:
        monkeypatch.setattr(commands, "today", lambda: on)
        async with apps["projects"].state.database.writing(actor) as session:
            await commands.remind(session, "bescheid-2023")
        talk = (await soon.get("/obligations/gespraech")).json()
        return [(one["lead"], one["told"]) for one in talk["reminders"]]

    due = today() + timedelta(days=30)
    assert await told(today()) == [(30, [COORDINATION])]
    assert await told(today()) == [(30, [COORDINATION])]
    both = [COORDINATION, CONTROLLING]
    assert (await told(due - timedelta(days=2)))[1:] == [(3, both)]
    assert (await told(due + timedelta(days=1)))[2:] == [(0, both)]
    monkeypatch.undo()
    await soon.post("/obligations/gespraech/completion", {"done_on": due.isoformat()})
    assert len(await told(due + timedelta(days=99))) == 3


async def test_the_daily_job_looks_ahead_in_every_town(
    soon: Door, apps: dict[str, FastAPI], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    database, ordered = apps["projects"].state.database, []

    async def order(session: Any, name: str, **_: Any) -> None:
        ordered.append((session.info["actor"].municipality.key, name))

    monkeypatch.setattr(commands.JOBS, "order", order)
    await commands.JOBS.everywhere(database, commands.REMIND)
    assert (soon.municipality.key, "obligations.remind") in ordered
    work = Work(database, settings, service_actor("test", soon.municipality), {})
    await commands.look_ahead(work)
    await commands.look_ahead(work)
    talk = (await soon.get("/obligations/gespraech")).json()
    assert [one["lead"] for one in talk["reminders"]] == [30]
    told = await journal(apps["projects"], soon.municipality, "projects.obligation.reminded.v1")
    assert told == ["obligations/gespraech"]


async def test_a_grant_from_which_nothing_can_be_derived_holds_up_no_other(
    soon: Door, apps: dict[str, FastAPI], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what is due of an application is told as well, though nothing follows from it."""
    admin = soon.as_("administrator")
    talk = {"title": {"de": "Gespräch"}, "responsible": COORDINATION}
    talk = {**talk, "due_on": today().isoformat()}
    applied = {"state": "applied", "amount": None, "applied_amount": GRANT["amount"]}
    for key, state in (("antrag", applied), ("aaa-defekt", {"state": "granted"})):
        await admin.made("/grants", {**GRANT, "key": key, **state})
        await soon.made("/obligations", {**talk, "key": f"von-{key}", "grant": key})

    def broken(facts: Facts, passed_on: list[Passed]) -> list[Duty]:
        if facts.grant == "aaa-defekt":
            raise ArithmeticError
        return derived(facts, passed_on)

    derived = commands.duties
    monkeypatch.setattr(commands, "duties", broken)
    work = Work(
        apps["projects"].state.database, settings, service_actor("test", soon.municipality), {}
    )
    with pytest.raises(ExceptionGroup) as failed:
        await commands.look_ahead(work)
    assert [type(error) for error in failed.value.exceptions] == [ArithmeticError]
    told = await journal(apps["projects"], soon.municipality, "projects.obligation.reminded.v1")
    assert told == ["obligations/von-antrag", "obligations/gespraech"]


async def test_what_is_due_stands_in_a_calendar_until_its_address_is_revoked(soon: Door) -> None:
    made = await soon.made("/obligation-feeds", {"account": COORDINATION})
    nobody = soon.as_()
    answer = await nobody.get(made["address"])
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event.decoded("dtstart") == today() + timedelta(days=30)
    assert str(event["SUMMARY"]) == "Jahresgespräch (bescheid-2023)"
    rings = [alarm.decoded("trigger") for alarm in event.walk("VALARM")]
    assert sorted(-at.days for at in rings) == [3, 14, 30, 90]
    once = {"Idempotency-Key": "give-out-once"}
    whole, again = [
        (await soon.post("/obligation-feeds", {}, headers=once)).json() for _ in range(2)
    ]
    assert whole["address"] != again["address"], "no answer that tells an address is kept"
    days = Calendar.from_ical((await nobody.get(whole["address"])).content).walk("VEVENT")
    assert len(days) == 5
    assert made["address"].rpartition("/")[2] not in str(
        (await soon.get("/obligation-feeds")).json()
    )
    gone = await soon.post(f"/obligation-feeds/{made['key']}/revocation")
    assert gone.json()["revoked_at"] is not None
    assert (await nobody.get(made["address"])).status_code == 404


async def test_nobody_outside_learns_what_is_due(office: Door) -> None:
    for role in ((), ("member",), ("supplier",)):
        for address in ("/obligations", PROOF, "/inbox", "/obligation-feeds"):
            assert (await office.as_(*role).get(address)).status_code in (401, 403)


async def test_a_list_of_obligations_costs_one_statement(
    office: Door, statements: list[str]
) -> None:
    statements.clear()
    assert await found(office, "&overdue=true&due_by=2025-12-31&state=open&grant=bescheid-2023")
    assert len([s for s in statements if "obligation" in s]) == 1


async def test_grants_by_what_the_journal_names(office: Door, apps: dict[str, FastAPI]) -> None:
    actor = service_actor("test", office.municipality)
    async with apps["projects"].state.database.writing(actor) as session:
        for subject in ("grants/bescheid-2023", "notices/bescheid-2023-1", "funding-rules/mittel"):
            assert await queries.touched(session, [subject]) == ["bescheid-2023"]
        assert await queries.touched(session, ["measures/x", "funding-rules/none"]) == []


async def test_the_calendar_is_in_the_language_that_is_asked_for(soon: Door) -> None:
    feed = await soon.made("/obligation-feeds", {})
    await is_told_as_asked(soon.as_().get, feed["address"])

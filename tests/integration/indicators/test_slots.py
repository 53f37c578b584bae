"""The job centre has agreed to deliver every quarter, and somebody notices when it does not."""

from typing import Any

import pytest

from tests.integration.indicators.figures import (
    RECIPIENTS,
    deliver,
    equip,
    released,
    second,
    tidy,
)
from tests.integration.indicators.territory import area
from tests.support.towns import Door

SLOT: dict[str, Any] = {
    "key": "sgb2-quartal",
    "title": {"de": "SGB II je Quartal"},
    "supplier": "jenarbeit",
    "indicators": ["empfaenger", "bevoelkerung"],
    "periodicity": "quarter",
    "first_period": "2025-Q1",
    "days_until_due": 45,
    "reminder_days": 14,
    "contact_role": "Controlling",
}


def machine(door: Door, supplier: str = "jenarbeit") -> Door:
    """The supplier's machine, with its API key."""
    return door.as_("supplier", subject=f"key:{supplier}", kind="machine", supplier=supplier)


async def ready(door: Door) -> None:
    await equip(door)
    await door.made("/slots", SLOT)


async def periods(door: Door, today: str) -> list[tuple[str, str, list[str], list[str]]]:
    answer = await door.get(f"/slots/sgb2-quartal/periods?today={today}")
    assert answer.status_code == 200, answer.text
    return [(p["period"], p["state"], p["missing"], p["deliveries"]) for p in answer.json()]


def quarter(period: str, *indicators: str, value: int = 5) -> bytes:
    return tidy(*(f"jena,{period},{indicator},,{value}" for indicator in indicators))


async def test_a_push_fills_the_quarter_it_is_about(indicators: Door) -> None:
    await ready(indicators)
    sent = await deliver(machine(indicators), quarter("2025-Q1", "empfaenger", "bevoelkerung"))
    assert (sent.status_code, sent.json()["slots"]) == (201, ["sgb2-quartal"])
    assert await periods(indicators, "2025-08-20") == [
        ("2025-Q1", "received", [], ["delivery-1"]),
        ("2025-Q2", "overdue", ["bevoelkerung", "empfaenger"], []),
        ("2025-Q3", "expected", ["bevoelkerung", "empfaenger"], []),
    ]


async def test_a_quarter_is_there_when_all_of_it_is_there(indicators: Door) -> None:
    await ready(indicators)
    await deliver(machine(indicators), quarter("2025-03", "empfaenger"))
    assert (await periods(indicators, "2025-06-01"))[0] == (
        "2025-Q1",
        "overdue",
        ["bevoelkerung"],
        ["delivery-1"],
    )
    await deliver(machine(indicators), quarter("2025-03-31", "bevoelkerung"))
    assert (await periods(indicators, "2025-06-01"))[0][1:] == (
        "received",
        [],
        ["delivery-1", "delivery-2"],
    )


async def test_what_was_rejected_or_refused_does_not_count(indicators: Door) -> None:
    await ready(indicators)
    await deliver(machine(indicators), quarter("2025-Q1", "empfaenger", "bevoelkerung"))
    await second(indicators).post("/deliveries/delivery-1/rejection", {"reason": "Vorjahr"})
    bad = (
        quarter("2025-Q1", "empfaenger", "bevoelkerung", value=6)
        + b"nowhere,2025-Q1,empfaenger,,1\n"
    )
    refused = (await deliver(machine(indicators), bad)).json()
    assert (refused["state"], refused["slots"]) == ("refused", [])
    assert (await periods(indicators, "2025-06-01"))[0][1] == "overdue"


async def test_others_do_not_fill_it_but_the_office_may(indicators: Door) -> None:
    await ready(indicators)
    other = await deliver(machine(indicators, "statistikstelle"), quarter("2025-Q1", "empfaenger"))
    assert other.json()["slots"] == []
    own = await deliver(indicators, quarter("2025-Q1", "empfaenger", value=7))
    assert own.json()["slots"] == ["sgb2-quartal"]


async def test_the_list_of_what_is_missing_begins_with_the_oldest(indicators: Door) -> None:
    await ready(indicators)
    yearly = {**SLOT, "key": "jahr", "periodicity": "year", "first_period": "2024"}
    await indicators.made("/slots", {**yearly, "supplier": "statistikstelle", "days_until_due": 90})
    await deliver(machine(indicators), quarter("2025-Q1", "empfaenger", "bevoelkerung"))
    found = (await indicators.get("/slots/reminders?today=2025-08-05")).json()
    assert [(r["slot"], r["period"], r["state"], r["days_late"]) for r in found] == [
        ("jahr", "2024", "overdue", 127),
        ("sgb2-quartal", "2025-Q2", "expected", -9),
    ]
    assert found[1]["contact_role"] == "Controlling"
    own = (await machine(indicators).get("/slots/reminders?today=2025-08-05")).json()
    assert [r["slot"] for r in own] == ["sgb2-quartal"]


async def test_a_supplier_sees_its_own_slots_alone(indicators: Door) -> None:
    await ready(indicators)
    own, other = machine(indicators), machine(indicators, "statistikstelle")
    assert [s["key"] for s in (await own.get("/slots")).json()["items"]] == ["sgb2-quartal"]
    assert (await other.get("/slots")).json()["items"] == []
    for path in ("/slots/sgb2-quartal", "/slots/sgb2-quartal/periods"):
        assert (await own.get(path)).status_code == 200
        assert (await other.get(path)).status_code == 404
    assert (await own.post("/slots", SLOT)).status_code == 403
    assert (await indicators.as_().get("/slots")).status_code == 401


async def test_a_slot_is_changed_and_keeps_its_past(indicators: Door) -> None:
    await ready(indicators)
    changed = await indicators.patch("/slots/sgb2-quartal", {"last_period": "2025-Q2"}, 1)
    assert changed.status_code == 200, changed.text
    assert [p[0] for p in await periods(indicators, "2026-01-01")] == ["2025-Q1", "2025-Q2"]
    for change in ({"supplier": "other"}, {"periodicity": "year"}, {"key": "other"}):
        refused = await indicators.patch("/slots/sgb2-quartal", change, 2)
        assert refused.status_code == 422, change
    assert (await indicators.patch("/slots/sgb2-quartal", {"note": "x"}, 1)).status_code == 412
    history = (await indicators.get("/slots/sgb2-quartal/history")).json()
    assert [h["row"]["last_period"] for h in history] == ["2025-Q2", None]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"indicators": ["empfaenger", "nothing"]}, "/indicators/1"),
        ({"first_period": "2025"}, "/first_period"),
        ({"last_period": "2024-Q1"}, "/last_period"),
    ],
)
async def test_a_slot_that_makes_no_sense_is_refused(
    indicators: Door, change: dict[str, Any], pointer: str
) -> None:
    await equip(indicators)
    refused = await indicators.post("/slots", {**SLOT, **change})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == pointer


async def test_a_machine_files_its_receipt(indicators: Door) -> None:
    await ready(indicators)
    sender = machine(indicators)
    sent = (await deliver(sender, quarter("2025-Q1", "empfaenger"))).json()
    receipt = await sender.get(f"/deliveries/{sent['key']}/receipt")
    assert receipt.json() == {
        "delivery": sent["key"],
        "municipality": indicators.municipality.key,
        "state": "checked",
        "sha256": sent["sha256"],
        "size": sent["size"],
        "received_at": sent["created_at"],
        "delivered_by": "key:jenarbeit",
        "supplier": "jenarbeit",
        "slots": ["sgb2-quartal"],
        "figures": 1,
    }
    other = machine(indicators, "statistikstelle")
    assert (await other.get(f"/deliveries/{sent['key']}/receipt")).status_code == 404


async def test_a_machine_learns_nothing_of_figures_it_was_not_asked_for(indicators: Door) -> None:
    """What a delivery would change would tell what is shown to the administration alone."""
    await ready(indicators)
    inner = {"visibility": "administration", "source_codes": ["99:INT"]}
    await indicators.made("/indicators", {**RECIPIENTS, **inner, "key": "intern"})
    hidden = area("haus", "statistischer-bezirk", "jena", visibility="administration")
    await indicators.made("/areas", hidden)
    file = tidy("jena,2025-Q1,intern,,77", "haus,2025-Q1,empfaenger,,88")
    await released(indicators, file)
    sender = machine(indicators)
    guess = tidy("jena,2025-Q1,intern,,76")
    refused = (await deliver(sender, guess)).json()
    assert (refused["state"], refused["diff"]) == ("refused", None)
    assert list(refused["issue_counts"]) == ["measure_unknown"]
    elsewhere = (await deliver(sender, tidy("haus,2025-Q1,empfaenger,,87"))).json()
    assert (elsewhere["state"], elsewhere["diff"]) == ("refused", None)
    assert list(elsewhere["issue_counts"]) == ["area_unknown"]
    await indicators.made("/slots", {**SLOT, "key": "intern-quartal", "indicators": ["intern"]})
    taken = (await deliver(sender, guess)).json()
    assert (taken["state"], taken["slots"]) == ("checked", ["intern-quartal"]), taken["issues"]
    other = tidy("jena,2025-Q1,intern,,75")
    stranger = (await deliver(machine(indicators, "statistikstelle"), other)).json()
    assert (stranger["state"], stranger["diff"]) == ("refused", None)


async def test_the_calendar_tells_a_supplier_what_it_owes_and_nothing_of_others(
    indicators: Door,
) -> None:
    """Also what is due of quarters that have not begun, until the day that is asked for."""
    await ready(indicators)
    await indicators.made("/slots", {**SLOT, "key": "fremd", "supplier": "anderer"})
    await deliver(machine(indicators), quarter("2025-Q1", "empfaenger", "bevoelkerung"))
    spans = "&".join(f"{n}_from=2025-05-01&{n}_to=2099-05-16" for n in ("open", "done"))
    address = f"/internal/deadlines/{indicators.municipality.key}?{spans}&kinds=delivery"

    async def due(door: Door) -> list[tuple[str, str, bool, list[str]]]:
        answer = await door.get(f"{address}&limit=3")
        assert answer.status_code == 200, answer.text
        return [
            (one["id"], one["on"], one["done"], one["responsible"])
            for one in answer.json()["items"]
        ]

    mine = ["organisation:jenarbeit"]
    assert await due(machine(indicators)) == [
        ("delivery/sgb2-quartal/2025-Q1", "2025-05-15", True, mine),
        ("delivery/sgb2-quartal/2025-Q2", "2025-08-14", False, mine),
        ("delivery/sgb2-quartal/2025-Q3", "2025-11-14", False, mine),
    ]
    others = [id for id, *_ in await due(machine(indicators, "anderer"))]
    assert others == [f"delivery/fremd/2025-Q{n}" for n in (1, 2, 3)]
    assert await due(indicators.as_()) == []

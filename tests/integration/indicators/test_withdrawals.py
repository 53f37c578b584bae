"""What was released can be taken back, and what was approved as well."""

import asyncio

import pytest

from tests.integration.indicators.figures import (
    approved,
    columns,
    deliver,
    equip,
    released,
    second,
    tidy,
)
from tests.support.towns import Door

REASON = {"reason": "Zwei Bezirke waren vertauscht."}


def third(door: Door) -> Door:
    """Somebody who neither delivered nor released."""
    return door.as_("statistician", subject="test:third-person")


def jena(value: int | str, year: int = 2024) -> bytes:
    return tidy(f"jena,{year},bevoelkerung,,{value}")


async def shown(door: Door, query: str = "") -> list[tuple[str, str, object]]:
    rows = await columns(door, f"indicator=bevoelkerung{query}")
    return sorted((area, period, value) for area, period, _, value, _ in rows)


async def test_what_stood_before_stands_again(indicators: Door) -> None:
    await equip(indicators)
    await released(indicators, jena(100))
    await released(indicators, tidy("jena,2024,bevoelkerung,,200", "winzerla,2024,bevoelkerung,,9"))
    answer = await third(indicators).post("/deliveries/delivery-2/withdrawal", REASON)
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert (body["state"], body["withdrawn_in"], body["reason"]) == (
        "withdrawn",
        3,
        REASON["reason"],
    )
    assert await shown(indicators.as_()) == [("jena", "2024", 100)]
    assert await shown(indicators.as_(), "&as_of=2") == [
        ("jena", "2024", 200),
        ("winzerla", "2024", 9),
    ]
    release = (await indicators.get(answer.headers["location"])).json()
    assert (release["number"], release["withdraws"], release["deliveries"]) == (
        3,
        "delivery-2",
        [],
    )
    assert release["note"] == REASON["reason"]
    history = (await indicators.get("/deliveries/delivery-2/history")).json()
    assert [h["row"]["state"] for h in history] == ["withdrawn", "released", "approved", "checked"]


async def test_what_a_later_delivery_brought_stays(indicators: Door) -> None:
    await equip(indicators)
    for value in (100, 200, 300):
        await released(indicators, jena(value))
    await third(indicators).post("/deliveries/delivery-2/withdrawal", REASON)
    assert await shown(indicators.as_()) == [("jena", "2024", 300)]
    await third(indicators).post("/deliveries/delivery-3/withdrawal", REASON)
    assert await shown(indicators.as_()) == [("jena", "2024", 100)]
    await third(indicators).post("/deliveries/delivery-1/withdrawal", REASON)
    assert await shown(indicators.as_()) == []
    assert await shown(indicators.as_(), "&as_of=3") == [("jena", "2024", 300)]


async def test_the_same_file_may_come_again_after_a_withdrawal(indicators: Door) -> None:
    await equip(indicators)
    await released(indicators, jena(100))
    await third(indicators).post("/deliveries/delivery-1/withdrawal", REASON)
    await released(indicators, jena(100))
    assert await shown(indicators.as_()) == [("jena", "2024", 100)]


@pytest.mark.parametrize(
    ("person", "status"),
    [("test:clerk", 409), ("test:second-person", 200), ("test:third-person", 200)],
)
async def test_nobody_withdraws_alone(indicators: Door, person: str, status: int) -> None:
    await equip(indicators)
    await released(indicators, jena(100))
    door = indicators.as_("statistician", subject=person)
    answer = await door.post("/deliveries/delivery-1/withdrawal", REASON)
    assert answer.status_code == status, answer.text
    if status == 409:
        assert answer.json()["type"] == "/problems/second-person-needed"


async def test_only_what_is_released_is_withdrawn_and_only_by_those_who_may(
    indicators: Door,
) -> None:
    await equip(indicators)
    key = await approved(indicators, jena(100))
    early = await third(indicators).post(f"/deliveries/{key}/withdrawal", REASON)
    assert (early.status_code, early.json()["errors"] or early.json()["detail"]) == (
        409,
        f"{key} is approved, not released.",
    )
    planner = indicators.as_("planner", subject="test:planner")
    assert (await planner.post(f"/deliveries/{key}/withdrawal", REASON)).status_code == 403


async def test_of_ten_withdrawals_at_once_one_counts(indicators: Door) -> None:
    await equip(indicators)
    await released(indicators, jena(100))
    answers = await asyncio.gather(
        *(third(indicators).post("/deliveries/delivery-1/withdrawal", REASON) for _ in range(10))
    )
    assert sorted(a.status_code for a in answers) == [200] + [409] * 9
    assert len((await indicators.get("/releases")).json()["items"]) == 2


async def test_an_approval_is_taken_back_before_the_release(indicators: Door) -> None:
    await equip(indicators)
    key = await approved(indicators, jena(100))
    back = await second(indicators).post(f"/deliveries/{key}/revocation", REASON)
    assert (back.status_code, back.json()["state"]) == (200, "checked")
    new = {"title": {"de": "Stand"}, "deliveries": [key]}
    assert (await indicators.post("/releases", new)).status_code == 409
    twice = await second(indicators).post(f"/deliveries/{key}/revocation", REASON)
    assert twice.status_code == 409
    again = await second(indicators).post(f"/deliveries/{key}/approval")
    assert again.json()["state"] == "approved"
    assert (await indicators.post("/releases", new)).status_code == 201
    late = await second(indicators).post(f"/deliveries/{key}/revocation", REASON)
    assert late.status_code == 409


async def test_every_step_back_is_journalled(indicators: Door) -> None:
    await equip(indicators)
    key = await approved(indicators, jena(100))
    await second(indicators).post(f"/deliveries/{key}/revocation", REASON)
    await second(indicators).post(f"/deliveries/{key}/approval")
    await indicators.made("/releases", {"title": {"de": "Stand"}, "deliveries": [key]})
    await third(indicators).post(f"/deliveries/{key}/withdrawal", REASON)
    service = indicators.as_("administrator", kind="service")
    entries = (await service.get(f"/internal/journal/{indicators.municipality.key}")).json()
    told = [e["type"] for e in entries if e["subject"] == f"deliveries/{key}"]
    assert told == [
        f"indicators.delivery.{what}.v1"
        for what in ("created", "approved", "revoked", "approved", "released", "withdrawn")
    ]


async def test_a_rejection_is_journalled_with_who_and_without_the_reason(indicators: Door) -> None:
    """Reasons are free text and may name people; the delivery keeps them, the journal does not."""
    await equip(indicators)
    key = (await deliver(indicators, jena(100))).json()["key"]
    refused = await second(indicators).post(f"/deliveries/{key}/rejection", REASON)
    assert (refused.status_code, refused.json()["reason"]) == (200, REASON["reason"])
    again = await second(indicators).post(f"/deliveries/{key}/rejection", REASON)
    assert again.status_code == 409
    service = indicators.as_("administrator", kind="service")
    entries = (await service.get(f"/internal/journal/{indicators.municipality.key}")).json()
    (entry,) = [e for e in entries if e["type"] == "indicators.delivery.rejected.v1"]
    assert (entry["subject"], entry["actor"]) == (f"deliveries/{key}", "test:second-person")
    assert REASON["reason"] not in str(entry)

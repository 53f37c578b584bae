"""Bookings: what a file would change is shown first, and then exactly that is stored."""

import asyncio
import json
from decimal import Decimal
from io import BytesIO
from typing import Any

import httpx
import pytest
from openpyxl import Workbook

from tests.integration.projects.samples import BOOKING_MAPPING, NOTICE
from tests.support.towns import Door

HEAD = "HHJ;Belegnr.;Sachkonto;Kostenträger;Buchungsdatum;Zahldatum;Betrag;Empfänger;Buchungstext\n"
MAY = "2024;1;5012000;4711;31.05.2024;31.05.2024;5.200,00;;Personalausgaben Mai\n"
JUNE = "2024;2;5012000;4711;30.06.24;;5.200,5;;Personalausgaben Juni\n"
BACK = "2024;3;5429000;4711;01.07.2024;02.07.2024;-119,00;Musterstadt GmbH;Storno\n"
ELSEWHERE = "2024;4;5012000;9999;31.05.2024;31.05.2024;77,00;;nicht von uns\n"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def send(
    door: Door, file: str | bytes, digest: str | None = None, **more: Any
) -> httpx.Response:
    content = file.encode("cp1252") if isinstance(file, str) else file
    headers = {"Content-Type": more.pop("kind", "text/csv")}
    query = {"mapping": "journal", **({"digest": digest} if digest else {}), **more}
    return await door("POST", "/bookings/import", params=query, content=content, headers=headers)


async def stored(door: Door, file: str | bytes, **more: Any) -> dict[str, Any]:
    """Look at the difference, store it, and return what was told."""
    looked = (await send(door, file, **more)).json()
    answer = await send(door, file, looked["digest"], **more)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    assert told == {**looked, "stored": True}
    return told


async def items(door: Door, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await door.get(f"/bookings{query}")).json()["items"]
    return found


@pytest.fixture
async def office(settled: Door) -> Door:
    await settled.made("/booking-mappings", BOOKING_MAPPING)
    return settled.as_("controller")


async def test_a_file_is_compared_first_and_stored_by_its_difference(office: Door) -> None:
    file = "Journal des Landratsamts;;\n\n" + HEAD + MAY + JUNE + BACK + ELSEWHERE
    looked = (await send(office, file)).json()
    counts = {name: looked[name] for name in ("rows", "new", "changed", "same", "unmatched")}
    assert counts == {"rows": 4, "new": 3, "changed": 0, "same": 0, "unmatched": 1}
    assert (looked["stored"], looked["amount"]) == (False, "10281.50")
    rows = [(one["row"], one["finding"], one["amount"]) for one in looked["found"]]
    assert rows == [
        (4, "new", "5200.00"),
        (5, "new", "5200.50"),
        (6, "new", "-119.00"),
        (7, "unmatched", None),
    ]
    assert await items(office) == []
    assert (await send(office, file, "0" * 64)).status_code == 409
    assert (await send(office, file, looked["digest"])).json()["stored"] is True
    may, june, back = await items(office)
    assert (may["category"], back["category"]) == ("staff", "other")
    assert (june["booked_on"], june["paid_on"], june["amount"]) == ("2024-06-30", None, "5200.50")
    assert (back["supplier_name"], back["amount"]) == ("Musterstadt GmbH", "-119.00")
    assert may["grant"] == "bescheid-2023"
    assert may["currency"] == "EUR"


async def test_the_same_file_twice_stores_nothing(office: Door) -> None:
    await stored(office, HEAD + MAY + JUNE)
    before = await items(office)
    again = await stored(office, HEAD + JUNE + MAY)
    assert (again["new"], again["changed"], again["same"]) == (0, 0, 2)
    assert await items(office) == before
    follower = office.as_("administrator", kind="service")
    journal = (await follower.get(f"/internal/journal/{office.municipality.key}")).json()
    told = [entry for entry in journal if entry["type"] == "projects.bookings.imported.v1"]
    assert [entry["data"]["new"] for entry in told] == [2]
    assert "Personalausgaben" not in json.dumps(told)


async def test_what_the_finance_system_corrects_is_told_and_its_past_is_kept(
    office: Door,
) -> None:
    await stored(office, HEAD + MAY + JUNE)
    told = await stored(office, HEAD + MAY.replace("5.200,00", "5.100,00-") + JUNE)
    assert (told["changed"], told["same"], told["amount"]) == (1, 1, "-10300.00")
    (row,) = told["found"]
    assert (row["before"], row["amount"], row["fields"]) == ("5200.00", "-5100.00", ["amount"])
    may, _ = await items(office)
    assert (may["version"], may["amount"], may["id"]) == (2, "-5100.00", row["booking"])
    (past,) = (await office.get(f"/bookings/{may['id']}/history")).json()
    assert (past["revision"], past["row"]["amount"]) == (1, 5200.00)


async def test_another_rule_moves_bookings_with_the_next_import(office: Door) -> None:
    await stored(office, HEAD + MAY)
    rules = [{"account": "5012000", "grant": "bescheid-2023", "category": "travel"}]
    await office.patch("/booking-mappings/journal", {"rules": rules}, 1)
    told = await stored(office, HEAD + MAY)
    assert (told["new"], told["changed"]) == (0, 1)
    assert told["found"][0]["fields"] == ["category"]


async def test_a_file_with_unreadable_or_contradictory_rows_stores_nothing(office: Door) -> None:
    wrong = JUNE.replace("5.200,5", "5.20,5")
    late = BACK.replace("01.07.2024", "31.06.2024")
    other = MAY.replace("5.200,00", "1,00")
    looked = (await send(office, HEAD + MAY + wrong + late + MAY + other)).json()
    assert (looked["unreadable"], looked["duplicates"], looked["contradictions"]) == (2, 1, 1)
    told = [(one["row"], one["column"], one["finding"]) for one in looked["found"]]
    assert told == [
        (2, None, "new"),
        (3, "Betrag", "unreadable"),
        (4, "Buchungsdatum", "unreadable"),
        (5, None, "duplicate"),
        (6, "Belegnr.", "contradiction"),
    ]
    refused = await send(office, HEAD + MAY + wrong + late + MAY + other, looked["digest"])
    assert refused.status_code == 409
    assert await items(office) == []


async def test_bookings_without_a_number_are_known_by_their_content(office: Door) -> None:
    first, second = MAY.replace("2024;1;", "2024;;"), JUNE.replace("2024;2;", "2024;;")
    told = await stored(office, HEAD + first + second + first)
    assert (told["new"], told["duplicates"]) == (2, 1)
    again = await stored(office, HEAD + second + first)
    assert (again["new"], again["same"]) == (0, 2)


async def test_a_workbook_says_the_same_as_its_text(office: Door) -> None:
    await stored(office, HEAD + MAY + JUNE)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Buchungen 2024"])
    sheet.append(HEAD.strip().replace("Empfänger", " EMPFÄNGER\n").split(";"))
    day = "2024-05-31"
    sheet.append([2024, 1, 5012000, 4711, "31.05.2024", day, 5200, None, "Personalausgaben Mai"])
    june = ["30.06.2024", None, 5200.5, "", "Personalausgaben Juni"]
    sheet.append(["2024", "2", "5012000", "4711", *june])
    sheet.append([None, None, None, None, None, None, 10400.5, None, "Summe"])
    content = BytesIO()
    book.save(content)
    told = await stored(office, content.getvalue(), kind=WORKBOOK)
    assert (told["rows"], told["same"], told["new"], told["changed"]) == (2, 2, 0, 0)


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (HEAD.replace("Betrag", "Summe") + MAY, "header"),
        (HEAD.replace("HHJ", "Betrag") + MAY, "header"),
        (b"%PDF-1.7 this is no table at all", "not_text"),
        (b"", "empty"),
        (HEAD + '"' + MAY, "csv"),
    ],
)
async def test_what_is_no_journal_is_refused(office: Door, file: str | bytes, code: str) -> None:
    refused = await send(office, file)
    assert refused.status_code == 422, refused.text
    assert refused.json()["errors"][0]["code"] == code
    assert (await send(office, file, kind="application/json")).status_code == 415


async def test_two_at_once_store_each_booking_once(office: Door) -> None:
    file = HEAD + MAY + JUNE
    digest = (await send(office, file)).json()["digest"]
    answers = await asyncio.gather(*(send(office, file, digest) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
    assert len(await items(office)) == 2


async def test_bookings_become_expenditures_once(office: Door) -> None:
    await stored(office, HEAD + MAY + JUNE + BACK)
    may, june, back = [one["id"] for one in await items(office)]
    reversal = await office.post("/bookings/expenditures", {"bookings": [may, back]})
    assert reversal.status_code == 422
    assert reversal.json()["errors"][0]["pointer"] == "/bookings/1"
    taken = {"bookings": [may, june], "share": "50"}
    answers = await asyncio.gather(*(office.post("/bookings/expenditures", taken) for _ in "ab"))
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    made = next(answer.json() for answer in answers if answer.status_code == 201)
    assert [one["gross"] for one in made] == ["5200.00", "5200.50"]
    assert made[0]["booking"] == may
    assert (made[0]["parts"][0]["amount"], made[0]["own"]) == ("2600.00", "2600.00")
    assert [one["id"] for one in await items(office, "?taken=false")] == [back]
    told = await stored(office, HEAD + MAY.replace("5.200", "5.300") + JUNE)
    assert told["found"][0]["expenditure"] == made[0]["key"]


async def test_bookings_are_found_page_by_page(office: Door) -> None:
    await stored(office, HEAD + MAY + JUNE + BACK)
    for query, count in {
        "?grant=bescheid-2023": 3,
        "?grant=other": 0,
        "?category=staff": 2,
        "?fiscal_year=2023": 0,
        "?account=5429000": 1,
        "?taken=true": 0,
    }.items():
        assert len(await items(office, query)) == count, query
    first = (await office.get("/bookings?limit=2")).json()
    second = (await office.get(first["next"])).json()
    everything = first["items"] + second["items"]
    assert [one["number"] for one in everything] == ["1", "2", "3"]
    assert second["next"] is None


async def test_mappings_name_grants_that_are_there_and_are_for_controllers(office: Door) -> None:
    nowhere = [{"account": "1", "grant": "not-there", "category": "staff"}]
    refused = await office.post(
        "/booking-mappings", {**BOOKING_MAPPING, "key": "ab", "rules": nowhere}
    )
    assert refused.json()["errors"][0]["pointer"] == "/rules/0/grant"
    empty = [{"grant": "bescheid-2023", "category": "staff"}]
    refused = await office.post(
        "/booking-mappings", {**BOOKING_MAPPING, "key": "ab", "rules": empty}
    )
    assert refused.status_code == 422
    for role, status in ((None, 401), ("secretary", 403), ("planner", 200)):
        door = office.as_(*([role] if role else []))
        for address in ("/bookings", "/booking-mappings", "/booking-mappings/journal/history"):
            assert (await door.get(address)).status_code == status, role
        assert (await send(door, HEAD + MAY)).status_code == (status if status != 200 else 403)
    assert (await send(office.as_("controller"), HEAD)).json()["rows"] == 0


async def test_a_euro_that_was_booked_and_has_a_receipt_is_spent_once(
    office: Door, statements: list[str]
) -> None:
    await stored(office, HEAD + MAY + JUNE + BACK)
    may = (await items(office))[0]["id"]
    before = (await office.get("/spending?project=sozialplanung")).json()
    assert [(one["year"], one["category"], one["spent"]) for one in before] == [
        (2024, "other", "-119.00"),
        (2024, "staff", "10400.50"),
    ]
    (made,) = (await office.post("/bookings/expenditures", {"bookings": [may]})).json()
    result = {"grant": "bescheid-2023", "accepted": "5000", "reduced": "200", "reason": "Deckel"}
    address = f"/expenditures/{made['key']}/verifications"
    await office.post(address, {**result, "verified_on": "2025-01-31"})
    statements.clear()
    told = (await office.get("/spending?grant=bescheid-2023")).json()
    assert len(statements) <= 3
    staff = told[1]
    assert (staff["booked"], staff["receipts"], staff["spent"]) == (
        "5200.50",
        "5200.00",
        "10400.50",
    )
    assert (staff["accepted"], staff["reduced"], staff["claimed"]) == ("5000.00", "200.00", "0.00")
    assert staff["count"] == 2
    assert (await office.get("/spending?programme=other")).json() == []
    assert (await office.get("/spending")).json() == told
    assert (await office.as_("secretary").get("/spending")).status_code == 403


async def counted(door: Door) -> str:
    """What the grant has spent, as figures and portfolio say it."""
    told = (await door.get("/spending?grant=bescheid-2023")).json()
    figures = (await door.get("/grants/bescheid-2023/figures?on=2024-12-31")).json()["figures"]
    cost = {one["key"]: one["value"] for one in figures if one["scope"] is None}["eligible_cost"]
    sums = {f"{sum(Decimal(one['spent']) for one in told):.2f}", cost}
    assert len(sums) == 1, sums
    return sums.pop()


async def test_a_booking_that_no_rule_gives_to_its_grant_any_more_leaves_it(office: Door) -> None:
    await office.made("/notices", NOTICE)
    await stored(office, HEAD + MAY + JUNE)
    assert await counted(office) == "10400.50"
    moved = MAY.replace("4711", "9999")
    looked = (await send(office, HEAD + moved + JUNE)).json()
    assert (looked["released"], looked["same"], looked["unmatched"]) == (1, 1, 1)
    assert looked["amount"] == "-5200.00"
    told = next(one for one in looked["found"] if one["finding"] == "released")
    assert (told["row"], told["grant"], told["before"]) == (2, "bescheid-2023", "5200.00")
    (why,) = [one for one in looked["found"] if one["finding"] == "unmatched"]
    assert (why["row"], why["detail"]) == (2, "No rule fits cost object 9999, account 5012000.")
    assert await counted(office) == "10400.50"
    await stored(office, HEAD + moved + JUNE)
    assert await counted(office) == "5200.50"
    (left,) = await items(office, "?gone=true")
    assert (left["grant"], left["gone"], left["id"]) == (None, "released", told["booking"])
    assert [one["id"] for one in await items(office, "?gone=false")] != [left["id"]]
    (past,) = (await office.get(f"/bookings/{left['id']}/history")).json()
    assert (past["row"]["grant"], past["row"]["amount"]) == ("bescheid-2023", 5200.00)
    refused = await office.post("/bookings/expenditures", {"bookings": [left["id"]]})
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "gone")
    again = (await send(office, HEAD + moved + JUNE)).json()
    assert (again["released"], again["unmatched"], again["amount"]) == (0, 1, "0.00")
    back = await stored(office, HEAD + MAY + JUNE)
    assert (back["changed"], back["amount"]) == (1, "5200.00")
    assert await counted(office) == "10400.50"


async def test_a_rule_that_is_dropped_takes_its_bookings_from_the_grant(office: Door) -> None:
    await stored(office, HEAD + MAY + BACK)
    staff = BOOKING_MAPPING["rules"][:1]
    await office.patch("/booking-mappings/journal", {"rules": staff}, 1)
    told = await stored(office, HEAD + MAY + BACK)
    assert (told["released"], told["same"], told["amount"]) == (1, 1, "119.00")
    follower = office.as_("administrator", kind="service")
    journal = (await follower.get(f"/internal/journal/{office.municipality.key}")).json()
    last = [one for one in journal if one["type"] == "projects.bookings.imported.v1"][-1]["data"]
    assert (last["new"], last["released"], last["amount"]) == (0, 1, "119.00")


async def test_another_mapping_releases_nothing_of_what_is_not_its_own(office: Door) -> None:
    await stored(office, HEAD + MAY + JUNE)
    elsewhere = [{"cost_object": "9999", "grant": "bescheid-2023", "category": "other"}]
    await office.made("/booking-mappings", {**BOOKING_MAPPING, "key": "other", "rules": elsewhere})
    period = {"complete_from": "2024-01-01", "complete_to": "2024-12-31"}
    file = HEAD + MAY + ELSEWHERE
    told = (await send(office, file, mapping="other", **period)).json()
    assert (told["new"], told["released"], told["vanished"]) == (1, 0, 0)


async def test_a_mapping_takes_bookings_over_only_when_told_and_journaled(office: Door) -> None:
    await stored(office, HEAD + MAY + JUNE)
    assert (await send(office, HEAD + MAY + JUNE)).json()["adopted"] == 0
    await office.made("/booking-mappings", {**BOOKING_MAPPING, "key": "other"})
    looked = (await send(office, HEAD + MAY, mapping="other")).json()
    assert (looked["same"], looked["adopted"], looked["changed"]) == (1, 1, 0)
    both = (await send(office, HEAD + MAY + JUNE, mapping="other")).json()
    assert (both["adopted"], both["digest"] == looked["digest"]) == (2, False)
    refused = await send(office, HEAD + MAY + JUNE, looked["digest"], mapping="other")
    assert refused.status_code == 409, refused.text
    follower = office.as_("administrator", kind="service")
    address = f"/internal/journal/{office.municipality.key}"
    told = [one["subject"] for one in (await follower.get(address)).json()]
    await stored(office, HEAD + MAY, mapping="other")
    *before, last = (await follower.get(address)).json()
    assert [one["subject"] for one in before] == told
    assert (last["type"], last["subject"]) == (
        "projects.bookings.imported.v1",
        "booking-mappings/other",
    )
    assert {name: last["data"][name] for name in ("new", "changed", "adopted", "released")} == {
        "new": 0,
        "changed": 0,
        "adopted": 1,
        "released": 0,
    }
    assert (await send(office, HEAD + MAY, mapping="other")).json()["adopted"] == 0
    elsewhere = HEAD + MAY.replace("4711", "9999") + JUNE.replace("4711", "9999")
    assert (await send(office, elsewhere)).json()["released"] == 1, "of the other's none"


async def test_a_number_of_which_one_row_is_of_the_grant_stays_with_it(office: Door) -> None:
    await stored(office, HEAD + MAY)
    other = MAY.replace("4711", "9999").replace("5.200,00", "10,00")
    for file in (HEAD + MAY + other, HEAD + other + MAY):
        told = (await send(office, file)).json()
        assert (told["same"], told["released"], told["unmatched"]) == (1, 0, 1)


async def test_a_corrected_booking_without_a_number_counts_once_when_the_extract_is_whole(
    office: Door,
) -> None:
    await office.made("/notices", NOTICE)
    first, kept = MAY.replace("2024;1;", "2024;;"), JUNE.replace("2024;2;", "2024;;")
    await stored(office, HEAD + first + kept)
    corrected = HEAD + first.replace("5.200,00", "5.100,00")
    assert (await send(office, corrected)).json()["vanished"] == 0
    may = {"complete_from": "2024-05-01", "complete_to": "2024-05-31"}
    looked = (await send(office, corrected, **may)).json()
    assert (looked["new"], looked["vanished"]) == (1, 1)
    assert (looked["amount"], looked["vanished_amount"]) == ("5100.00", "5200.00")
    told = looked["found"][-1]
    assert (told["row"], told["finding"], told["grant"]) == (None, "vanished", "bescheid-2023")
    await stored(office, corrected, **may)
    assert await counted(office) == "15500.50"
    told_again = (await send(office, corrected, **may)).json()
    assert (told_again["new"], told_again["vanished"]) == (0, 1)
    await stored(office, corrected, **may, without_vanished=True)
    assert await counted(office) == "10300.50"
    (left,) = await items(office, "?gone=true")
    assert (left["gone"], left["amount"], left["version"]) == ("vanished", "5200.00", 2)
    assert (await send(office, corrected, **may)).json()["vanished"] == 0


@pytest.mark.parametrize(
    ("period", "parameter"),
    [
        ({"complete_from": "2024-01-01"}, "complete_to"),
        ({"complete_to": "2024-12-31"}, "complete_to"),
        ({"complete_from": "2024-12-31", "complete_to": "2024-01-01"}, "complete_to"),
        ({"without_vanished": True}, "without_vanished"),
    ],
)
async def test_a_whole_of_no_period_is_refused(
    office: Door, period: dict[str, Any], parameter: str
) -> None:
    refused = await send(office, HEAD + MAY, **period)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["parameter"] == parameter

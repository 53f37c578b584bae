"""Published lists of operations come in as they are, once, and without natural persons."""

import asyncio
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from services.projects.list_reading.workbooks import XLSX
from tests.integration.projects.samples import GRANT, OPERATION_LIST
from tests.support.copies import copied
from tests.support.open_formats import SHARED
from tests.support.towns import Door

ESF = (SHARED / "esf/ESF_Thueringen_2014_2020_social_planning_subset.csv").read_bytes()
HEADER = "Begünstigter;Name des Vorhabens;Beginn;Ende;Gesamtkosten;Unions-Kofinanzierungssatz;PLZ"
ROW = "Landratsamt;Sozialplanung;01.01.2023;31.12.2025;135.020,40;80%;36433 Bad Salzungen"
OTHER = "Stadt Jena;Planung;01.06.2016;31.12.2018;10,01;80%;7743"
ADDRESS = "/operation-lists/esf/import"
PLAIN = {"key": "esf", "visibility": "public"}


async def bring(
    door: Door, data: bytes | str, edition: str = "2024-01-01", dry_run: bool = False
) -> Any:
    return await door.post(
        ADDRESS,
        content=data,
        params={"edition": edition, "dry_run": dry_run},
        headers={"Content-Type": "text/csv"},
    )


async def stored(door: Door) -> list[dict[str, Any]]:
    return (await door.get("/operations?limit=100")).json()["items"]


async def told(door: Door) -> list[dict[str, Any]]:
    """What the journal says."""
    service = door.as_("administrator", kind="service")
    return (await service.get(f"/internal/journal/{door.municipality.key}?after=0")).json()


@pytest.fixture
@copied
async def listed(projects: Door) -> Door:
    await projects.made("/operation-lists", {**OPERATION_LIST, **PLAIN})
    return projects


async def test_the_33_real_operations_come_in_to_the_cent(listed: Door) -> None:
    tried = await bring(listed, ESF, dry_run=True)
    assert tried.status_code == 200, tried.text
    assert (len(tried.json()["created"]), await stored(listed)) == (33, [])
    done = (await bring(listed, ESF)).json()
    assert (done["rows"], len(done["created"]), done["problems"]) == (33, 33, [])
    assert (done["total_cost"], done["union_share"]) == ("7962622.86", "6370098.29")
    jena = (await listed.as_().get("/operations?beneficiary=Stadt Jena")).json()["items"]
    assert {(o["total_cost"], o["union_share"], o["national_share"]) for o in jena} == {
        ("135020.40", "108016.32", "27004.08"),
        ("146839.75", "117471.80", "29367.95"),
    }
    assert {(o["postcode"], o["intervention_code"], o["rate"]) for o in jena} == {
        ("07743", 109, "80")
    }


async def test_the_same_list_again_stores_nothing(listed: Door) -> None:
    await bring(listed, ESF)
    before = await stored(listed)
    journal = await told(listed)
    again = (await bring(listed, ESF)).json()
    assert (again["created"], again["changed"], again["unchanged"]) == ([], [], 33)
    assert await stored(listed) == before
    assert await told(listed) == journal
    assert len(journal) == 1 + 33 + 1


async def test_a_newer_edition_tells_what_is_otherwise(listed: Door) -> None:
    await bring(listed, f"{HEADER}\n{ROW}\n{OTHER}")
    longer = ROW.replace("31.12.2025", "31.12.2026").replace("135.020,40", "140.000,00")
    new = "Wartburgkreis;Netzwerk;01.01.2024;;5,00;60%;36433"
    text = f"{HEADER}\n{longer}\n{new}"
    tried = (await bring(listed, text, "2024-05-01", dry_run=True)).json()
    done = (await bring(listed, text, "2024-05-01")).json()
    assert {**tried, "dry_run": False} == done
    assert (len(done["created"]), len(done["vanished"]), done["unchanged"]) == (1, 1, 0)
    fields = ["ends_on", "national_share", "total_cost", "union_share"]
    assert [change["fields"] for change in done["changed"]] == [fields]
    gone = (await listed.get(f"/operations/{done['vanished'][0]}")).json()
    assert (gone["listed_from"], gone["listed_until"]) == ("2024-01-01", "2024-05-01")
    current = (await listed.get("/operations?current=true")).json()["items"]
    assert {one["name"] for one in current} == {"Sozialplanung", "Netzwerk"}
    history = await listed.get(f"/operations/{done['changed'][0]['operation']}/history")
    assert [state["row"]["total_cost"] for state in history.json()] == [140000.0, 135020.4]
    older = await bring(listed, f"{HEADER}\n{ROW}", "2024-04-30")
    assert (older.status_code, older.json()["errors"][0]["parameter"]) == (409, "edition")
    back = (await bring(listed, f"{HEADER}\n{longer}\n{OTHER}", "2024-09-01")).json()
    assert [change["fields"] for change in back["changed"]] == [["listed_until"]]
    assert (await listed.get("/operation-lists/esf")).json()["edition"] == "2024-09-01"


async def test_one_wrong_cell_and_nothing_is_stored(listed: Door) -> None:
    text = f"{HEADER}\n{ROW}\n{OTHER.replace('10,01', 'NaN').replace('7743', '743')}"
    refused = await bring(listed, text)
    assert refused.status_code == 422
    pointers = [error["pointer"] for error in refused.json()["errors"]]
    assert pointers == ["/3/total_cost", "/3/postcode"]
    assert "'Gesamtkosten'" in refused.json()["errors"][0]["detail"]
    assert await stored(listed) == []
    assert (await listed.get("/operation-lists/esf")).json()["edition"] is None
    tried = await bring(listed, text, dry_run=True)
    assert [(p["row"], p["column"], p["code"]) for p in tried.json()["problems"]] == [
        (3, "Gesamtkosten", "number"),
        (3, "PLZ", "postcode"),
    ]
    assert len(tried.json()["created"]) == 1
    await bring(listed, f"{HEADER}\n{ROW}\n{OTHER}")
    again = (await bring(listed, text, "2024-05-01", dry_run=True)).json()
    assert again["vanished"] == [], "the row that was not understood may be the one that is missing"


async def test_a_person_never_comes_in(listed: Door, statements: list[str]) -> None:
    person = "Erika Musterfrau;Gründung Musterfrau;01.06.2016;;5,00;80%;07743"
    answer = await bring(listed, f"{HEADER}\n{person}\n{OTHER}")
    assert "Musterfrau" not in answer.text
    assert answer.json()["left_out"] == [{"row": 2, "reason": "not_a_known_legal_entity"}]
    assert answer.json()["repairs"] == [
        {"row": 3, "field": "postcode", "written": "7743", "read": "07743"}
    ]
    assert [one["beneficiary"] for one in await stored(listed)] == ["Stadt Jena"]
    assert not any("Musterfrau" in statement for statement in statements)
    confirmed = {"legal_entities": ["ERIKA  MUSTERFRAU"]}
    await listed.patch("/operation-lists/esf", confirmed, 2)
    assert len((await bring(listed, f"{HEADER}\n{person}\n{OTHER}")).json()["created"]) == 1


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (f"{HEADER}\n".encode(), "empty"),
        (f"{HEADER}\n{ROW}\x00".encode(), "not_text"),
        (f'{HEADER}\n"{ROW}'.encode(), "csv"),
        (f"{HEADER}\n{ROW}".replace(";", "~").encode(), "header"),
    ],
)
async def test_a_hostile_file_is_a_clear_problem(listed: Door, data: bytes, code: str) -> None:
    for dry_run in (True, False):
        refused = await bring(listed, data, dry_run=dry_run)
        assert refused.status_code == 422
        assert refused.json()["errors"][0]["code"] == code
    assert await stored(listed) == []


def workbook(*rows: str) -> bytes:
    """A cover sheet, and a list with typed cells below a title."""
    book = Workbook()
    book.active.append(["Verzeichnis der Vorhaben", "Stand 01.01.2024"])
    sheet = book.create_sheet("Liste")
    sheet.append(["Titel"])
    sheet.append(HEADER.split(";"))
    for row in rows:
        who, what, first, last, cost, rate, where = row.split(";")
        days = [datetime.strptime(day, "%d.%m.%Y").astimezone(UTC).date() for day in (first, last)]
        number = float(cost.replace(".", "").replace(",", "."))
        sheet.append([who, what, *days, number, float(rate.strip("%")) / 100, int(where[:5])])
        sheet.cell(sheet.max_row, 6).number_format = "0%"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


async def test_a_workbook_is_read_like_its_table(listed: Door) -> None:
    sent = {"content": workbook(ROW, OTHER), "headers": {"Content-Type": XLSX}}
    done = await listed.post(ADDRESS, params={"edition": "2024-01-01"}, **sent)
    assert done.status_code == 200, done.text
    assert (done.json()["header_row"], len(done.json()["created"])) == (2, 2)
    again = await bring(listed, f"{HEADER}\n{ROW.replace(' Bad Salzungen', '')}\n{OTHER}")
    assert (again.json()["unchanged"], again.json()["changed"]) == (2, [])
    for data, code in ((b"PK\x03\x04 damaged", "archive"), (b"a;b", "not_text"), (b"", "not_text")):
        broken = {"content": data, "headers": {"Content-Type": XLSX}}
        refused = await listed.post(ADDRESS, params={"edition": "2024-01-01"}, **broken)
        assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, code)


async def test_a_file_beyond_measure_or_of_another_kind_is_refused(listed: Door) -> None:
    assert (await bring(listed, b"x" * (33 * 1024 * 1024))).status_code == 413
    other = await listed.post(ADDRESS, {"a": 1}, params={"edition": "2024-01-01"})
    assert other.status_code == 415
    assert (await bring(listed, ROW, edition="2999-01-01")).status_code == 422
    unknown = await listed.post(
        "/operation-lists/other/import",
        content=ROW,
        params={"edition": "2024-01-01"},
        headers={"Content-Type": "text/csv"},
    )
    assert unknown.status_code == 404


async def test_only_who_may_imports(listed: Door) -> None:
    for role, status in (("planner", 403), ("member", 403), (None, 401), ("controller", 200)):
        door = listed.as_(*([role] if role else []))
        assert (await bring(door, f"{HEADER}\n{ROW}")).status_code == status


async def test_an_own_grant_is_found_by_its_days_and_its_cost(settled: Door) -> None:
    await settled.made("/operation-lists", {**OPERATION_LIST, **PLAIN})
    done = (await bring(settled, f"{HEADER}\n{ROW}\n{OTHER}")).json()
    assert list(done["linked"].values()) == [GRANT["key"]]
    key = next(iter(done["linked"]))
    found = (await settled.get(f"/operations?grant={GRANT['key']}")).json()["items"]
    assert [one["key"] for one in found] == [key]
    wrong = await settled.patch(f"/operations/{key}", {"grant": "not-there"}, 1)
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "/grant")
    assert (await settled.patch(f"/operations/{key}", {"name": "x"}, 1)).status_code == 422
    freed = await settled.patch(f"/operations/{key}", {"grant": None}, 1)
    assert (freed.json()["grant"], freed.headers["etag"]) == (None, '"r2"')
    await bring(settled, f"{HEADER}\n{ROW}\n{OTHER}", "2024-06-01")
    assert (await settled.get(f"/operations/{key}")).json()["grant"] is None


async def test_operations_hide_with_their_list(listed: Door) -> None:
    key = (await bring(listed, f"{HEADER}\n{ROW}")).json()["created"][0]
    await listed.patch("/operation-lists/esf", {"visibility": "administration"}, 2)
    assert (await listed.as_().get(f"/operations/{key}")).status_code == 404
    assert (await listed.as_().get("/operations")).json()["items"] == []
    assert (await listed.get(f"/operations/{key}")).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"cci": "2021DE05SFPR014"}, "/cci"),
        ({"columns": {"name": "Titel", "purpose": "TITEL"}}, "/columns/purpose"),
        ({"columns": {"colour": "Farbe"}}, "/columns/colour"),
        (
            {"interventions": [{"text": "A b", "code": 1}, {"text": "ab", "code": 2}]},
            "/interventions/1/text",
        ),
        ({"interventions": [{"text": "A", "code": 183}]}, "/interventions/0/code"),
        ({"nuts": "Thüringen"}, "/nuts"),
    ],
)
async def test_a_wrong_list_is_pointed_at(
    projects: Door, wrong: dict[str, Any], pointer: str
) -> None:
    refused = await projects.post("/operation-lists", {**OPERATION_LIST, **wrong})
    assert refused.status_code == 422
    assert [error["pointer"] for error in refused.json()["errors"]] == [pointer]


async def test_two_imports_at_once_store_each_operation_once(settled: Door) -> None:
    await settled.made("/operation-lists", {**OPERATION_LIST, **PLAIN})
    answers = await asyncio.gather(*(bring(settled, f"{HEADER}\n{ROW}") for _ in range(4)))
    assert {answer.status_code for answer in answers} == {200}
    assert sorted(len(answer.json()["created"]) for answer in answers) == [0, 0, 0, 1]
    assert len(await stored(settled)) == 1

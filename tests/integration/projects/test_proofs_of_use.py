"""Proofs of use: computed from what is stored, on paper and in workbooks."""

import asyncio
import json
from decimal import Decimal
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from httpx import Response
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.integration.projects.samples import (
    CLAIM,
    EXPENDITURE,
    MEASURE,
    NOTICE,
    ONWARD,
    RECOVERY,
)
from tests.support.pdf import structure
from tests.support.spoken import is_told_as_asked
from tests.support.towns import Door

STRATEGY = "sozialstrategierichtlinie-2-1"
HERE = "/grants/bescheid-2023/proof-of-use"
DAY = "2025-07-31"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HOSTILE = '=1+1 #strong[*x*] $"\\ <script>'
STAFF = {
    **EXPENDITURE,
    "key": "gehalt",
    "purpose": HOSTILE,
    "supplier_name": "@SUM(A1:A9) #panic()",
    "category": "staff",
    "gross": "40000.01",
    "net": None,
    "payment_date": "2024-12-30",
    "evidence": [{"name": "gehalt.pdf", "sha512": "0" * 128}],
}
LATER = {**EXPENDITURE, "key": "offen", "invoice_number": "R-9", "payment_date": None}


VERIFICATION = {
    "grant": "bescheid-2023",
    "accepted": "1000.00",
    "reduced": "190.00",
    "reason": "Umsatzsteuer",
    "verified_on": "2025-03-12",
}
DECISION = {
    "outcome": "approval",
    "decided_on": "2023-11-12",
    "deciding_body": "jugendhilfeausschuss",
    "resolution": "beschluss-7",
    "amount": "4000.00",
}
STEPS: list[tuple[str, dict[str, Any]]] = [
    ("/notices", NOTICE),
    (f"/rule-packs/{STRATEGY}/adoption", {}),
    ("/expenditures", EXPENDITURE),
    ("/expenditures", STAFF),
    ("/expenditures", LATER),
    ("/expenditures/moderation/verifications", VERIFICATION),
    ("/claims", {**CLAIM, "requested": "800.00"}),
    ("/claims/abruf-1/submission", {"submitted_on": "2024-06-03"}),
    ("/claims/abruf-1/payouts", {"paid_on": "2024-06-20", "amount": "800.00"}),
    ("/recoveries", RECOVERY),
    ("/recoveries/rueckforderung-1/repayments", {"repaid_on": "2025-07-01", "amount": "152.00"}),
    ("/onward-grants", ONWARD),
    ("/onward-grants/familiencafe/decision", DECISION),
    (
        "/onward-grants/familiencafe/notices",
        {"issued_on": "2023-12-01", "amount": "4000.00", "proof_due_on": "2025-03-31"},
    ),
    ("/onward-grants/familiencafe/payouts", {"paid_on": "2024-02-02", "amount": "2000.00"}),
]


@pytest.fixture
async def office(settled: Door) -> Door:
    """A controller with a notice, rules, receipts, money in and back, and money passed on."""
    for address, body in STEPS:
        done = await settled.post(address, body)
        assert done.is_success, (address, done.text)
    patched = {"grants": ["bescheid-2023"], "mandate": "beschluss-1"}
    assert (await settled.patch(f"/measures/{MEASURE['key']}", patched, 1)).status_code == 200
    return settled.as_("controller")


async def read(door: Door, more: str = "", **headers: str) -> Response:
    answer = await door.get(f"{HERE}?on={DAY}{more}", headers=headers)
    assert answer.status_code == 200, answer.text
    return answer


def texts(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


async def test_the_numbers_stand_in_the_order_of_the_plan(office: Door) -> None:
    told = (await read(office)).json()
    income = [
        (one["kind"], one["planned"], one["received"], one["divided"], one["reason"])
        for one in told["income"]
    ]
    assert income == [
        ("eu", "81012.24", "486.00", True, None),
        ("state", "27004.08", "162.00", True, None),
        ("own", "27004.08", None, False, "no_actual"),
    ]
    lines = [
        (one["category"], one["planned"], one["spent"], one["actual"], one["difference"])
        for one in told["expenditure"]
    ]
    assert lines == [
        ("staff", "120000.00", "40000.01", "40000.01", "-79999.99"),
        ("travel", "15020.40", "0.00", "0.00", "-15020.40"),
        ("external", None, "1190.00", "1000.00", None),
    ]
    staff = told["expenditure"][0]
    assert staff["deviation"]["status"] == "ok"
    assert [clause["text"] for clause in staff["deviation"]["clauses"]] == ["ANBest-P Nr. 1.2"]
    assert staff["years"] == [
        {"year": 2023, "planned": "60000.00", "actual": "0.00"},
        {"year": 2024, "planned": "60000.00", "actual": "40000.01"},
    ]
    end = told["settlement"]
    assert (end["spent"], end["actual"]) == ("41190.01", "41000.01")
    assert (end["paid_out"], end["repaid"], end["kept"]) == ("800.00", "152.00", "648.00")
    assert end["payable"]["value"] == "32800.01"
    assert (end["to_claim"], end["to_repay"], end["reason"]) == ("32152.01", "0.00", None)


async def test_every_receipt_is_told_as_it_was_checked(office: Door) -> None:
    first, second = (await read(office)).json()["receipts"]
    assert (first["number"], first["expenditure"], first["paid_on"]) == (
        1,
        "moderation",
        "2024-05-28",
    )
    assert first["supplier_name"] == "Moderationsbüro Musterstadt"
    assert (first["amount"], first["counted"], first["share"]) == ("1190.00", "1000.00", "100")
    assert first["verification"]["reduced"] == "190.00"
    assert (second["purpose"], second["evidence"], second["verification"]) == (HOSTILE, 1, None)
    before = (await office.get(f"{HERE}?on=2024-12-31")).json()["receipts"]
    assert before[0]["verification"] is None
    assert before[0]["counted"] == "1190.00"


async def test_the_report_knows_what_it_has_to_speak_of(office: Door) -> None:
    told = (await read(office)).json()
    assert [one["measure"] for one in told["measures"]] == ["jobladen-lobeda"]
    assert [
        (one["resolution"], one["measures"], one["onward_grants"]) for one in told["decisions"]
    ] == [
        ("beschluss-1", ["jobladen-lobeda"], []),
        ("beschluss-7", [], ["familiencafe"]),
    ]
    (onward,) = told["onward_grants"]
    assert (onward["awarded"], onward["paid"], onward["accepted"]) == ("4000.00", "2000.00", None)
    (target,) = told["targets"]
    assert (target["indicator"], target["target"], target["actual"]) == (
        "gemeinsame-berichte",
        "5",
        None,
    )
    assert [one["text"]["de"] for one in told["conditions"]] == ["Zwischennachweis"]
    assert told["publicity"][0]["text"] == "Art. 50 Verordnung (EU) 2021/1060"
    assert told["due_on"] == "2026-06-30"
    duty = (await office.get(f"/obligations/{told['obligation']}")).json()
    assert (duty["kind"], duty["state"]) == ("proof_of_use", "open")


async def test_what_is_missing_is_named(office: Door) -> None:
    told = {one["key"]: one for one in (await read(office)).json()["checks"]}
    assert {key for key, one in told.items() if one["met"]} == {"plan", "receipts", "verification"}
    assert told["receipts"]["difference"] == "0.00"
    assert told["paid"]["about"] == ["offen"]
    assert told["evidence"]["about"] == ["moderation"]
    assert told["deviation"]["about"] == ["external"]
    assert told["onward"]["about"] == ["familiencafe"]
    assert told["targets"]["about"] == ["gemeinsame-berichte"]
    assert "ANBest-P Nr. 1.2" in told["clauses"]["about"]
    assert told["obligations"]["about"]


@pytest.mark.parametrize("lang", ["de", "en"])
async def test_the_pdf_is_accessible_and_printed_again_identically(office: Door, lang: str) -> None:
    pdf = await read(office, f"&lang={lang}", Accept="application/pdf")
    assert pdf.headers["content-type"] == "application/pdf"
    again = await read(office, f"&lang={lang}&format=pdf")
    assert again.content == pdf.content
    reader = PdfReader(BytesIO(pdf.content))
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == lang
    assert root["/MarkInfo"]["/Marked"]
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    tags = structure(root["/StructTreeRoot"])
    assert {"/H1", "/Table", "/TH", "/TD"} <= set(tags)
    assert tags["/TH"] == {"/Column"}, "each column says that it is one"
    assert all(page["/Tabs"] == "/S" and "/StructParents" in page for page in reader.pages)
    told = texts(pdf.content)
    assert ("32.800,01" if lang == "de" else "32,800.01") in told
    assert ("Belegliste" if lang == "de" else "List of receipts") in told
    assert "=1+1 #strong[*x*]" in told


async def test_the_workbook_has_the_same_sums_and_runs_nothing(office: Door) -> None:
    told = (await read(office)).json()
    answer = await read(office, Accept=XLSX)
    assert "attachment" in answer.headers["content-disposition"]
    book = load_workbook(BytesIO(answer.content))
    assert book.sheetnames[:4] == [
        "Angaben zur Zuwendung",
        "Einnahmen",
        "Ausgaben",
        "Ausgaben nach Jahren",
    ]
    receipts = book["Belegliste"]
    head = [cell.value for cell in receipts[1]]
    put, counted = head.index("Zuwendung"), head.index("Anerkannt")
    *rows, total = receipts.iter_rows(min_row=2, values_only=True)
    for place, name in ((put, "spent"), (counted, "actual")):
        cents = sum(Decimal(str(row[place])) for row in rows)
        assert cents == Decimal(str(total[place])) == Decimal(told["settlement"][name])
    expenditure = list(book["Ausgaben"].iter_rows(min_row=2, values_only=True))
    assert Decimal(str(expenditure[-1][4])) == Decimal(told["settlement"]["actual"])
    cells = [cell for sheet in book for row in sheet for cell in row]
    assert all(cell.data_type != "f" and cell.hyperlink is None for cell in cells)
    assert {HOSTILE, "@SUM(A1:A9) #panic()"} <= {cell.value for cell in cells}
    assert (await read(office, "&format=xlsx")).content == answer.content


async def test_nothing_known_is_no_zero(settled: Door) -> None:
    bare = {
        "key": "leer",
        "project": "sozialplanung",
        "programme": "sozialstrategierichtlinie-2-1",
        "grantee": "landratsamt",
    }
    await settled.made("/grants", bare)
    told = (await settled.get(f"/grants/leer/proof-of-use?on={DAY}")).json()
    end = told["settlement"]
    assert (end["granted"], end["to_claim"], end["to_repay"]) == (None, None, None)
    assert end["reason"] == "no_amount"
    assert (told["income"], told["receipts"], told["expenditure"]) == ([], [], [])
    lacking = next(one for one in told["checks"] if one["key"] == "plan")
    assert {"notice", "budget_lines", "sources", "amount"} <= set(lacking["about"])
    pdf = await settled.get(f"/grants/leer/proof-of-use?on={DAY}&format=pdf")
    assert "nicht bekannt" in texts(pdf.content)


async def test_a_proof_is_for_those_who_may_see_money(office: Door) -> None:
    for role, status in {None: 401, "member": 403, "secretary": 403, "planner": 200}.items():
        door = office.as_(*([role] if role else []))
        assert (await door.get(HERE)).status_code == status
    assert (await office.get("/grants/nowhere/proof-of-use")).status_code == 404
    assert (await office.get(f"{HERE}?format=doc")).status_code == 422


MADE = "/grants/bescheid-2023/proofs-of-use"
REASON = {"about": "staff", "text": {"de": "Eine Stelle war *nicht* besetzt. #x"}}
NEW = {"key": "nachweis-1", "on": DAY, "reasons": [REASON]}


async def test_what_was_made_is_printed_again_identically_whatever_changes(office: Door) -> None:
    made = await office.made(MADE, NEW)
    draft = (await read(office)).json()
    assert (made["number"], made["on"], made["made_by"]) == (1, DAY, "test:clerk")
    assert made["obligation"] == draft["obligation"] is not None
    told = (await office.get("/proofs-of-use/nachweis-1")).json()
    assert told == {**made, "content": {**draft, "reasons": [REASON]}}
    text = json.dumps(told["content"], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert sha256(text.encode()).hexdigest() == made["sha256"]
    address = "/proofs-of-use/nachweis-1?format="
    before = {form: (await office.get(address + form)).content for form in ("pdf", "xlsx")}
    assert made["sha256"] in texts(before["pdf"])
    assert REASON["text"]["de"] in texts(before["pdf"])
    assert "32.800,01" in texts(before["pdf"])
    assert "Vollständigkeit" not in texts(before["pdf"])
    assert "Vollständigkeit" in texts((await read(office, "&format=pdf")).content)

    more = {**STAFF, "key": "gehalt-2", "purpose": "Zulage", "gross": "500.00"}
    await office.made("/expenditures", more)
    assert (await read(office)).json()["settlement"]["spent"] == "41690.01"
    assert (await office.get("/proofs-of-use/nachweis-1")).json() == told
    after = {form: (await office.get(address + form)).content for form in ("pdf", "xlsx")}
    assert after == before
    duty = (await office.get(f"/obligations/{made['obligation']}")).json()
    assert duty["state"] == "open"


async def test_proofs_are_numbered_one_after_the_other(office: Door) -> None:
    keys = [f"nachweis-{n}" for n in range(1, 5)]
    await asyncio.gather(*(office.made(MADE, {"key": key, "on": DAY}) for key in keys))
    listed = (await office.get("/proofs-of-use?grant=bescheid-2023")).json()["items"]
    assert [one["key"] for one in listed] == keys
    assert sorted(one["number"] for one in listed) == [1, 2, 3, 4]
    assert len({one["sha256"] for one in listed}) == 1
    assert (await office.get("/proofs-of-use?grant=anderes")).json()["items"] == []


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"on": "2999-01-01"}, "/on"),
        ({"reasons": [REASON, {**REASON, "about": "luck"}]}, "/reasons/1/about"),
        ({"reasons": [REASON, REASON]}, "/reasons"),
    ],
)
async def test_a_proof_that_cannot_be_is_not_made(
    office: Door, wrong: dict[str, Any], pointer: str
) -> None:
    refused = await office.post(MADE, {**NEW, **wrong})
    assert refused.status_code == 422
    assert [one["pointer"] for one in refused.json()["errors"]] == [pointer]
    assert (await office.get("/proofs-of-use")).json()["items"] == []
    assert (await office.post("/grants/nowhere/proofs-of-use", NEW)).status_code == 404


async def test_the_controller_makes_proofs_and_no_name_gets_into_the_journal(office: Door) -> None:
    assert (await office.as_("planner").post(MADE, NEW)).status_code == 403
    await office.made(MADE, NEW)
    for role, status in {None: 401, "member": 403, "planner": 200}.items():
        door = office.as_(*([role] if role else []))
        assert (await door.get("/proofs-of-use/nachweis-1")).status_code == status
    follower = office.as_("administrator", kind="service")
    journal = await follower.get(f"/internal/journal/{office.municipality.key}")
    assert "proofs-of-use/nachweis-1" in journal.text
    assert "Musterstadt" not in journal.text
    again = await office.post(MADE, NEW)
    assert (again.status_code, again.json()["errors"][0]["code"]) == (409, "taken")


async def test_proofs_are_printed_in_the_language_that_a_browser_asks_for(office: Door) -> None:
    made = await office.made("/grants/bescheid-2023/proofs-of-use", {"key": "nachweis", "on": DAY})
    kept = f"/proofs-of-use/{made['key']}?format="
    for path in (f"{HERE}?on={DAY}&format=xlsx", f"{kept}xlsx", f"{kept}pdf"):
        await is_told_as_asked(office.get, path)

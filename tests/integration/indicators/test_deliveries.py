"""Figures are delivered and checked; a second person decides."""

import asyncio
import zipfile
from io import BytesIO

import pytest

from tests.integration.indicators.figures import (
    approved,
    deliver,
    equip,
    released,
    second,
    tidy,
)
from tests.support.towns import Door
from tests.unit.indicators.samples import flat_file, flat_row, zipped

JENA = tidy("jena,2024-12-31,bevoelkerung,,111191", "jena,2024-12-31,bevoelkerung,GESM,55000")


async def test_a_tidy_file_is_checked_and_nothing_is_visible_yet(indicators: Door) -> None:
    await equip(indicators)
    supplier = indicators.as_("supplier", subject="key:statistics", supplier="statistikstelle")
    delivered = await deliver(supplier, JENA, note="Zensus 2022")
    assert delivered.status_code == 201, delivered.text
    body = delivered.json()
    assert (body["state"], body["format"], body["supplier"]) == (
        "checked",
        "tidy_csv",
        "statistikstelle",
    )
    assert body["counts"] == {
        "rows": 2,
        "figures": 2,
        "skipped": 0,
        "taken_back": 0,
        "provisional": 0,
        "errors": 0,
        "warnings": 0,
        "unknown_areas": 0,
        "unknown_measures": 0,
    }
    assert (body["diff"]["new"], body["diff"]["changed"]) == (2, 0)
    read = await supplier.get(delivered.headers["location"])
    assert read.json() == body
    shown = (await indicators.as_().get("/observations?indicator=bevoelkerung")).json()
    assert (shown["release"], shown["columns"]["value"]) == (None, [])


async def test_a_flat_file_names_areas_and_measures_by_official_codes(indicators: Door) -> None:
    await equip(indicators)
    file = flat_file(
        flat_row("55.000".replace(".", "")),
        flat_row("56191", sex="GESM"),
        flat_row("84000000", area="DG", scheme="DINSG", sex=""),
        flat_row("-", area="16056"),
        flat_row("99", area="23", scheme="DLAND"),
        flat_row("1", measure="ANDERES"),
    )
    body = (await deliver(indicators, file)).json()
    assert body["state"] == "refused"
    assert [(i["line"], i["code"]) for i in body["issues"]] == [
        (6, "area_unknown"),
        (7, "measure_unknown"),
    ]
    unknown = body["unknown_areas_found"]
    assert [(u["code"], u["scheme"], u["rows"]) for u in unknown] == [("23", "DLAND", 1)]
    assert body["unknown_measures_found"][0]["code"] == "12411:ANDERES:Anzahl"
    skipping = {"unknown_areas": "skip", "unknown_measures": "skip"}
    again = await deliver(indicators, file, **skipping)
    assert (again.status_code, again.json()["state"]) == (201, "checked")
    assert (again.json()["counts"]["figures"], again.json()["counts"]["skipped"]) == (4, 2)
    assert again.json()["key"] == "delivery-2"


async def test_unknown_areas_come_with_suggestions(indicators: Door) -> None:
    await equip(indicators)
    await indicators.patch("/areas/winzerla", {"codes": {"statbez": "018"}}, 1)
    file = tidy("18,2024,bevoelkerung,,9", "lobeda-vest,2024,bevoelkerung,,9")
    body = (await deliver(indicators, file)).json()
    found = {u["code"]: [s["code"] for s in u["suggestions"]] for u in body["unknown_areas_found"]}
    assert found == {"18": ["018"], "lobeda-vest": ["lobeda-west"]}


async def test_the_answer_tells_what_would_change(indicators: Door) -> None:
    await equip(indicators)
    before = {"jena": "100", "winzerla": "50", "lobeda-west": "10", "deutschland": "0", "16": "7"}
    await released(
        indicators, tidy(*(f"{area},2024,bevoelkerung,,{n}" for area, n in before.items()))
    )
    after = ["jena,2024,bevoelkerung,,100.0", "winzerla,2024,bevoelkerung,,75"]
    after += ["lobeda-west,2024,bevoelkerung,,.", "deutschland,2024,bevoelkerung,,3"]
    after += ["wartburgkreis,2024,bevoelkerung,,60", "jena,2023,bevoelkerung,,99"]
    diff = (await deliver(indicators, tidy(*after))).json()["diff"]
    counts = [diff[name] for name in ("new", "changed", "unchanged", "vanished")]
    assert counts == [2, 3, 1, 1]
    jumps = [(j["area"], j["line"], j["before"], j["after"], j["relative"]) for j in diff["jumps"]]
    assert jumps == [
        ("deutschland", 5, "0", "3", None),
        ("winzerla", 3, "50", "75", "0.500000"),
    ]
    assert [(e["area"], e["after_status"]) for e in diff["emptied"]] == [("lobeda-west", "unknown")]
    assert [v["area"] for v in diff["vanished_figures"]] == ["thueringen"]


async def test_a_file_without_an_indicator_is_told_which_one(indicators: Door) -> None:
    await equip(indicators)
    file = tidy("jena,2024,1", header="area,period,value")
    unnamed = (await deliver(indicators, file)).json()
    assert unnamed["issues"][0]["code"] == "measure_unknown"
    assert "parameter" in unnamed["unknown_measures_found"][0]["hint"]
    named = await deliver(indicators, file, indicator="bevoelkerung")
    assert named.json()["state"] == "checked"


@pytest.mark.parametrize(
    ("row", "line", "column", "code"),
    [
        ("jena,2024,bevoelkerung,,NaN", 3, "value", "number_unreadable"),
        ("jena,2024,bevoelkerung,,1e400", 3, "value", "number_unreadable"),
        ("jena,2024,bevoelkerung,,Infinity", 3, "value", "number_unreadable"),
        ("jena,yesterday,bevoelkerung,,1", 3, "period", "period_unreadable"),
        ("jena,2024,bevoelkerung,G M,1", 3, "GES", "code_unreadable"),
        ("jena,2024,bevoelkerung", 3, None, "columns"),
        ("jena,2024,bevoelkerung,,6", 3, None, "repeated"),
        ("nowhere,2024,bevoelkerung,,1", 3, "area", "area_unknown"),
        ("jena,2024,nothing,,1", 3, "indicator", "measure_unknown"),
    ],
)
async def test_one_bad_row_refuses_the_file_and_is_named(
    indicators: Door, row: str, line: int, column: str | None, code: str
) -> None:
    await equip(indicators)
    body = (await deliver(indicators, tidy("jena,2024,bevoelkerung,,5", row))).json()
    assert (body["state"], body["diff"], body["counts"]["figures"]) == ("refused", None, 0)
    issue = body["issues"][0]
    assert (issue["line"], issue["column"], issue["code"]) == (line, column, code)
    assert (await second(indicators).post(f"/deliveries/{body['key']}/approval")).status_code == 409


async def test_an_equal_repetition_is_a_warning(indicators: Door) -> None:
    await equip(indicators)
    body = (await deliver(indicators, tidy(*["jena,2024,bevoelkerung,,5"] * 2))).json()
    assert (body["state"], body["counts"]["warnings"], body["counts"]["figures"]) == (
        "checked",
        1,
        1,
    )


def _bomb() -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"area,period,value\n" + b"jena,2024,1\n" * 1_000_000)
    return target.getvalue()


@pytest.mark.parametrize(
    ("file", "status"),
    [
        (b"", 422),
        (b"\x00\x01\x02" * 500, 422),
        (b"<!DOCTYPE html><html><body>Anmeldung</body></html>", 422),
        (b"%PDF-1.7", 422),
        (b"name;age\nx;1\n", 422),
        (zipped(JENA, JENA), 422),
        (JENA.decode().encode("utf-16"), 422),
        (_bomb(), 413),
        (b"x" * (64 * 1024 * 1024 + 1), 413),
    ],
    ids=["empty", "binary", "html", "pdf", "other", "two files", "utf-16", "bomb", "large"],
)
async def test_what_is_no_such_file_is_refused_and_not_stored(
    indicators: Door, file: bytes, status: int
) -> None:
    refused = await deliver(indicators, file)
    assert refused.status_code == status, refused.text
    assert refused.headers["content-type"] == "application/problem+json"
    assert (await indicators.get("/deliveries")).json()["items"] == []


async def test_a_form_is_not_a_file(indicators: Door) -> None:
    refused = await indicators(
        "POST", "/deliveries?source=x", files={"file": ("figures.csv", JENA, "text/csv")}
    )
    assert refused.status_code == 415
    unnamed = await indicators(
        "POST", "/deliveries", content=JENA, headers={"Content-Type": "text/csv"}
    )
    assert unnamed.json()["errors"][0]["parameter"] == "source"


async def test_a_zip_archive_of_one_file_is_taken(indicators: Door) -> None:
    await equip(indicators)
    headers = {"Content-Type": "application/zip"}
    answer = await indicators("POST", "/deliveries?source=x", content=zipped(JENA), headers=headers)
    assert answer.json()["counts"]["figures"] == 2


async def test_the_same_file_is_one_delivery_unless_it_was_rejected(indicators: Door) -> None:
    await equip(indicators)
    first = (await deliver(indicators, JENA)).json()
    again = await deliver(indicators, JENA, note="another note")
    assert (again.status_code, again.json()) == (200, first)
    assert again.headers["etag"] == '"r1"'
    rejected = await second(indicators).post(
        f"/deliveries/{first['key']}/rejection", {"reason": "Männer fehlen"}
    )
    assert (rejected.json()["state"], rejected.json()["reason"]) == ("rejected", "Männer fehlen")
    third = await deliver(indicators, JENA)
    assert (third.status_code, third.json()["key"]) == (201, "delivery-2")


async def test_the_same_file_ten_times_at_once_is_one_delivery(indicators: Door) -> None:
    await equip(indicators)
    answers = await asyncio.gather(*(deliver(indicators, JENA) for _ in range(10)))
    assert sorted(a.status_code for a in answers) == [200] * 9 + [201]
    assert len((await indicators.get("/deliveries")).json()["items"]) == 1


async def test_nobody_approves_their_own_delivery(indicators: Door) -> None:
    await equip(indicators)
    key = (await deliver(indicators, JENA)).json()["key"]
    own = await indicators.post(f"/deliveries/{key}/approval")
    assert (own.status_code, own.json()["type"]) == (409, "/problems/second-person-needed")
    planner = indicators.as_("planner", subject="test:planner")
    assert (await planner.post(f"/deliveries/{key}/approval")).status_code == 403
    answer = await second(indicators).post(f"/deliveries/{key}/approval")
    assert (answer.json()["state"], answer.json()["decided_by"]) == (
        "approved",
        "test:second-person",
    )
    twice = await second(indicators).post(f"/deliveries/{key}/approval")
    assert twice.status_code == 409
    history = (await indicators.get(f"/deliveries/{key}/history")).json()
    assert [h["row"]["state"] for h in history] == ["approved", "checked"]


async def test_of_ten_decisions_at_once_exactly_one_counts(indicators: Door) -> None:
    await equip(indicators)
    key = (await deliver(indicators, JENA)).json()["key"]
    boss = second(indicators)
    no = {"reason": "Nein"}
    answers = await asyncio.gather(
        *(boss.post(f"/deliveries/{key}/approval") for _ in range(5)),
        *(boss.post(f"/deliveries/{key}/rejection", no) for _ in range(5)),
    )
    assert sorted(a.status_code for a in answers) == [200] + [409] * 9


async def test_a_supplier_sees_its_own_deliveries_alone(indicators: Door) -> None:
    await equip(indicators)
    office = indicators.as_("supplier", subject="key:office", supplier="statistikstelle")
    colleague = indicators.as_("supplier", subject="key:colleague", supplier="statistikstelle")
    jobcentre = indicators.as_("supplier", subject="key:jobcentre", supplier="jenarbeit")
    key = (await deliver(office, JENA)).json()["key"]
    assert (await colleague.get(f"/deliveries/{key}")).status_code == 200
    assert (await jobcentre.get(f"/deliveries/{key}")).status_code == 404
    assert (await jobcentre.get("/deliveries")).json()["items"] == []
    assert (await deliver(jobcentre, JENA)).status_code == 409
    assert (await indicators.as_().get("/deliveries")).status_code == 401
    assert (await indicators.as_("planner").get(f"/deliveries/{key}")).status_code == 200


async def test_a_delivery_tells_nobody_what_is_hidden(indicators: Door) -> None:
    await equip(indicators)
    file = tidy("winzerla,2024,empfaenger,,2", "jena,2024,empfaenger,,900")
    await released(indicators, file)
    planner = indicators.as_("planner", subject="test:planner")
    for guess in (1, 2):
        file = tidy(f"winzerla,2024,empfaenger,,{guess}", f"jena,2024,empfaenger,,90{guess}")
        diff = (await deliver(planner, file)).json()["diff"]
        assert (diff["changed"], diff["unchanged"]) == (2, 0)
        assert [(jump["area"], jump["before"]) for jump in diff["jumps"]] == [("jena", "900")]
    colleague = indicators.as_("controller", subject="test:controller")
    key = "delivery-2"
    seen = (await colleague.get(f"/deliveries/{key}")).json()
    assert (seen["diff"]["changed"], seen["diff"]["jumps"]) == (2, [])
    listed = (await colleague.get("/deliveries")).json()["items"]
    assert [item["diff"]["jumps"] for item in listed] == [[], [], []]
    past = (await colleague.get(f"/deliveries/{key}/history")).json()
    assert past[0]["row"]["diff"]["jumps"] == []
    for door in (planner, second(indicators)):
        seen = (await door.get(f"/deliveries/{key}")).json()
        assert len(seen["diff"]["jumps"]) == 1
    past = (await second(indicators).get(f"/deliveries/{key}/history")).json()
    assert len(past[0]["row"]["diff"]["jumps"]) == 1


async def test_a_click_repeated_is_answered_with_the_first_answer(indicators: Door) -> None:
    await equip(indicators)
    headers = {"Content-Type": "text/csv", "Idempotency-Key": "one-click"}
    answers = [
        await indicators("POST", "/deliveries?source=x", content=JENA, headers=headers)
        for _ in range(2)
    ]
    assert [a.status_code for a in answers] == [201, 201]
    assert answers[0].content == answers[1].content
    other = await indicators("POST", "/deliveries?source=x", content=JENA + b"\n", headers=headers)
    assert other.status_code == 422


async def test_deliveries_are_listed_from_the_newest(indicators: Door) -> None:
    await equip(indicators)
    for n in range(3):
        await approved(indicators, tidy(f"jena,202{n},bevoelkerung,,{n}"))
    await deliver(indicators, tidy("nowhere,2024,bevoelkerung,,1"))
    page = (await indicators.get("/deliveries?state=approved&limit=2")).json()
    assert [item["key"] for item in page["items"]] == ["delivery-3", "delivery-2"]
    rest = (await indicators.get(page["next"])).json()
    assert [item["key"] for item in rest["items"]] == ["delivery-1"]

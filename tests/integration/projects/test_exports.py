"""Funded work as open data: valid by the schemas of their owners, public only, told once."""

import csv
import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from lxml import etree

from services.contracts.shared.access import Municipality
from tests.integration.projects.neighbour import Neighbour
from tests.integration.projects.samples import (
    CLAIM,
    DISCLOSURE,
    EXPENDITURE,
    GRANT,
    ONWARD,
    OPERATION_LIST,
    RECOVERY,
    RESULT,
    TARGET_INDICATOR,
    TARGET_PERIOD,
    TARGET_UPDATE,
    settle,
)
from tests.integration.projects.test_operation_lists import ESF, HEADER, ROW
from tests.integration.projects.updating import approved, planner, second
from tests.support.open_formats import (
    SHARED,
    iati_faults,
    kohesio_faults,
    threesixtygiving_faults,
)
from tests.support.towns import Door, new_town

CSV, GIVING, IATI = (
    f"/exports/{name}" for name in ("list-of-operations.csv", "360giving.json", "iati.xml")
)
PROJECT = "/projects/sozialplanung"
SUMMARY = {"description": {"de": "=Planung für alle"}}


async def bring(door: Door, data: bytes | str) -> dict[str, Any]:
    answer = await door.post(
        f"/operation-lists/{OPERATION_LIST['key']}/import",
        content=data,
        params={"edition": "2016-07-01"},
        headers={"Content-Type": "text/csv"},
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


async def rows(door: Door) -> list[dict[str, str]]:
    text = (await door.as_().get(CSV)).text
    assert kohesio_faults(text) == []
    return list(csv.DictReader(io.StringIO(text, newline="")))


async def missing(door: Door) -> dict[tuple[str, str], list[str]]:
    told = (await door.as_().get("/exports/completeness")).json()
    return {(one["export"], one["key"]): one["missing"] for one in told["left_out"]}


@pytest.fixture
async def described(settled: Door) -> Door:
    """A town with a grant of which everything is told that a format asks for."""
    await settled.patch(PROJECT, SUMMARY, 1)
    notice = {"granted_on": "2022-12-01", "funder": "freistaat-thueringen"}
    await settled.patch(f"/grants/{GRANT['key']}", notice, 1)
    return settled


async def test_the_33_real_operations_leave_valid_in_all_formats(projects: Door) -> None:
    await projects.made("/operation-lists", OPERATION_LIST)
    await bring(projects, ESF)
    found = await rows(projects)
    assert len(found) == 33
    reference = (SHARED / "kohesio/thueringen_subset_kohesio.csv").read_text("utf-8")
    same = (
        "Country",
        "Location_Indicator_Postcode",
        "Operation_Start_Date",
        "Operation_End_Date",
        "Total_Eligible_Expenditure_amount",
        "Total_Eligible_Expenditure_Currency",
        "Beneficiary_Name",
        "Category_Of_Intervention",
        "Fund_Code",
        "Programme_Code",
        "Programming_Period",
    )
    wanted = csv.DictReader(io.StringIO(reference, newline=""))
    assert sorted([row[name] for name in same] for row in found) == sorted(
        [row[name] for name in same] for row in wanted
    )
    iati = await projects.as_().get(IATI)
    assert iati.headers["content-type"] == "application/xml"
    assert iati_faults(iati.content) == []
    assert len(etree.fromstring(iati.content)) == 33
    nothing = await projects.as_().get(GIVING)
    assert nothing.status_code == 404, "no list says when an operation was granted"
    told = (await projects.as_().get("/exports/completeness")).json()
    assert told == {
        "exported": {"list-of-operations.csv": 33, "360giving.json": 0, "iati.xml": 33},
        "left_out": [],
    }


async def test_an_own_grant_is_in_all_three(described: Door) -> None:
    [row] = await rows(described)
    ars = f"DE-ARS-{described.municipality.id:012d}"
    assert row["Operation_Unique_Identifier"] == f"{ars}-grants-bescheid-2023"
    assert row["Beneficiary_Unique_Identifier"] == f"{ars}-organisations-landratsamt"
    assert (row["CoFinancing_Rate"], row["Total_Eligible_Expenditure_amount"]) == (
        "60",
        "135020.40",
    )
    assert row["Operation_Summary_Programme_Language"] == "'=Planung für alle"
    assert row["Fund_Code"] == row["Programme_Code"] == ""
    giving = await described.as_().get(GIVING)
    assert giving.headers["content-type"] == "application/json"
    assert threesixtygiving_faults(giving.json()) == []
    [grant] = giving.json()["grants"]
    assert (grant["amountAwarded"], grant["awardDate"]) == (108016.32, "2022-12-01")
    iati = (await described.as_().get(IATI)).content
    assert iati_faults(iati) == []
    assert etree.fromstring(iati).findtext("iati-activity/transaction/value") == "108016.32"
    assert await missing(described) == {}


async def test_what_is_missing_is_told_and_can_be_supplied(projects: Door) -> None:
    await settle(projects, until="grant-disclosures")
    everywhere = ["summary"]
    assert await missing(projects) == {
        ("list-of-operations.csv", "bescheid-2023"): [
            "summary",
            "programming_period",
            "postcode",
            "intervention_code",
        ],
        ("360giving.json", "bescheid-2023"): [*everywhere, "granted_on", "funder"],
        ("iati.xml", "bescheid-2023"): everywhere,
    }
    assert await rows(projects) == []
    assert (await projects.as_().get(IATI)).status_code == 404
    await projects.made("/grant-disclosures", {**DISCLOSURE, "summary": {"de": "Planung"}})
    assert len(await rows(projects)) == 1
    assert list(await missing(projects)) == [("360giving.json", "bescheid-2023")]
    hidden = {"visibility": "administration"}
    await projects.patch(f"/grant-disclosures/{DISCLOSURE['key']}", hidden, 1)
    assert await rows(projects) == []


async def test_a_grant_has_one_disclosure_and_keeps_it(settled: Door) -> None:
    second = await settled.post("/grant-disclosures", {**DISCLOSURE, "key": "second"})
    assert second.status_code == 409
    address = f"/grant-disclosures/{DISCLOSURE['key']}"
    for wrong, pointer in (
        ({"grant": "other"}, "/grant"),
        ({"cci": "2014DE05SFOP014"}, "/cci"),
        ({"postcode": "7743"}, "/postcode"),
        ({"intervention_code": 0}, "/intervention_code"),
    ):
        refused = await settled.patch(address, wrong, 1)
        assert refused.status_code == 422
        assert [error["pointer"] for error in refused.json()["errors"]] == [pointer]
    unknown = await settled.post("/grant-disclosures", {**DISCLOSURE, "key": "x1", "grant": "no"})
    assert unknown.json()["errors"][0]["pointer"] == "/grant"


@pytest.mark.parametrize(
    ("above", "body"),
    [
        (PROJECT, {"visibility": "members"}),
        ("/programmes/sozialstrategierichtlinie-2-1", {"visibility": "administration"}),
        (f"/grants/{GRANT['key']}", {"visibility": "members"}),
    ],
)
async def test_only_what_is_public_leaves_whoever_asks(
    described: Door, above: str, body: dict[str, str]
) -> None:
    revision = (await described.get(above)).json()["revision"]
    assert (await described.patch(above, body, revision)).status_code == 200
    for door in (described.as_(), described.as_("administrator"), described.as_("member")):
        assert "Planung" not in (await door.get(CSV)).text
        assert (await door.get(GIVING)).status_code == 404
        assert (await door.get(IATI)).status_code == 404
        told = (await door.get("/exports/completeness")).json()
        assert (told["left_out"], set(told["exported"].values())) == ([], {0})


@pytest.mark.parametrize("state", ["applied", "refused", "withdrawn"])
async def test_what_was_not_granted_is_not_published(projects: Door, state: str) -> None:
    await settle(projects, until="grants")
    await projects.patch(PROJECT, SUMMARY, 1)
    asked = {"state": state, "applied_on": "2022-10-01", "amount": None, "own_use": "0"}
    ended = {"ended_on": None if state == "applied" else "2022-12-01"}
    await projects.made("/grants", {**GRANT, **asked, **ended, "rate": None, "sources": []})
    await projects.made("/grant-disclosures", DISCLOSURE)
    assert await rows(projects) == []
    assert (await projects.as_().get(IATI)).status_code == 404
    assert await missing(projects) == {}


async def test_what_is_passed_on_is_awarded_by_the_municipality(described: Door) -> None:
    body = {**ONWARD, "purpose": {"de": "Offener Treff"}, "applied_amount": "100"}
    for key, more in {
        "familiencafe": {},
        "unnamed": {"recipient": None, "natural_person": True, "visibility": "administration"},
        "asked": {},
    }.items():
        await described.made("/onward-grants", {**body, "key": key, **more})
        if key == "asked":
            continue
        approval = {"outcome": "approval", "decided_on": "2023-11-12", "decided_by": "stadt"}
        notice = {"issued_on": "2023-12-01", "amount": "90.00"}
        for step, told in (("decision", {**approval, "amount": "90.00"}), ("notices", notice)):
            answer = await described.post(f"/onward-grants/{key}/{step}", told)
            assert answer.status_code == 200, answer.text
    package = (await described.as_().get(GIVING)).json()
    assert threesixtygiving_faults(package) == []
    _, passed_on = package["grants"]
    assert (passed_on["amountAwarded"], passed_on["awardDate"]) == (90, "2023-12-01")
    assert passed_on["recipientOrganization"][0]["name"] == "Nachbarschaftsverein"
    assert passed_on["fundingOrganization"][0]["name"] == "Landratsamt"
    assert len(await rows(described)) == 1
    assert len(etree.fromstring((await described.as_().get(IATI)).content)) == 1


async def test_what_came_of_a_grant_is_told_in_one_sum_when_it_is_closed(described: Door) -> None:
    office = described.as_("controller")
    grant = f"/grants/{GRANT['key']}"
    await office.made("/expenditures", EXPENDITURE)
    await office.made("/claims", CLAIM)

    async def told() -> tuple[list[tuple[str, str, str]], list[Any]]:
        iati = (await described.as_().get(IATI)).content
        assert iati_faults(iati) == []
        [activity] = etree.fromstring(iati)
        giving = (await described.as_().get(GIVING)).json()
        assert threesixtygiving_faults(giving) == []
        money = [
            (
                one.find("transaction-type").get("code"),
                one.find("transaction-date").get("iso-date"),
                one.findtext("value"),
            )
            for one in activity.iterfind("transaction")
        ]
        return money, [one.get("amountDisbursed") for one in giving["grants"]]

    running = await told()
    award = ("11", "2022-12-01", "108016.32")
    assert running == ([award], [None])
    paid = [{"paid_on": "2024-06-20", "amount": "700.00"}, {"paid_on": "2024-08-01", "amount": "5"}]
    steps = [("submission", {"submitted_on": "2024-06-03"}), *(("payouts", one) for one in paid)]
    for step, body in steps:
        answer = await office.post(f"/claims/{CLAIM['key']}/{step}", body)
        assert answer.status_code == 200, answer.text
        assert await told() == running, "the difference of two exports would be a payout"
    await office.made("/recoveries", RECOVERY)
    back = {"repaid_on": "2025-07-01", "amount": "100.50"}
    answer = await office.post(f"/recoveries/{RECOVERY['key']}/repayments", back)
    assert answer.status_code == 200, answer.text
    revision = (await described.get(grant)).json()["revision"]
    closing = {"state": "closed", "ended_on": "2026-01-31"}
    closed = await described.patch(grant, closing, revision)
    assert closed.status_code == 200, closed.text
    assert await told() == ([award, ("1", "2024-08-01", "604.50")], [604.5])
    again = {"state": "granted", "ended_on": None}
    assert (await described.patch(grant, again, revision + 1)).status_code == 200
    assert await told() == running


async def test_what_was_paid_to_others_is_told_with_it(described: Door) -> None:
    await described.made("/onward-grants", {**ONWARD, "purpose": {"de": "Treffpunkt"}})
    decision = {"outcome": "approval", "decided_on": "2023-11-12", "decided_by": "stadt"}
    notice = {"issued_on": "2023-12-01", "amount": "90.00"}
    steps = [
        ("decision", {**decision, "amount": "90.00"}),
        ("notices", notice),
        ("payouts", {"paid_on": "2024-02-01", "amount": "40.00"}),
        ("payouts", {"paid_on": "2024-03-01", "amount": "50.00"}),
    ]
    for step, body in steps:
        answer = await described.post(f"/onward-grants/{ONWARD['key']}/{step}", body)
        assert answer.status_code == 200, answer.text
    iati = (await described.as_().get(IATI)).content
    assert iati_faults(iati) == []
    document = etree.fromstring(iati)
    assert (amounts(document, "2"), amounts(document, "3")) == (Decimal("90.00"), Decimal("90.00"))
    giving = (await described.as_().get(GIVING)).json()
    assert threesixtygiving_faults(giving) == []
    assert [one.get("amountDisbursed") for one in giving["grants"]] == [None, 90.0]
    hidden = {"visibility": "administration"}
    address = f"/onward-grants/{ONWARD['key']}"
    revision = (await described.get(address)).json()["revision"]
    assert (await described.patch(address, hidden, revision)).status_code == 200
    gone = etree.fromstring((await described.as_().get(IATI)).content)
    assert (amounts(gone, "2"), amounts(gone, "3")) == (0, 0)


async def test_an_organisation_that_is_not_public_is_named_nowhere(
    projects: Door, neighbours: dict[str, Neighbour]
) -> None:
    address = f"/v1/{projects.municipality.key}/organisations/landratsamt"
    neighbours["boards"].known[address] = {"visibility": "administration"}
    await settle.anew(projects)
    await projects.patch(PROJECT, SUMMARY, 1)
    for format_ in (CSV, GIVING, IATI):
        assert "Landratsamt" not in (await projects.as_().get(format_)).text
    assert {"beneficiary"} <= set.intersection(*map(set, (await missing(projects)).values()))


async def test_a_linked_grant_is_told_as_the_list_has_it(described: Door) -> None:
    found = await bring(described, f"{HEADER}\n{ROW}")
    assert list(found["linked"].values()) == [GRANT["key"]]
    [row] = await rows(described)
    assert row["Operation_Unique_Identifier"].endswith(GRANT["key"])
    document = etree.fromstring((await described.as_().get(IATI)).content)
    assert len(document) == 1
    complete = f"{HEADER};Zweck;Interventionskategorie\n{ROW};Zweck;109"
    await bring(described, complete)
    [row] = await rows(described)
    assert row["Beneficiary_Name"] == "Landratsamt"
    assert row["Programming_Period"] == "2014-2020"


async def test_an_unchanged_export_is_not_sent_again(described: Door) -> None:
    for address in (CSV, GIVING, IATI, "/exports/completeness"):
        first = await described.as_().get(address)
        assert first.headers["cache-control"].startswith("public")
        again = await described.as_().get(address, headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
    name = f"{described.municipality.key}-list-of-operations.csv"
    assert name in (await described.as_().get(CSV)).headers["content-disposition"]


async def test_an_export_costs_the_same_for_any_number_of_operations(
    projects: Door, statements: list[str]
) -> None:
    await projects.made("/operation-lists", OPERATION_LIST)
    await bring(projects, ESF)
    statements.clear()
    assert len(await rows(projects)) == 33
    assert len(statements) == 7


async def test_another_town_exports_nothing_of_it(
    described: Door, doors: Callable[[str, Municipality], Door]
) -> None:
    elsewhere = doors("projects", new_town())
    assert await rows(elsewhere) == []
    assert (await elsewhere.get(IATI)).status_code == 404


async def results_of(door: Door) -> list[Any]:
    document = (await door.as_().get(IATI)).content
    assert iati_faults(document) == []
    return list(etree.fromstring(document).iterfind("iati-activity/result"))


async def test_public_results_leave_with_targets_and_what_was_approved(described: Door) -> None:
    indicator = f"/target-indicators/{TARGET_INDICATOR['key']}"
    described_by = {"baseline_on": "2022-12-31", "description": {"de": "Zählung <der> Berichte"}}
    assert (await described.patch(indicator, described_by, 1)).status_code == 200
    await planner(described).made("/target-updates", TARGET_UPDATE)
    [result] = await results_of(described)
    assert result.find("indicator/period/actual") is None, "nobody has approved it"
    update = f"/target-updates/{TARGET_UPDATE['key']}"
    assert (await planner(described).post(f"{update}/submission")).status_code == 200
    assert (await second(described).post(f"{update}/approval")).status_code == 200
    [result] = await results_of(described)
    assert result.get("type") == "2"
    assert result.findtext("indicator/title/narrative").endswith("gemeinsam berichten (Planungen)")
    measured = result.find("indicator")
    assert dict(measured.attrib) == {
        "measure": "1",
        "ascending": "true",
        "aggregation-status": "true",
    }
    baseline = {"year": "2022", "iso-date": "2022-12-31", "value": "1"}
    assert dict(measured.find("baseline").attrib) == baseline
    assert measured.find("period/period-end").get("iso-date") == "2024-12-31"
    assert measured.find("period/target").get("value") == "5"
    assert measured.find("period/actual").get("value") == "3"


@pytest.mark.parametrize(
    ("hidden", "left"),
    [
        (f"/results/{RESULT['key']}", "nothing"),
        (f"/target-indicators/{TARGET_INDICATOR['key']}", "nothing"),
        (f"/target-periods/{TARGET_PERIOD['key']}", "no period"),
        (f"/target-updates/{TARGET_UPDATE['key']}", "no actual"),
    ],
)
async def test_what_of_a_result_is_not_public_does_not_leave(
    described: Door, hidden: str, left: str
) -> None:
    only = {"visibility": "administration"}
    if "update" in hidden:  # what is approved stays as it is
        await approved(described, **only)
    else:
        await approved(described)
        revision = (await described.get(hidden)).json()["revision"]
        assert (await described.patch(hidden, only, revision)).status_code == 200
    for door in (described.as_(), described.as_("administrator")):
        document = (await door.get(IATI)).content
        assert iati_faults(document) == []
        found = etree.fromstring(document)
        names = ("result", "period", "actual")
        assert [name for name in names if found.find(f".//{name}") is not None] == {
            "nothing": [],
            "no period": ["result"],
            "no actual": ["result", "period"],
        }[left]


async def test_counts_of_people_are_no_results_in_the_open_data(described: Door) -> None:
    indicator = f"/target-indicators/{TARGET_INDICATOR['key']}"
    common = {"esf_code": "EECO12", "baseline": "0"}
    assert (await described.patch(indicator, common, 1)).status_code == 200
    assert await results_of(described) == []
    assert (await described.patch(indicator, {"esf_code": "EECO18"}, 2)).status_code == 200
    assert len(await results_of(described)) == 1
    own = {"esf_code": None, "unit": {"de": "Personen"}}
    assert (await described.patch(indicator, own, 3)).status_code == 200
    assert await results_of(described) == []


async def test_a_result_of_the_whole_project_is_told_once_or_not(described: Door) -> None:
    body = {**RESULT, "key": "ganz", "grant": None, "level": "impact"}
    await described.made("/results", body)
    measured = {**TARGET_INDICATOR, "key": "anteil", "result": "ganz", "measure": "percentage"}
    falls = {"direction": "decrease", "baseline": "12.50", "dimensions": []}
    await described.made("/target-indicators", {**measured, **falls, "counting": "per_period"})
    period = {**TARGET_PERIOD, "key": "anteil-2024", "indicator": "anteil", "target": "0.000001"}
    await described.made("/target-periods", period)
    whole = [one for one in await results_of(described) if one.get("type") == "3"]
    assert [one.find("indicator").get("ascending") for one in whole] == ["false"]
    assert whole[0].find("indicator").get("measure") == "2"
    assert whole[0].find("indicator/baseline") is None, "nobody said of which year"
    assert whole[0].find("indicator/period/target").get("value") == "0.000001"
    later = {"starts_on": "2026-01-01", "ends_on": "2027-12-31", "key": "anschluss"}
    await described.made("/grants", {**GRANT, **later, "granted_on": "2025-12-01"})
    document = etree.fromstring((await described.as_().get(IATI)).content)
    told = {
        activity.findtext("iati-identifier").split("-", 3)[3]: [
            result.get("type") for result in activity.iterfind("result")
        ]
        for activity in document
    }
    assert told == {
        "projects-sozialplanung": ["3"],
        "grants-anschluss": [],
        f"grants-{GRANT['key']}": ["2"],
    }


async def test_several_grants_of_a_project_tell_each_euro_and_organisation_once(
    described: Door,
) -> None:
    sources = [
        {"kind": "eu", "organisation": "europaeische-union", "year": 2026, "amount": "600.10"},
        {"kind": "own", "year": 2027, "amount": "399.90"},
    ]
    second = {
        **GRANT,
        "key": "anschluss",
        "granted_on": "2025-12-01",
        "starts_on": "2026-01-01",
        "ends_on": "2026-12-31",
        "eligible_cost": "1000.00",
        "amount": "600.10",
        "rate": "60.01",
        "funder": "europaeische-union",
        "sources": sources,
    }
    await described.made("/grants", second)
    await described.made("/onward-grants", {**ONWARD, "applied_amount": "100"})
    decision = {"outcome": "approval", "decided_on": "2023-11-12", "decided_by": "stadt"}
    notice = {"issued_on": "2023-12-01", "amount": "90.00"}
    for step, body in (("decision", {**decision, "amount": "90.00"}), ("notices", notice)):
        answer = await described.post(f"/onward-grants/{ONWARD['key']}/{step}", body)
        assert answer.status_code == 200, answer.text
    content = (await described.as_().get(IATI)).content
    assert iati_faults(content) == []
    whole, *parts = document = etree.fromstring(content)
    names = [activity.findtext("iati-identifier") for activity in document]
    assert len(set(names)) == 3
    children = [(one.get("ref"), one.get("type")) for one in whole.iterfind("related-activity")]
    assert children == [(name, "2") for name in names[1:]]
    for part in parts:
        (above,) = part.iterfind("related-activity")
        assert (above.get("ref"), above.get("type"), part.get("hierarchy")) == (names[0], "1", "2")
    assert whole.findall("transaction") == whole.findall("budget") == []
    everything = (await described.get("/portfolio")).json()["total"]
    assert str(amounts(document, "11")) == everything["granted"]["amount"] == "108616.42"
    assert str(amounts(document, "2")) == "90.00"
    budgets = sum(Decimal(one.text) for one in document.iterfind("*/budget/value"))
    assert str(budgets) == "1000.00", "a year after the grant's end is money all the same"
    for activity in document:
        taking = [(o.get("ref"), o.get("role")) for o in activity.iterfind("participating-org")]
        assert len(taking) == len(set(taking))
    roles = [one.get("role") for one in whole.iterfind("participating-org")]
    assert roles.count("3") == 2, "both funders, each once"
    assert roles.count("4") == 1, "the same grantee of both"
    received = document.xpath("//transaction[transaction-type/@code=2]/receiver-org/narrative")
    assert [one.text for one in received] == ["Nachbarschaftsverein"]


def amounts(document: Any, kind: str) -> Decimal:
    found = document.xpath(f"//transaction[transaction-type/@code={kind}]/value/text()")
    return sum(map(Decimal, found), Decimal(0))

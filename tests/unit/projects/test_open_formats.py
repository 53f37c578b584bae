"""Whatever is stored and public, the exports are valid by the schemas of their owners."""

import csv
import io
import json
from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from services.contracts.projects.exports import Export
from services.projects.export_results.rules import Measured, Promised, Span
from services.projects.exports import iati, kohesio, rules, threesixty
from services.projects.exports.identifiers import Scheme
from services.projects.exports.works import (
    GRANTS,
    ONWARD,
    OPERATIONS,
    PROJECTS,
    Party,
    Passed,
    Sum,
    Work,
    union_rate,
)
from tests.support.open_formats import (
    iati_faults,
    kohesio_faults,
    threesixtygiving_faults,
)

SCHEME = Scheme(160530000000, "Jena")
TODAY = date(2026, 1, 15)
_SIGNS = "aäß0=+-@'\",;<>&]/ \n\t\u00a0\ufeff\ufdd0\uffff👪"
TEXTS = st.text(_SIGNS, min_size=1, max_size=6).map(str.strip).filter(bool)
WORDS = st.fixed_dictionaries({"de": TEXTS}, optional={"en": TEXTS, "it": TEXTS})
KEYS = st.sampled_from(["a-1", "bescheid-2023", "0"])
MONEY = st.integers(0, 10**14 - 1).map(lambda cents: Decimal(cents).scaleb(-2))
DAYS = st.dates(date(1950, 1, 1), date(2100, 12, 31))
PARTIES = st.builds(Party, st.none() | KEYS, TEXTS)


FLOWS = st.builds(Sum, MONEY, DAYS)
PASSED = st.builds(Passed, PARTIES, MONEY, DAYS, st.lists(FLOWS, max_size=2))


@st.composite
def works(draw: st.DrawFn) -> Work:
    """Any piece of work that the service can store."""
    first, last = sorted([draw(DAYS), draw(DAYS)])
    resource = draw(st.sampled_from([GRANTS, ONWARD, OPERATIONS]))
    own = st.builds(Party, KEYS, TEXTS)
    return Work(
        resource=resource,
        key=draw(KEYS),
        identifier=draw(st.none() | TEXTS),
        title=draw(WORDS),
        summary=draw(st.none() | WORDS),
        beneficiary=draw(st.none() | (PARTIES if resource == OPERATIONS else own)),
        funder=draw(st.none() | own),
        funders=draw(st.lists(PARTIES, max_size=2)),
        starts_on=draw(st.none() | st.just(first)),
        closed=draw(st.booleans()),
        ends_on=draw(st.none() | st.just(last)),
        cost=draw(st.none() | MONEY),
        of_the_union=draw(st.booleans()),
        rate=draw(st.none() | st.decimals(0, 100, places=4)),
        amount=draw(st.none() | MONEY),
        awarded_on=draw(st.none() | DAYS),
        period=draw(st.sampled_from([None, "2014-2020", "2021-2027"])),
        fund=draw(st.none() | st.sampled_from(["ESF", "ESF+", "ESF Plus"]) | TEXTS),
        cci=draw(st.sampled_from([None, "2014DE05SFOP014", "2014XX05SFOP999", "2021DE05SFPR014"])),
        programme=draw(KEYS),
        programme_name=draw(TEXTS),
        intervention_code=draw(st.none() | st.integers(1, 182)),
        objective=draw(st.none() | TEXTS),
        postcode=draw(st.none() | st.just("07743")),
        nuts=draw(st.none() | st.just("DEG03")),
        country=draw(st.none() | st.just("DE")),
        changed_at=datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC),
        budgets=draw(st.dictionaries(st.integers(1950, 2100), MONEY, max_size=2)),
        grant=draw(st.none() | KEYS) if resource == OPERATIONS else None,
        project=draw(KEYS) if resource == GRANTS else None,
        passed_on=draw(st.lists(PASSED, max_size=2)) if resource == GRANTS else (),
        paid=draw(st.none() | FLOWS) if resource != OPERATIONS else None,
    )


def told(given_: list[Work], export: Export) -> list[Work]:
    there, left_out = rules.told_by(given_, export)
    assert not {(w.resource, w.key) for w in there} & {(o.resource, o.key) for o in left_out}
    return there


def once(found: list[Work]) -> list[Work]:
    return list({(work.resource, work.key): work for work in found}.values())


# How fast this machine is at the moment is no property of the exports.
ANY = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
MANY = st.lists(works(), max_size=3).map(once)


@given(MANY)
@ANY
def test_any_work_gives_a_valid_list_of_operations(found: list[Work]) -> None:
    there = told(found, Export.list_of_operations)
    text = kohesio.written(there, SCHEME)
    assert kohesio_faults(text) == []
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(rows) == len(there)
    for row, work in zip(rows, there, strict=True):
        assert not any(cell[:1] in tuple("=+-@\t\r") for cell in row.values() if cell)
        assert Decimal(row["Total_Eligible_Expenditure_amount"]) == work.cost
        if work.period == "2021-2027":
            assert row["Fund_Code"] == row["Programme_Code"] == ""


@given(MANY)
@ANY
def test_any_grant_gives_a_valid_package_of_360giving(found: list[Work]) -> None:
    there = told(found, Export.threesixtygiving)
    if not there:
        return
    package = json.loads(threesixty.written(there, SCHEME), parse_float=Decimal, parse_int=Decimal)
    assert [grant["amountAwarded"] for grant in package["grants"]] == [w.amount for w in there]
    assert threesixtygiving_faults(json.loads(threesixty.written(there, SCHEME))) == []


NUMBERS = st.none() | st.decimals(-(10**13), 10**13, places=6)
RESULTS = st.builds(
    Promised,
    project=KEYS,
    grant=st.none() | KEYS,
    level=st.sampled_from(["output", "outcome", "impact"]),
    title=WORDS,
    description=st.none() | WORDS,
    indicators=st.lists(
        st.builds(
            Measured,
            title=WORDS,
            unit=WORDS,
            description=st.none() | WORDS,
            measure=st.sampled_from(["number", "percentage"]),
            direction=st.sampled_from(["increase", "decrease", "maintain"]),
            baseline=NUMBERS,
            baseline_on=st.none() | DAYS,
            spans=st.lists(st.builds(Span, DAYS, DAYS, NUMBERS, NUMBERS), max_size=2),
        ),
        min_size=1,
        max_size=2,
    ),
)


TOLD = st.tuples(st.sampled_from([GRANTS, PROJECTS]), KEYS)


@given(MANY, st.dictionaries(TOLD, st.lists(RESULTS, max_size=2), max_size=3))
@ANY
def test_any_work_gives_valid_iati(
    found: list[Work], results: dict[tuple[str, str], list[Promised]]
) -> None:
    there = told(found, Export.iati)
    if not there:
        return
    document = iati.written(there, results, SCHEME, TODAY)
    assert iati_faults(document) == []
    projects = Counter(one.project for one in there if one.resource == GRANTS)
    above = [(PROJECTS, key) for key, often in projects.items() if key and often > 1]
    names = [*above, *((one.resource, one.key) for one in there)]
    root = etree.fromstring(document)
    told_ = sum(len(results.get(one, ())) for one in names)
    assert len(root.findall("iati-activity/result")) == told_
    named = root.findall("iati-activity/iati-identifier")
    assert [one.text for one in named] == [SCHEME.named(*one) for one in names]
    budgets = [amount for one in there for amount in one.budgets.values()]
    assert sum(Decimal(one.text) for one in root.iterfind("*/budget/value")) == sum(budgets)
    came = [one.paid.amount for one in there if one.paid is not None]
    went = [f.amount for one in there for p in one.passed_on for f in p.payouts]
    for kind, flows in (("1", came), ("3", went)):
        values = root.xpath(f"//transaction[transaction-type/@code={kind}]/value/text()")
        assert sum(map(Decimal, values)) == sum(flows)


def work(**more: Any) -> Work:
    given_: dict[str, Any] = {
        "resource": GRANTS,
        "key": "bescheid",
        "identifier": None,
        "title": {"de": "Sozialplanung", "en": "Social planning"},
        "summary": {"de": "Planung"},
        "beneficiary": Party("stadt-jena", "Stadt Jena"),
        "funder": Party("freistaat", "Freistaat Thüringen"),
        "funders": [Party("eu", "Europäische Union")],
        "starts_on": date(2023, 1, 1),
        "ends_on": date(2025, 12, 31),
        "closed": False,
        "cost": Decimal("135020.40"),
        "of_the_union": True,
        "rate": Decimal("80"),
        "amount": Decimal("108016.32"),
        "awarded_on": date(2022, 12, 1),
        "period": "2021-2027",
        "fund": "ESF+",
        "cci": "2021DE05SFPR014",
        "programme": "sozialstrategierichtlinie",
        "programme_name": "Sozialstrategierichtlinie",
        "intervention_code": 109,
        "objective": None,
        "postcode": "07743",
        "nuts": None,
        "country": "DE",
        "changed_at": datetime(2026, 1, 2, tzinfo=UTC),
        "budgets": {2023: Decimal("1.00"), 2024: Decimal("2.50"), 2031: Decimal("9.00")},
        "grant": None,
    }
    return Work(**{**given_, **more})


@pytest.mark.parametrize(
    ("export", "more", "missing"),
    [
        (Export.list_of_operations, {"intervention_code": None}, ["intervention_code"]),
        (Export.list_of_operations, {"intervention_code": 163}, ["intervention_code"]),
        (Export.list_of_operations, {"postcode": None}, ["postcode"]),
        (Export.list_of_operations, {"rate": None, "summary": None}, ["summary", "rate"]),
        (Export.list_of_operations, {"ends_on": None}, ["ends_on"]),
        (Export.list_of_operations, {"beneficiary": None}, ["beneficiary"]),
        (Export.threesixtygiving, {"awarded_on": None}, ["granted_on"]),
        (Export.threesixtygiving, {"amount": None, "funder": None}, ["amount", "funder"]),
        (Export.iati, {"summary": None}, ["summary"]),
        (Export.iati, {"starts_on": None}, ["starts_on"]),
        (Export.list_of_operations, {"cost": None}, ["eligible_cost"]),
    ],
)
def test_what_is_missing_is_said_and_never_invented(
    export: Export, more: dict[str, Any], missing: list[str]
) -> None:
    there, left_out = rules.told_by([work(**more)], export)
    assert (there, [one.missing for one in left_out]) == ([], [missing])
    assert rules.told_by([work()], export) == ([work()], [])


def test_money_of_others_is_no_operation_of_the_union_and_is_not_missing_either() -> None:
    assert rules.told_by([work(of_the_union=False)], Export.list_of_operations) == ([], [])


def test_a_grant_and_its_operation_are_told_once() -> None:
    grant = work()
    operation = work(resource=OPERATIONS, key="esf-1", grant="bescheid")
    for export, told_as in (
        (Export.list_of_operations, operation),
        (Export.threesixtygiving, grant),
        (Export.iati, grant),
    ):
        assert rules.told_by([grant, operation], export) == ([told_as], [])
    poor = work(resource=OPERATIONS, key="esf-1", grant="bescheid", intervention_code=None)
    there, left_out = rules.told_by([grant, poor], Export.list_of_operations)
    assert there == [grant]
    assert [one.key for one in left_out] == ["esf-1"]


def test_budgets_of_years_lie_within_the_grant_as_far_as_it_lasts() -> None:
    one = work(starts_on=date(2023, 4, 1))
    activity = etree.fromstring(iati.written([one], {}, SCHEME, TODAY))
    starts = [one.get("iso-date") for one in activity.iter("period-start")]
    assert starts == ["2023-04-01", "2024-01-01", "2031-01-01"]
    assert [one.text for one in activity.iter("value")] == ["1.00", "2.50", "9.00", "108016.32"]


@pytest.mark.parametrize(
    ("today", "status"),
    [
        (date(2022, 12, 31), "1"),
        (date(2023, 1, 1), "2"),
        (date(2025, 12, 31), "2"),
        (date(2026, 1, 1), "3"),
    ],
)
def test_the_state_of_an_activity_follows_its_days(today: date, status: str) -> None:
    assert iati.status(work(), today) == status
    assert iati.status(work(closed=True), today) == "4"


@pytest.mark.parametrize(
    ("sources", "levels", "rate"),
    [
        ([{"kind": "eu", "rate": "60"}, {"kind": "state", "rate": "20"}], {"eu", "state"}, "60"),
        ([{"kind": "eu", "amount": "81012.24"}], {"eu", "state"}, "60"),
        (
            [
                {"kind": "eu", "amount": "40506.12", "year": 2023, "rate": "30"},
                {"kind": "eu", "amount": "40506.12", "year": 2024, "rate": "30"},
            ],
            {"eu"},
            "60",
        ),
        ([{"kind": "eu", "amount": "5"}, {"kind": "eu", "amount": None}], {"eu"}, None),
        ([{"kind": "eu"}], {"eu"}, None),
        ([{"kind": "eu", "amount": "40506.12", "year": 2023, "rate": "60"}], {"eu"}, "30"),
        ([], {"eu"}, "80"),
        ([], {"eu", "state"}, None),
        ([{"kind": "state", "rate": "20"}], {"eu", "state"}, None),
    ],
)
def test_the_rate_of_the_union_is_told_by_its_own_money_only(
    sources: list[dict[str, Any]], levels: set[str], rate: str | None
) -> None:
    found = union_rate(Decimal("135020.40"), Decimal(80), sources, levels)
    assert found == (None if rate is None else Decimal(rate))


def test_without_a_cost_the_union_has_no_rate() -> None:
    amounts = [{"kind": "eu", "amount": "5"}]
    for cost in (None, Decimal(0)):
        assert rules.union_rate(cost, Decimal(80), amounts, {"eu"}) is None


def listed(**more: Any) -> dict[str, str]:
    text = kohesio.written([work(**more)], SCHEME)
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    return row


@pytest.mark.parametrize(
    ("period", "fund", "cci", "expected"),
    [
        ("2014-2020", "ESF", "2014DE05SFOP014", ("ESF", "2014DE05SFOP014")),
        ("2014-2020", "ESF Plus", "2014DE05SFOP014", ("", "2014DE05SFOP014")),
        ("2014-2020", "ESF", "2014XX05SFOP999", ("ESF", "")),
        ("2021-2027", "ESF", "2014DE05SFOP014", ("", "")),
        ("2021-2027", "ESF Plus", "2021DE05SFPR014", ("", "")),
    ],
)
def test_codes_of_the_commission_stand_only_where_its_table_knows_them(
    period: str, fund: str, cci: str, expected: tuple[str, str]
) -> None:
    row = listed(period=period, fund=fund, cci=cci)
    assert (row["Fund_Code"], row["Programme_Code"]) == expected
    assert row["Fund_Name"] == fund


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_no_text_of_a_published_list_runs_as_a_formula(sign: str) -> None:
    text = f"{sign}1+1"
    row = listed(
        identifier=text,
        title={"de": text, "en": text},
        summary={"de": text, "en": text},
        beneficiary=Party("jena", text),
        fund=text,
        programme_name=text,
        objective=text,
    )
    columns = {name for name, cell in row.items() if cell == f"'{text}"}
    assert columns == {
        "Operation_Unique_Identifier",
        "Operation_Name_Programme_Language",
        "Operation_Name_English",
        "Operation_Summary_Programme_Language",
        "Operation_Summary_English",
        "Beneficiary_Name",
        "Fund_Name",
        "Programme_Name",
        "Program_Specific_Objective_Name",
    }
    assert text not in row.values()


def test_a_grant_without_its_own_number_has_one_of_the_municipality() -> None:
    assert listed(identifier="TH-1")["Operation_Unique_Identifier"] == "TH-1"
    given = listed(identifier=None)["Operation_Unique_Identifier"]
    assert given == SCHEME.work(work(identifier=None))


def test_what_was_paid_and_until_when_it_lasts_is_told_where_it_is_known() -> None:
    def package(**more: Any) -> dict[str, Any]:
        (found,) = json.loads(threesixty.written([work(**more)], SCHEME))["grants"]
        return dict(found)

    paid = Sum(Decimal("70.50"), date(2025, 12, 1))
    assert package(paid=paid, closed=True)["amountDisbursed"] == 70.5
    assert "amountDisbursed" not in package(paid=None)
    assert package()["plannedDates"] == [{"startDate": "2023-01-01", "endDate": "2025-12-31"}]
    assert package(ends_on=None)["plannedDates"] == [{"startDate": "2023-01-01"}]


def test_validators_see_what_is_wrong() -> None:
    good = kohesio.written([work()], SCHEME)
    assert kohesio_faults(good) == []
    for wrong in (
        good.replace("CoFinancing_Rate", "Cofinancing_Rate"),
        good.replace(",EUR,", ",EURO,"),
        good.replace("01/01/2023", "2023-01-01"),
        good.replace("31/12/2025", "31/12/2022"),
        good.replace(",07743,", ",,"),
        good.replace(",EUR,", ",CHF,"),
    ):
        assert wrong != good
        assert kohesio_faults(wrong) != []
    package = json.loads(threesixty.written([work()], SCHEME))
    package["grants"][0]["awardDate"] = "01.12.2022"
    assert threesixtygiving_faults(package) != []
    broken = iati.written([work()], {}, SCHEME, TODAY).replace(b"activity-status", b"status")
    assert iati_faults(broken) != []

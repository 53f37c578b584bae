"""Which figures a grant has, from plain facts: nothing unknown becomes zero, nothing changes."""

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.contracts.projects.figures import Clause, Figure, FigureStatus, Parameter, Rule, Unit
from services.contracts.projects.grants import Financing, GrantState
from services.projects.allocation.rules import cents
from services.projects.drawdowns.rules import Flow
from services.projects.explanations.words import TEXTS, text_of
from services.projects.figures.rules import all_figures, unverified
from services.projects.grant_facts.parts import (
    Order,
    Passed,
    Request,
    Source,
    Spending,
    Staff,
    Staffing,
)
from services.projects.grant_facts.rules import Facts, binding
from services.projects.outlooks.rules import outlook
from services.projects.repayments.rules import Demand, Grants
from services.projects.rule_packs.packs.programmes import PACKS
from services.projects.rules_in_force.rules import on_day
from tests.unit.projects.facts import EMPTY, END, FULL, PACK, START, YEARS, at, granted_flat
from tests.unit.projects.rulebook import CLAUSE, rule, said

D = Decimal
DUE = frozenset({"next_working_day"})
WORDS = {
    **dict.fromkeys(("proof_due", "interim_proof_due", "reporting_due"), DUE),
    **dict.fromkeys(("unspent_after_deadline", "payment_by_authority", "final_instalment"), DUE),
    **dict.fromkeys(("interest", "repayment_interest"), frozenset({"base_rate"})),
    "keep_until": {"end_of_year"},
    "eligible_pay": {"recognised_pay"},
    "social_security": {"social_security_rate"},
    "unspent_by_vacancy": {"monthly_pay", "social_security_rate"},
}
"""What formulas name that is no input: a function, or rules where none is known."""
MONEY = st.decimals(0, 10**5, places=2)


def named(facts: Facts) -> dict[tuple[str, str | None], Figure]:
    found = all_figures(facts)
    by_name = {(one.key, one.scope): one for one in found}
    assert len(by_name) == len(found)
    return by_name


def test_of_a_grant_of_which_nothing_is_known_no_amount_is_zero_for_unknown() -> None:
    found = named(EMPTY)
    for key in ("payable", "remaining", "unspent_cash", "absorption", "expected", "commitment"):
        assert found[key, None].value is None, key
        assert found[key, None].status is FigureStatus.unknown
    assert all(one.reason for one in found.values() if one.value is None)


def test_a_plan_by_year_is_held_against_the_rates_of_each_year() -> None:
    found = named(at(date(2024, 6, 30)))
    assert said(found["share", "eu"]) == ("60", "ok", None)
    assert said(found["share", "eu.2024"]) == ("60", "ok", None)
    assert said(found["uncovered", None]) == ("0.00", "ok", None)
    over = replace(FULL, sources=[Source("eu", 2024, D(180001)), *FULL.sources[1:]])
    assert named(at(START, over))["share", "eu.2024"].status is FigureStatus.breach


def test_a_rate_by_year_and_source_holds_in_that_year_of_the_grant() -> None:
    """The foundation pays all of the first year, 90 per cent of the second and 80 of the third;
    the shipped pack says so, and no figure once looked at it."""
    foundation = [Source("third_party", year, D(300000)) for year in YEARS]
    found = named(at(date(2025, 6, 30), replace(FULL, sources=foundation)))
    assert [said(found["share", f"third_party.{year}"])[:2] for year in YEARS] == [
        ("100", "ok"),
        ("100", "breach"),
        ("100", "breach"),
    ]
    limits = [
        next(
            one.value
            for one in found["share", f"third_party.{year}"].inputs
            if one.name == "max_rate"
        )
        for year in YEARS
    ]
    assert limits == [D(100), D(90), D(80)]


def test_what_the_land_pays_as_a_rule_is_no_limit_and_more_is_for_review() -> None:
    found = named(at(START))
    assert said(found["share", "state"]) == ("20", "ok", None)
    more = [Source("state", year, D(60001)) for year in YEARS]
    found = named(at(START, replace(FULL, sources=more)))
    assert said(found["share", "state"])[1] == "review"
    assert said(found["share", "state.2024"])[1] == "review"
    rule = {one.name: one.value for one in found["share", "state"].inputs}
    assert (rule.get("max_rate"), rule["regular_rate"]) == (None, D(20))
    assert found["share", "state"].formula == "granted / eligible_cost <= regular_rate"


@pytest.mark.parametrize(
    ("own", "municipal", "expected"),
    [
        ("216000", None, ("30", "ok", None)),
        ("116000", "100000", ("30", "ok", None)),
        ("215999.98", None, ("30", "breach", None)),
        (None, None, (None, "unknown", "no_amount")),
    ],
)
def test_the_municipality_adds_its_part_of_the_grant(
    own: str | None, municipal: str | None, expected: tuple[str, str, str]
) -> None:
    """Generations programme: 30 per cent of the grant, from whatever own money."""
    sources = [Source("own", None, None if own is None else D(own))]
    sources += [] if municipal is None else [Source("municipal", None, D(municipal))]
    held = [rule("cofinancing_rate", 30, scope="municipal")]
    found = named(at(START, replace(FULL, sources=sources, all_rules=held)))
    assert said(found["cofinancing", "municipal"]) == expected


def test_a_grant_below_the_least_of_the_programme_is_told() -> None:
    """The limit of the guideline is of the eligible cost; of a grant of 80 per cent it was once
    taken for a limit of the grant, and one of 8,000 euros of cost was refused."""
    least = ("minimum_amount", "eligible_cost")
    small = replace(FULL, eligible_cost=D("7500.00"), granted=D("6000.00"))
    assert said(named(at(START, small))[least])[:2] == ("7500.00", "ok")
    less = replace(FULL, eligible_cost=D("7499.99"))
    assert said(named(at(START, less))[least])[:2] == ("7499.99", "breach")
    of_grant = rule("minimum_amount", 7000, Unit.euro)
    both = named(at(START, replace(small, all_rules=[of_grant, *PACK])))
    assert said(both["minimum_amount", None])[:2] == ("6000.00", "breach")


def test_kind_of_financing_own_share_and_the_most_are_held_against_the_programme() -> None:
    held = [rule("financing", unit=Unit.text, text="share"), rule("own_share", 20)]
    held.append(rule("maximum_amount", 720000, Unit.euro))
    found = named(at(START, replace(FULL, all_rules=held)))
    assert said(found["financing", None]) == ("share", "ok", None)
    assert said(found["own_share", None]) == ("20", "ok", None)
    assert said(found["maximum_amount", None]) == ("720000.00", "ok", None)
    less = [*FULL.sources[:-1], Source("own", 2025, D("59999.98"))]
    more = replace(FULL, sources=less, granted=D("720000.01"), financing=Financing.fixed)
    found = named(at(START, replace(more, all_rules=held)))
    assert said(found["financing", None])[:2] == ("fixed", "review")
    assert said(found["own_share", None])[1] == "breach"
    assert said(found["maximum_amount", None])[:2] == ("720000.01", "breach")
    assert all(found[key, None].clauses for key in ("financing", "own_share", "maximum_amount"))


def test_the_last_instalment_is_due_two_months_after_the_proof() -> None:
    proved = replace(FULL, proved_on=date(2026, 4, 30))
    found = named(at(date(2026, 5, 2), proved))
    assert said(found["final_instalment", None]) == ("2026-06-30", "ok", None)
    assert ("final_instalment", None) not in named(at(date(2026, 5, 2)))
    closed = replace(proved, state=GrantState.closed)
    assert ("final_instalment", None) not in named(at(date(2026, 5, 2), closed))


def test_the_forecast_of_four_positions_is_exact_and_tells_what_lapses() -> None:
    found = named(at(date(2024, 12, 31)))
    # 5,000 euros and 19.975 per cent, four positions, 80 per cent, twelve months
    assert said(found["remaining_staff", None])[0] == "230352.00"
    assert said(found["remaining_material", None])[0] == "24000.00"
    assert said(found["forecast_at_completion", None])[0] == "254352.00"
    assert said(found["expected_underspend", None])[:2] == ("465648.00", "warning")
    assert [said(found["lapse", str(year)])[:2] for year in YEARS] == [
        ("240000.00", "warning"),
        ("240000.00", "warning"),
        ("0.00", "ok"),
    ]


def lapsing(facts: Facts) -> list[str | None]:
    found = named(facts)
    return [said(found["lapse", str(year)])[0] for year in YEARS]


def test_what_is_spent_and_not_paid_out_yet_will_be_claimed_and_does_not_lapse() -> None:
    """Of a grant that pays afterwards everything spent once counted as lapsed in its year."""
    day = date(2025, 6, 30)
    # 80 per cent of 100,000 spent; six months of staff at 19,196.00 and 24,000.00 of material
    pay = Spending("gehalt", "staff", START, START, D(100000), None, True)
    facts = at(day, replace(FULL, spendings=[pay]))
    assert lapsing(facts) == ["240000.00", "240000.00", "20824.00"]
    came = replace(facts, payouts=[Flow(day, D(80000))])
    assert lapsing(came) == ["240000.00", "240000.00", "20824.00"], "claimed, and no more than that"
    ahead = replace(facts, payouts=[Flow(day, D(100000))])
    assert lapsing(ahead) == ["240000.00", "240000.00", "20824.00"], "the cash at hand comes first"
    before = replace(facts, payouts=[Flow(date(2024, 6, 30), D(100000))])
    assert lapsing(before) == ["240000.00", "140000.00", "120824.00"]


def test_what_was_never_claimed_goes_on_to_later_years_as_far_as_their_money_goes() -> None:
    """It all fell to the next open year, whatever that had, and one euro was kept twice."""
    late = Spending("gehalt", "staff", START, START, D(400000), None, True)
    facts = at(date(2024, 6, 30), replace(FULL, spendings=[late], staff=[]))
    # 320,000 of the grant are spent in 2023 and not claimed; 8,000 and 16,000 of material follow
    assert outlook(facts).claimed == {2023: D(0), 2024: D(240000), 2025: D(104000)}
    assert lapsing(facts) == ["240000.00", "0.00", "136000.00"]
    full = replace(facts, staff=FULL.staff)
    assert outlook(full).claimed == {2023: D(0), 2024: D(240000), 2025: D(240000)}
    assert lapsing(full) == ["240000.00", "0.00", "0.00"], "what finds no year any more is lost"
    came = replace(facts, payouts=[Flow(date(2024, 3, 31), D(250000))])
    assert outlook(came).claimed == {2023: D(0), 2024: D(250000), 2025: D(94000)}


def test_on_the_last_day_of_a_year_nothing_more_is_claimed_in_it() -> None:
    late = Spending("gehalt", "staff", START, START, D(400000), None, True)
    facts = at(date(2024, 12, 31), replace(FULL, spendings=[late], staff=[]))
    assert outlook(facts).claimed == {2023: D(0), 2024: D(0), 2025: D(240000)}


def test_claims_of_all_years_together_stay_within_the_grant() -> None:
    """Where no year has an allotment the grant is the only limit."""
    # 19,196.00 of staff a month from July 2024 on, 8,000.00 and 16,000.00 of material
    day = date(2024, 6, 30)
    facts = at(day, replace(FULL, sources=[], granted=D(300000)))
    assert outlook(facts).claimed == {2023: D(0), 2024: D(123176), 2025: D(176824)}
    flows = {"payouts": [Flow(START, D(100000))], "repayments": [Flow(START, D(40000))]}
    back = replace(facts, **flows)
    claimed = {2023: D(100000), 2024: D(63176), 2025: D(176824)}
    assert outlook(back).claimed == claimed, "what went back can be claimed once more"


def test_a_year_without_money_of_its_own_or_a_share_that_is_not_known_is_no_zero() -> None:
    day = date(2024, 6, 30)
    two = [source for source in FULL.sources if source.year != 2025]
    found = outlook(at(day, replace(FULL, sources=two)))
    assert (found.allotted[2024], found.allotted[2025]) == (D(240000), None)
    assert (found.lapses[2023], found.lapses[2025]) == (D(240000), None)
    unknown = outlook(at(day, replace(FULL, rate=None)))
    assert (unknown.forecast, unknown.claimed) == (None, {2023: D(0), 2024: None, 2025: None})
    assert (unknown.lapses[2023], unknown.lapses[2025]) == (D(240000), None)


def test_of_what_was_spent_and_certified_the_part_of_the_grant_counts() -> None:
    pay = Spending("gehalt", "staff", START, START, D(100000), D(90000), True)
    facts = at(date(2025, 6, 30), replace(FULL, spendings=[pay]))
    found = named(facts)
    # 80 per cent of 90,000 accepted; of 90,000, six months at 19,196.00 and 24,000.00
    assert said(found["absorption", None])[0] == "10"
    assert said(found["forecast_at_completion", None])[0] == "211176.00"
    assert outlook(facts).forecast == D("211176.00")


@given(
    st.lists(st.tuples(st.integers(0, 1000), MONEY), max_size=5),
    st.lists(st.tuples(st.integers(0, 1000), MONEY), max_size=5),
    st.integers(-30, 1000),
)
def test_claims_of_all_years_are_what_will_be_spent(
    paid: list[tuple[int, D]], came: list[tuple[int, D]], until: int
) -> None:
    """Unless more came already, the grant is less, or no year has room for it."""
    day = START + timedelta(days=until)
    spendings = [
        Spending(str(n), "travel", None, START + timedelta(days=after), amount, None, True)
        for n, (after, amount) in enumerate(paid)
    ]
    flows = [Flow(START + timedelta(days=after), amount) for after, amount in came]
    payouts = [flow for flow in flows if flow.day <= day]
    found = outlook(at(day, replace(FULL, spendings=spendings, payouts=payouts)))
    claimed = [amount for amount in found.claimed.values() if amount is not None]
    assert found.forecast is not None
    assert len(claimed) == len(YEARS)
    drawn = sum((flow.amount for flow in payouts), D(0))
    expected = max(min(found.forecast, D(720000)), drawn)
    assert sum(claimed) <= expected + D("0.05")
    for year in YEARS:
        paid_out = sum((flow.amount for flow in payouts if flow.day.year == year), D(0))
        assert found.claimed[year] is not None
        assert paid_out <= found.claimed[year] <= max(paid_out, D(240000))
    if claimed[-1] < D(240000) - D("0.05"):
        assert abs(sum(claimed) - expected) <= D("0.05"), "nothing waits while there is room"


def test_a_fifth_position_breaks_the_cap() -> None:
    more = Staff("fuenfte", "E 14", D(1), START, END, D(80), date(2024, 5, 1), END)
    found = named(at(START, replace(FULL, staff=[*FULL.staff, more])))
    assert said(found["fte", None])[:2] == ("5", "breach")
    inputs = {one.name: one.value for one in found["fte", None].inputs}
    assert inputs["first_day_above"] == date(2024, 5, 1)


def test_a_position_of_an_extra_cap_takes_none_of_the_common_one() -> None:
    extra = Staff("ketten", "E 11", D("0.5"), START, END, D(80), START, END)
    extra = replace(extra, rule_scope="praeventionsketten")
    facts = replace(FULL, staff=[*FULL.staff, extra])
    common = [rule for rule in FULL.all_rules if rule.scope != extra.rule_scope]
    unsaid = named(at(START, replace(facts, all_rules=common)))
    assert said(unsaid["fte", None])[:2] == ("4.5", "breach"), "nobody has said the extra cap"
    assert ("fte", "praeventionsketten") not in unsaid
    found = named(at(START, facts))
    assert said(found["fte", None])[:2] == ("4", "ok")
    assert said(found["fte", "praeventionsketten"])[:2] == ("0.5", "ok")


def test_a_proof_of_a_closed_grant_is_not_overdue() -> None:
    later = date(2027, 1, 1)
    assert named(at(later))["proof_due", None].status is FigureStatus.breach
    closed = named(at(later, replace(FULL, state=GrantState.closed)))
    assert closed["proof_due", None].status is FigureStatus.ok


def test_an_order_without_a_day_makes_the_next_claim_unknown() -> None:
    day = date(2024, 6, 30)
    dated = [Order(D(1000), date(2024, 8, 1)), Order(D(5), END)]
    facts = replace(FULL, orders=dated, staff=[])
    assert said(named(at(day, facts))["next_claim", None]) == ("800.00", "ok", None)
    undated = replace(FULL, orders=[Order(D(1000), None)])
    assert said(named(at(day, undated))["next_claim", None])[2] == "no_amount"


def test_what_positions_cost_within_the_time_is_claimed_with_what_else_is_due() -> None:
    """Most cost is staff: without it the next claim was what invoices and orders alone need."""
    day = date(2024, 4, 30)
    two_months = D(5000) * 4 * 2 * (1 + D("0.19975")) * D("0.8")
    assert two_months == D("38392.00")
    assert said(named(at(day))["next_claim", None]) == ("38392.00", "ok", None)
    salary = Spending("gehalt", "staff", day, None, D("1000.00"), None, True)
    open_already = replace(FULL, spendings=[salary])
    assert said(named(at(day, open_already))["next_claim", None])[0] == "38392.00", "not twice"
    travel = replace(open_already, spendings=[replace(salary, category="travel")])
    assert said(named(at(day, travel))["next_claim", None])[0] == "39192.00"
    ends = date(2025, 11, 30)
    assert said(named(at(ends))["next_claim", None])[0] == "19196.00", "one month is left"
    unpaid = replace(FULL, all_rules=PACK)
    assert said(named(at(day, unpaid))["next_claim", None]) == (None, "unknown", "no_pay")


def test_while_the_share_of_the_grant_is_not_known_what_hangs_on_it_is_told_as_unknown() -> None:
    """Late money, its interest and the next claim were not told at all."""
    unsaid = replace(FULL, rate=None, payouts=[Flow(START, D(100))])
    found = named(at(date(2024, 6, 30), unsaid))
    for key in ("unspent_cash", "unspent_after_deadline", "interest", "next_claim"):
        assert said(found[key, None]) == (None, "unknown", "no_amount"), key
        assert [(i.name, i.value) for i in found[key, None].inputs if i.name != "spent"] == [
            ("paid_out", D(100)),
            ("share", None),
        ]


def test_cost_that_breaks_a_condition_is_for_review_while_it_counts_and_its_sum_is_told() -> None:
    good = Spending("gut", "staff", START, START, D(1000), None, True)
    wrong = replace(good, key="ohne-beleg", evidence=False, amount=D("70.50"))
    known_good = replace(good, key="anerkannt", evidence=False, accepted=D(300), amount=D(400))
    day = date(2023, 6, 1)
    found = named(at(day, replace(FULL, spendings=[good, wrong, known_good])))
    cost = found["eligible_cost", None]
    assert said(cost) == ("1370.50", "review", None)
    inputs = {one.name: one.value for one in cost.inputs}
    assert (inputs["accepted"], inputs["unchecked"]) == (D(300), D("1070.50"))
    assert inputs["doubtful"] == D("70.50"), "what the funder accepted is in no doubt"
    whole = {one.name: one.value for one in found["ineligible_expenditures", None].inputs}
    assert (whole["evidence"], whole["amount"]) == (D(2), D("470.50"))
    each = found["eligible_amount", "ohne-beleg"]
    assert "Belege zum Verwendungsnachweis" in {clause.source for clause in each.clauses}
    told = {one.name: one.value for one in each.inputs}
    days = (told["invoice_date"], told["payment_date"], told["first"], told["last"])
    assert days == (START, START, START, END)
    assert said(named(at(day, replace(FULL, spendings=[good])))["eligible_cost", None])[1] == "ok"


def test_where_no_source_is_entered_nothing_is_uncovered_or_lacking_yet() -> None:
    """A financing plan that nobody has entered was one that covers nothing, a breach."""
    asked = [
        rule(Parameter.cofinancing_rate, 30, scope="municipal"),
        rule(Parameter.own_share, 10),
    ]
    facts = replace(FULL, all_rules=[*FULL.all_rules, *asked])
    unsaid = named(at(START, replace(facts, sources=[])))
    for name in (("uncovered", None), ("cofinancing", "municipal"), ("own_share", None)):
        assert said(unsaid[name]) == (None, "unknown", "no_amount"), name
    foreign = [Source("eu", None, D(720000))]
    there = named(at(START, replace(facts, sources=foreign)))
    assert said(there["uncovered", None]) == ("180000.00", "breach", None)
    assert said(there["cofinancing", "municipal"]) == ("0", "breach", None)
    assert said(there["own_share", None]) == ("0", "breach", None)


def test_no_rate_limits_own_money() -> None:
    found = named(at(START))
    assert said(found["share", "own"]) == ("20", "ok", None)
    assert found["share", "own"].formula == "granted / eligible_cost"
    limit = rule(Parameter.max_rate, 10, scope="own")
    capped = replace(FULL, all_rules=[*FULL.all_rules, limit])
    assert said(named(at(START, capped))["share", "own"])[1] == "breach"


def test_what_a_formula_names_stands_among_its_inputs_and_has_a_unit() -> None:
    """A controller reckons it up: `(paid + ordered) / budget` once had an input `bound`."""
    filled = Staffing(START, None, D(3), None, D(4000), D(4000))
    wrong = Spending("ohne-beleg", "travel", START, START, D(70), None, False)
    day = date(2024, 6, 30)
    rich = replace(
        FULL,
        notice="bescheid",
        staff=[replace(FULL.staff[0], staffings=[filled])],
        spendings=[wrong],
        orders=[Order(D(1000), END)],
        payouts=[Flow(date(2024, 1, 2), D(9000))],
    )
    for facts in (EMPTY, FULL, rich):
        for figure in all_figures(at(day, facts)):
            told = {one.name.partition(".")[0] for one in figure.inputs}
            words = {word for word in re.findall(r"[a-z_]+", figure.formula) if "_" in word}
            assert words - told <= WORDS.get(figure.key, set()), (figure.key, words - told)
            unitless = [one.name for one in figure.inputs if one.value is not None and not one.unit]
            assert unitless == [], (figure.key, unitless)


@pytest.mark.parametrize("day", [date(1950, 1, 1), date(2024, 1, 1), date(2100, 12, 31)])
@pytest.mark.parametrize("first", [date.min, date(2023, 1, 1)])
@pytest.mark.parametrize("last", [date.max, date(2023, 1, 1)])
def test_a_slip_of_the_pen_in_a_year_is_no_failure(day: date, first: date, last: date) -> None:
    staff = [Staff("planung", "E 11", D(4), first, last, D(80), first, None)]
    facts = replace(FULL, starts_on=first, ends_on=last, staff=staff, approved_on=first)
    receipts = [Spending("b", "travel", first, last, D(1), None, True)]
    found = named(at(day, replace(facts, spendings=receipts, payouts=[Flow(first, D(5))])))
    assert found["elapsed", None].value is not None


def test_many_small_receipts_lose_no_cent_of_the_share() -> None:
    receipts = [Spending(str(n), "travel", START, START, D("0.01"), None, True) for n in range(10)]
    payments = at(START, replace(FULL, spendings=receipts)).payments()
    assert payments is not None
    assert sum(flow.amount for flow in payments) == D("0.08")


def test_what_the_finance_system_booked_counts_as_spent_and_lacks_its_receipt() -> None:
    booked = Spending("", "travel", None, START, D("100.00"), None, False)
    found = named(at(START, replace(FULL, bookings=[booked])))
    assert said(found["eligible_cost", None])[0] == "100.00"
    assert said(found["without_receipt", None])[:2] == ("100.00", "review")
    assert said(found["ineligible_expenditures", None])[:2] == ("0", "ok"), "no expenditure yet"
    assert said(named(at(START))["without_receipt", None])[:2] == ("0.00", "ok")


def test_a_flat_rate_of_the_notice_stands_for_the_cost_that_it_covers() -> None:
    paid = [
        Spending("gehalt", "staff", START, START, D("1000.00"), None, True),
        Spending("fahrt", "travel", START, START, D("100.00"), None, True),
        Spending("buero", "office", START, START, D("70.00"), None, True),
    ]
    facts = replace(FULL, spendings=paid)
    assert said(named(at(START, facts))["eligible_cost", None])[0] == "1170.00"
    assert ("flat_cost", "office") not in named(at(START, facts)), "the law alone grants nothing"
    office = granted_flat("indirect_rate", 15, "staff")
    found = named(at(START, replace(facts, all_rules=[office, *FULL.all_rules])))
    assert said(found["flat_cost", "office"]) == ("150.00", "ok", None)
    assert "Bescheid Nr. 3" in {clause.text for clause in found["flat_cost", "office"].clauses}
    assert said(found["covered_by_flat_rate", None])[:2] == ("70.00", "review")
    cost = {one.name: one.value for one in found["eligible_cost", None].inputs}
    assert (cost["accepted"], cost["unchecked"]) == (D(0), D("1100.00"))
    assert cost["flat"] == D("150.00")
    assert said(found["payable", None])[0] == "1000.00", "80 per cent of 1,250"
    rest = granted_flat("remaining_cost_rate", 40)
    found = named(at(START, replace(facts, all_rules=[rest, *FULL.all_rules])))
    assert said(found["eligible_cost", None])[0] == "1400.00"
    assert said(found["covered_by_flat_rate", None])[0] == "170.00"


def test_a_flat_amount_of_staff_cost_is_not_held_against_what_staff_is_paid() -> None:
    filled = Staffing(START, None, D(3), None, D(4000), D(4000))
    paid = [
        Spending("gehalt", "staff", START, START, D("99000.00"), None, True),
        Spending("fahrt", "travel", START, START, D("90000.00"), None, True),
    ]
    facts = replace(FULL, spendings=paid, staff=[replace(FULL.staff[0], staffings=[filled])])
    flat = replace(facts, all_rules=[granted_flat("staff_rate", 20), *FULL.all_rules])
    day = date(2023, 1, 31)
    costs = [named(at(day, one))["staff_cost", None] for one in (facts, flat)]
    charged = [{one.name: one.value for one in cost.inputs}["charged"] for cost in costs]
    assert charged == [D("99000.00"), D(0)]
    assert [cost.status for cost in costs] == ["review", "ok"]
    assert said(named(at(day, flat))["flat_cost", "staff"])[0] == "18000.00"


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["staff", "travel", "external", "office", "other"]),
            st.integers(0, 5),
            st.decimals(-1000, 1000, places=2),
        ),
        max_size=12,
    )
)
def test_up_to_each_day_the_flat_amounts_are_those_of_what_was_paid_by_then(
    paid: list[tuple[str, int, D]],
) -> None:
    staff, office = granted_flat("staff_rate", 20), granted_flat("indirect_rate", 7, "direct")
    spendings = [
        Spending(str(number), category, None, START + timedelta(days=days), amount, None, True)
        for number, (category, days, amount) in enumerate(paid)
    ]
    rules = {(staff.parameter, None): staff, (office.parameter, "direct"): office}
    facts = replace(EMPTY, today=END, spendings=spendings, rules=rules)
    for day in (START + timedelta(days=number) for number in range(6)):
        of_the_day = {flat.scope: flat.known for flat in replace(facts, today=day).flat_costs()}
        for category, amount in of_the_day.items():
            by_then = (flat for flat in facts.flats if flat.paid_on and flat.paid_on <= day)
            assert sum(one.amount for one in by_then if one.category == category) == amount


def test_what_a_flat_rate_covers_is_not_drawn_and_not_certified_beside_it() -> None:
    """Nor is its payment waited for; the flat amount is certified with the cost it rests on."""
    office = granted_flat("indirect_rate", 15, "staff")
    checked = [
        Spending("gehalt", "staff", START, START, D("1000.00"), D("800.00"), True),
        Spending("buero", "office", START, START, D("70.00"), D("70.00"), True),
    ]
    later = [
        Spending("miete", "office", START, None, D("500.00"), None, True),
        Spending("fahrt", "travel", START, None, D("50.00"), None, True),
    ]
    within = rule("spend_within", 2, Unit.months)
    real = at(START, replace(FULL, spendings=[*checked, *later], staff=[]))
    real = replace(real, rules={**real.rules, (within.parameter, None): within})
    flat = replace(real, rules={**real.rules, (office.parameter, "staff"): office})
    assert [one.key for one in real.unpaid] == ["miete", "fahrt"]
    assert [one.key for one in flat.unpaid] == ["fahrt"]
    assert (real.certified, flat.certified) == (D("870.00"), D("920.00"))
    drawn = [
        {one.name: one.value for one in named(facts)["next_claim", None].inputs}
        for facts in (real, flat)
    ]
    assert [one["due"] for one in drawn] == [D("550.00"), D("50.00")]


def test_flat_amounts_are_drawn_with_the_cost_they_will_rest_on() -> None:
    day = date(2024, 4, 30)
    salary = Spending("gehalt", "staff", day, None, D("1000.00"), None, True)
    office, staff = granted_flat("indirect_rate", 15, "staff"), granted_flat("staff_rate", 20)
    travel = replace(salary, key="fahrt", category="travel")

    def drawn(*all_rules: Rule) -> tuple[object, ...]:
        facts = replace(FULL, spendings=[salary, travel], all_rules=[*all_rules, *FULL.all_rules])
        found = named(at(day, facts))["next_claim", None]
        told = {one.name: one.value for one in found.inputs}
        return told["due"], told["staff"], found.value

    assert drawn() == (D(2000), D("37592.00"), D("39192.00"))
    assert drawn(office) == (D(2150), D("43230.80"), D("44950.80")), "15 per cent of all staff"
    assert drawn(staff) == (D(1200), D(0), D("960.00")), "20 per cent of travel, no contract"


@pytest.mark.parametrize(
    ("parameter", "scope", "most", "article"),
    [
        ("indirect_rate", "direct", 7, "Art. 54 Buchst. a"),
        ("indirect_rate", "staff", 15, "Art. 54 Buchst. b"),
        ("indirect_rate", "calculated", 25, "Art. 54 Buchst. c"),
        ("staff_rate", None, 20, "Art. 55 Abs. 1"),
        ("remaining_cost_rate", None, 40, "Art. 56"),
    ],
)
def test_a_flat_rate_of_the_notice_is_held_against_the_most_that_the_law_allows(
    parameter: str, scope: str | None, most: int, article: str
) -> None:
    """Each by its article as the shipped pack says it; above, it is a breach that names both."""
    programme = [
        Rule(
            **one.model_dump(include=set(Rule.model_fields) - {"clause"}),
            clause=Clause(text=one.clause, source=one.source, verified=one.verified),
        )
        for one in PACKS["sozialstrategierichtlinie-2-1"].rules("strategie")
    ]
    key = "flat_rate", parameter if scope is None else f"{parameter}.{scope}"
    for value, status in ((most, "ok"), (most + 1, "breach")):
        flat = granted_flat(parameter, value, scope)
        facts = replace(FULL, all_rules=[flat, *programme], limits=on_day(programme, START))
        found = named(at(START, facts))[key]
        assert said(found) == (str(value), status, None)
        assert [clause.text for clause in found.clauses] == ["Bescheid Nr. 3", article]
        assert {one.name: one.value for one in found.inputs} == {"rate": D(value), "limit": D(most)}
    assert said(named(at(START, replace(facts, limits={})))[key])[:2] == (str(most + 1), "unknown")
    assert key not in named(at(START, replace(facts, all_rules=programme)))


@given(st.lists(st.tuples(st.integers(0, 900), MONEY), max_size=8), st.integers(0, 1000))
def test_flat_amounts_of_days_are_those_of_the_whole_to_the_cent(
    paid: list[tuple[int, D]], until: int
) -> None:
    spendings = [
        Spending(str(n), "staff", None, START + timedelta(days=day), amount, None, True)
        for n, (day, amount) in enumerate(paid)
    ]
    flat = granted_flat("indirect_rate", 15, "staff")
    facts = at(
        START + timedelta(days=until),
        replace(FULL, spendings=spendings, all_rules=[flat, *FULL.all_rules]),
    )
    staff = sum((amount for day, amount in paid if day <= until), D(0))
    assert sum((one.amount for one in facts.flats), D(0)) == cents(staff * 15 / 100)
    assert facts.spent == staff + cents(staff * 15 / 100)


def test_money_that_went_back_need_not_be_used_and_bears_no_interest_any_more() -> None:
    came, back = Flow(date(2024, 1, 8), D(1000)), Flow(date(2024, 2, 8), D(1000))
    day = date(2024, 12, 31)
    idle = named(at(day, replace(FULL, payouts=[came])))
    assert said(idle["unspent_cash", None])[0] == "1000.00"
    assert idle["unspent_after_deadline", None].status is FigureStatus.breach
    returned = named(at(day, replace(FULL, payouts=[came], repayments=[back])))
    assert said(returned["unspent_cash", None])[0] == "0.00"
    assert said(returned["unspent_after_deadline", None])[:2] == ("0.00", "ok")
    assert said(returned["interest", None])[:2] == ("0.00", "ok")
    assert said(returned["remaining", None])[0] == "720000.00"


def test_a_rule_that_comes_later_does_not_move_what_was_granted() -> None:
    before = rule("proof_due", 6, Unit.months, ends_on=date(2023, 12, 31))
    after = rule("proof_due", 3, Unit.months, starts_on=date(2024, 1, 1))
    pace = rule("pace_tolerance", 10, Unit.percent, starts_on=date(2024, 1, 1))
    held = binding([before, after, pace], START, date(2026, 1, 1))
    assert held[Parameter.proof_due, None] == before
    assert held[Parameter.pace_tolerance, None] == pace, (
        "what did not exist then holds from its day"
    )


DAYS = st.integers(-30, 1200).map(lambda n: START + timedelta(days=n))
SPENDINGS = st.lists(
    st.tuples(DAYS, st.none() | DAYS, MONEY, st.none() | MONEY, st.booleans()).map(
        lambda t: Spending("b", "travel", t[0], t[1], t[2], t[3], t[4])
    ),
    max_size=5,
).map(lambda several: [replace(one, key=f"b{n}") for n, one in enumerate(several)])
FLOWS = st.lists(st.tuples(DAYS, MONEY).map(lambda t: Flow(*t)), max_size=4)


@settings(deadline=None, max_examples=40)  # the first look at a calendar loads it
@given(DAYS, SPENDINGS, FLOWS, st.sampled_from(Financing))
def test_computing_again_gives_the_same_and_every_figure_is_whole(
    day: date, spendings: list[Spending], payouts: list[Flow], kind: Financing
) -> None:
    facts = at(day, replace(FULL, spendings=spendings, payouts=payouts, financing=kind))
    found = named(facts)
    assert named(facts) == found
    for figure in found.values():
        assert Figure.model_validate_json(figure.model_dump_json()) == figure
        assert text_of(figure)["de"] != text_of(figure)["en"]
        assert figure.formula
    spent = sum((s.counts for s in spendings if s.paid_on and s.paid_on <= day), D(0))
    assert found["eligible_cost", None].value == spent
    payments = facts.payments() or []
    assert sum(flow.amount for flow in payments) == facts.of_grant(spent)


def test_each_expenditure_that_breaks_a_condition_says_which_and_by_which_clause() -> None:
    """A number of them alone once left it to the controller to find which and why."""
    good = Spending("gut", "staff", START, START, D(10), None, True)
    wrong = replace(good, key="zu-spaet", paid_on=date(2026, 1, 2), invoiced_on=END)
    double = replace(good, key="doppelt", shares=[D(60), D(41)])
    found = named(at(date(2026, 6, 1), replace(FULL, spendings=[good, wrong, double])))
    assert said(found["ineligible_expenditures", None])[:2] == ("2", "review")
    assert ("eligible_amount", "gut") not in found
    late, twice = (found["eligible_amount", key] for key in ("zu-spaet", "doppelt"))
    assert said(late) == said(twice) == ("0.00", "breach", None)
    answers = {one.name: one.value for one in late.inputs}
    assert (answers["payment_in_period"], answers["not_double_funded"]) == ("no", "yes")
    assert {one.name: one.value for one in twice.inputs}["not_double_funded"] == "no"
    assert "Verbot der Doppelförderung" in {clause.text for clause in twice.clauses}
    many = [replace(wrong, key=f"beleg-{n}") for n in range(150)]
    found = named(at(date(2026, 6, 1), replace(FULL, spendings=many)))
    assert said(found["ineligible_expenditures", None])[0] == "150"
    assert sum(key == "eligible_amount" for key, _ in found) == 100


def test_days_of_a_period_that_nobody_knows_are_not_told_as_days() -> None:
    """The first and last day of the calendar once stood there as if a notice had said them."""
    double = Spending("doppelt", "staff", START, START, D(10), None, True, shares=[D(60), D(41)])
    found = named(at(END, replace(FULL, starts_on=None, ends_on=None, spendings=[double])))
    told = {one.name: one.value for one in found["eligible_amount", "doppelt"].inputs}
    assert (told["first"], told["last"], told["not_double_funded"]) == (None, None, "no")
    assert told["invoice_in_period"] is None, "neither inside nor outside"


def test_a_category_that_the_guideline_does_not_name_is_not_eligible_and_the_clause_says_so() -> (
    None
):
    """Eligible categories were once texts that nothing asked: travel passed as staff did."""
    travel = Spending("fahrt", "travel", START, START, D(10), None, True)
    staff = replace(travel, key="gehalt", category="staff")
    now = date(2023, 6, 1)
    found = named(at(now, replace(FULL, spendings=[staff, travel])))
    assert said(found["ineligible_expenditures", None])[:2] == ("1", "review")
    assert ("eligible_amount", "gehalt") not in found
    wrong = found["eligible_amount", "fahrt"]
    assert said(wrong)[:2] == ("0.00", "breach")
    answers = {one.name: one.value for one in wrong.inputs}
    assert (answers["category_in_plan"], answers["category_allowed"]) == ("yes", "no")
    assert CLAUSE in wrong.clauses
    whole = found["eligible_categories", None]
    assert said(whole)[:2] == ("staff", "breach")
    inputs = {one.name: one.value for one in whole.inputs}
    assert (inputs["spent_on_others"], inputs["planned_for_others"]) == ("travel", "travel")
    assert CLAUSE in whole.clauses

    planned = named(at(now, replace(FULL, spendings=[staff])))
    assert said(planned["eligible_categories", None])[:2] == ("staff", "review")
    booked = replace(FULL, bookings=[replace(travel, key="", evidence=False)])
    assert said(named(at(now, booked))["eligible_categories", None])[:2] == ("staff", "breach")

    by_notice = rule("eligible_category", unit=Unit.text, text="Reisekosten", scope="travel")
    more = replace(FULL, spendings=[staff, travel], all_rules=[by_notice, *FULL.all_rules])
    opened = named(at(now, more))
    assert said(opened["eligible_categories", None])[:2] == ("staff, travel", "ok")
    assert said(opened["ineligible_expenditures", None])[:2] == ("0", "ok")

    silent = [one for one in FULL.all_rules if one.parameter is not Parameter.eligible_category]
    free = named(at(now, replace(FULL, spendings=[travel], all_rules=silent)))
    assert ("eligible_categories", None) not in free
    assert said(free["ineligible_expenditures", None])[:2] == ("0", "ok")


def test_real_cost_that_a_flat_rate_covers_is_not_of_a_wrong_category_too() -> None:
    travel = Spending("fahrt", "travel", START, START, D(10), None, True)
    flat = granted_flat("remaining_cost_rate", 40)
    facts = replace(FULL, spendings=[travel], all_rules=[flat, *FULL.all_rules])
    found = named(at(date(2023, 6, 1), facts))
    assert said(found["covered_by_flat_rate", None])[:2] == ("10.00", "review")
    assert said(found["eligible_categories", None])[:2] == ("staff", "review"), "the plan alone"


def test_what_a_programme_demands_in_words_is_for_review_until_there_is_a_notice() -> None:
    rules = [
        rule("precondition", unit=Unit.text, text="Integrierter Plan"),
        rule("decided_by", unit=Unit.text, text="Kreistag", scope="plan"),
    ]
    asked = replace(FULL, all_rules=[*rules, *FULL.all_rules])
    before, after = named(at(START, asked)), named(at(START, replace(asked, notice="bescheid")))
    for key, value in {
        ("applicants", None): "Landkreise und kreisfreie Städte",
        ("precondition", None): "Integrierter Plan",
        ("decided_by", "plan"): "Kreistag",
    }.items():
        assert said(before[key]) == (value, "review", None)
        assert said(after[key]) == (value, "ok", None)
        assert before[key].clauses == [CLAUSE]


def test_what_is_not_eligible_within_a_category_is_for_review_where_there_is_cost_of_it() -> None:
    levy = ("ineligible_cost", "staff")
    assert said(named(at(START))[levy]) == ("Umlage U1", "ok", None)
    charged = replace(FULL, bookings=[Spending("", "staff", None, START, D(1), None, False)])
    found = named(at(START, charged))[levy]
    assert said(found) == ("Umlage U1", "review", None)
    assert found.clauses == [CLAUSE]


def test_of_a_position_that_is_half_in_the_project_half_counts_to_the_cap() -> None:
    """As when positions are entered: eight halves are four, and no breach of four."""
    half = Staff("planung", "E 11", D(8), START, END, D(40), START, END)
    assert said(named(at(START, replace(FULL, staff=[half])))["fte", None])[:2] == ("4", "ok")
    more = replace(half, share=D(41))
    assert said(named(at(START, replace(FULL, staff=[more])))["fte", None])[:2] == ("4.1", "breach")


def test_a_clause_of_which_one_rule_was_checked_stays_unchecked_for_the_others() -> None:
    """Whoever checked one base rate once hid that nobody had checked the next."""
    texts = [("§ 247 BGB", False), ("§ 247 BGB", True), ("Nr. 1", True)]
    clauses = [Clause(text=text, verified=verified) for text, verified in texts]
    figure = all_figures(at(START))[0]
    for order in (clauses, clauses[::-1]):
        found = [figure.model_copy(update={"clauses": order})]
        assert unverified(found) == ["§ 247 BGB"]


def test_no_euro_bears_interest_twice_on_a_day() -> None:
    """What is late and then revoked bears the interest of late use up to the notice, that of what
    has to go back from then on, and none when it went back; it once bore both."""
    came, since = Flow(date(2024, 1, 15), D(36500)), date(2024, 6, 30)
    revoked = replace(
        FULL,
        granted=D(16500),
        payouts=[came],
        grants=[Grants(START, D(36500)), Grants(since, D(16500))],
    )
    found = named(at(date(2024, 7, 30), revoked))
    # 36,500 for 107 days at 8.62 per cent, then 16,500 for 30 at 8.37
    assert said(found["interest", None])[0] == "1035.85"
    assert said(found["repayment_interest", None])[0] == "137.59"
    back = Flow(date(2024, 7, 10), D(20000))
    demand = Demand("rueckforderung", D(20000), since, None, [back])
    repaid = replace(revoked, repayments=[back], demands=[demand])
    found = named(at(date(2024, 7, 30), repaid))
    assert said(found["interest", None])[0] == "1035.85"
    # 20,000 for ten days
    assert said(found["repayment_interest", None])[0] == "45.86"


def test_every_rule_takes_part_in_a_figure_that_says_its_clause() -> None:
    """What no figure names binds nobody: whoever enters a rule finds it where it was looked at."""

    def told(one: Rule) -> Rule:
        clause = Clause(text=one.parameter.value, verified=True, notice=one.clause.notice)
        return one.model_copy(update={"clause": clause})

    def words(parameter: str, text: str, scope: str | None = None) -> Rule:
        return rule(parameter, unit=Unit.text, text=text, scope=scope)

    by_hours = Staffing(START, None, D(1), None, None, None, annual_cost=D(60000))
    by_pay = Staffing(START, None, D(1), 3, D(4000), D(4000))
    held = [
        *FULL.all_rules,
        rule("cofinancing_rate", 30, scope="municipal"),
        rule("own_share", 10),
        rule("maximum_amount", 800000, Unit.euro),
        rule("application_due", 8, Unit.weeks, scope="here"),
        words("precondition", "Integrierter Plan"),
        words("decided_by", "Kreistag", "plan"),
        words("lowest_grade", "E 9"),
        words("highest_grade", "E 13"),
    ]
    request = replace(
        FULL,
        spendings=[
            Spending("fahrt", "travel", START, START, D(1), None, False),
            Spending("gehalt", "staff", START, START, D(1), None, True),
        ],
        staff=[
            replace(FULL.staff[0], key=f"{n}", staffings=filled)
            for n, filled in enumerate(([by_hours], [by_pay], []))
        ],
        passed_on=[Passed("cafe", D(1), D(2), START, END, "here")],
        payouts=[Flow(date(2023, 1, 10), D(1000))],
        requests=[Request("abruf", START)],
        proved_on=START,
    )
    found = set()
    flats = [("remaining_cost_rate", None), ("staff_rate", None), ("indirect_rate", "staff")]
    for flat in ([], *([granted_flat(name, 15, scope)] for name, scope in flats)):
        rules = [told(one) for one in (*flat, *held)]
        every = all_figures(at(date(2024, 1, 1), replace(request, all_rules=rules)))
        found |= {clause.text for figure in every for clause in figure.clauses}
    assert {one.value for one in Parameter} <= found


@pytest.mark.parametrize("key", sorted(TEXTS))
def test_every_explanation_is_of_a_figure_that_there_is(key: str) -> None:
    by_hours = Staffing(START, None, D(1), None, None, None, annual_cost=D(60000))
    request = replace(
        FULL,
        spendings=[Spending("b", "travel", START, START, D(1), None, False)],
        sources=[*FULL.sources, Source("third_party", 2023, D(1))],
        staff=[replace(FULL.staff[0], staffings=[by_hours])],
        all_rules=[
            *FULL.all_rules,
            rule("cofinancing_rate", 30, scope="municipal"),
            rule("precondition", unit=Unit.text, text="Integrierter Plan"),
            rule("decided_by", unit=Unit.text, text="Kreistag", scope="plan"),
            rule("own_share", 10),
            rule("maximum_amount", 800000, Unit.euro),
            rule("own_share", 10, scope="here"),
            rule("max_rate", 80, scope="here"),
            rule("maximum_amount", 5000, Unit.euro, scope="here"),
            rule("application_due", 8, Unit.weeks, scope="here"),
        ],
        passed_on=[Passed("cafe", D(1), D(2), START, END, "here")],
        proved_on=START,
    )
    day = at(date(2024, 1, 1), request)
    known = {one.key for one in all_figures(day)} | {"payment_by_authority"}
    known |= {"achievement", "unit_cost", "cost_per_participant"}  # of what is reached
    flat = granted_flat("remaining_cost_rate", 40)
    with_flat = at(date(2024, 1, 1), replace(request, all_rules=[flat, *request.all_rules]))
    known |= {one.key for one in all_figures(with_flat)}
    assert key in known

"""The language of formulas: what is read, what goes together, what comes out."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.indicators.values import ValueStatus
from services.indicators.derivations.language.evaluation import Cell, evaluate
from services.indicators.derivations.language.parser import parse
from services.indicators.derivations.language.syntax import (
    FormulaRefused,
    Reference,
    indicators,
    leading,
    quotient,
    written,
)
from services.indicators.derivations.language.units import alike, unit, unit_of
from services.indicators.derivations.places import Definition, Given, Made, computed
from services.indicators.derivations.rules import Cycle, generations
from services.indicators.periods import parse_period

S = ValueStatus


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("{a1}+{b1}*2", "{a1} + {b1} * 2"),
        ("({a1}+{b1})*2", "({a1} + {b1}) * 2"),
        ("{a1}-({b1}-{c1})", "{a1} - ({b1} - {c1})"),
        ("{a1}-{b1}-{c1}", "{a1} - {b1} - {c1}"),
        ("-({a1}+1)", "-({a1} + 1)"),
        ("share({a1|GES=GESW}, {a1|total})", "share({a1|GES:GESW}, {a1|total})"),
        ("{a1|ALT:U15; GES:GESM} @ -2", "{a1|ALT:U15;GES:GESM}@-2"),
        ("per({a1},{b1},1000)", "per({a1}, {b1}, 1000)"),
        ("mean({a1}/{b1}, 3)", "mean({a1} / {b1}, 3)"),
        ("1 - 0.5", "1 - 0.5"),
    ],
)
def test_a_formula_has_one_canonical_form(text: str, canonical: str) -> None:
    assert written(parse(text)) == canonical
    assert written(parse(canonical)) == canonical


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("", 1),
        ("{a1} +", 7),
        ("{a1} {b1}", 6),
        ("{A1}", 1),
        ("{a1|}", 1),
        ("{a1|GES}", 1),
        ("{a1|GES:M;GES:W}", 1),
        ("{a1}@-999", 1),
        ("1.2.3", 1),
        ("eval({a1})", 1),
        ("share({a1})", 1),
        ("per({a1}, {b1}, {a1})", 1),
        ("change({a1}, 1.5)", 14),
        ("change({a1}, 0)", 1),
        ("mean({a1}, 121)", 12),
        ("sum({a1})", 1),
        ("--{a1}", 2),
        ("({a1}", 6),
        ("{a1})", 5),
        ("{a1} ** 2", 7),
        ("__import__('os')", 1),
        ("{a1}\x00", 5),
        ("(" * 60 + "{a1}" + ")" * 60, 41),
        ("1+" * 900 + "1", 301),
        ("9" * 16, 1),
        ("{a1}" + " " * 2000, 2000),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(text: str, at: int) -> None:
    with pytest.raises(FormulaRefused) as refused:
        parse(text)
    assert refused.value.at == at


@given(st.text(alphabet="{}ab1|:;@-+*/(),. sharemn\n9", max_size=60))
def test_nothing_but_a_refusal_comes_of_noise(text: str) -> None:
    try:
        at, again = 1, written(parse(text))
    except FormulaRefused as refused:
        at, again = refused.at, "1"
    assert 1 <= at <= len(text) + 1
    assert written(parse(again)) == again


def test_the_first_reference_that_follows_the_breakdown_leads() -> None:
    node = parse("{a1|total} / {b1}@-1 + {c1|GES:GESW}")
    assert indicators(node) == ["a1", "b1", "c1"]
    assert leading(node) == Reference("c1", "GES=GESW", 0, 24)
    assert leading(parse("{a1}@-1 / {b1}@-1")) is None
    parts = quotient(parse("{a1} / {b1} * 1000"))
    assert parts is not None
    assert [part.indicator for part in parts] == ["a1", "b1"]
    assert quotient(parse("{a1} / ({b1} + 1)")) is None


UNITS = {
    "kinder": "Kinder",
    "personen": "Personen",
    "anzahl": "Anzahl",
    "tausend": "1.000 Personen",
    "euro": "Euro",
    "haushalte": "Haushalte",
    "quote": "Prozent",
    "dichte": "je 1.000 Einwohner",
    "index": "Index",
    "plaetze": "Plätze",
}


@pytest.mark.parametrize(
    ("formula", "name"),
    [
        ("{kinder} + {personen} - {anzahl}", "Personen"),
        ("share({kinder}, {personen})", "Prozent"),
        ("{kinder} / {personen}", "Verhältnis"),
        ("{kinder} / {personen} * 1000", "Promille"),
        ("100 - {quote}", "Prozent"),
        ("({quote} + {quote}) / 2", "Prozent"),
        ("{euro} / {personen}", "Euro je Personen"),
        ("per({plaetze}, {kinder}, 100)", "Plätze je 100 Personen"),
        ("{tausend} * 1000 + {personen}", "Personen"),
        ("growth({euro}, 1)", "Prozent"),
        ("change({quote}, 2)", "Prozent"),
        ("mean({haushalte}, 3)", "Haushalte"),
        ("max({quote}, 0)", "Prozent"),
        ("{anzahl} / {anzahl} * 100", "Prozent"),
        ("{index} * 2", "Verhältnis"),
        ("{euro} * {personen} / {personen}", "Euro"),
    ],
)
def test_units_follow_from_the_formula(formula: str, name: str) -> None:
    units = {key: unit_of(text) for key, text in UNITS.items()}
    assert str(unit(parse(formula), units)) == name


@pytest.mark.parametrize(
    "formula",
    [
        "{personen} + {euro}",
        "{personen} + {haushalte}",
        "{personen} + {tausend}",
        "{quote} + {kinder} / {personen}",
        "sum({personen}, {quote})",
        "share({euro}, {personen})",
        "{personen} + 1",
        "{euro} / {personen} + {euro}",
    ],
)
def test_units_that_do_not_go_together_are_refused(formula: str) -> None:
    units = {key: unit_of(text) for key, text in UNITS.items()}
    with pytest.raises(FormulaRefused) as refused:
        unit(parse(formula), units)
    assert refused.value.code == "unit"


@pytest.mark.parametrize(
    ("declared", "formula", "fits"),
    [
        ("Prozent", "share({kinder}, {personen})", True),
        ("%", "per({kinder}, {personen}, 100)", True),
        ("Prozent", "{kinder} / {personen}", False),
        ("je 1.000 Einwohner", "per({plaetze}, {personen}, 1000)", True),
        ("je 100 Kinder", "per({plaetze}, {kinder}, 1000)", False),
        ("Plätze je 100 Kinder", "per({plaetze}, {kinder}, 100)", True),
        ("Euro je Einwohner", "{euro} / {personen}", True),
        ("Euro", "{personen}", False),
    ],
)
def test_the_declared_unit_is_held_against_the_formula(
    declared: str, formula: str, fits: bool
) -> None:
    units = {key: unit_of(text) for key, text in UNITS.items()}
    wanted = unit_of(declared)
    assert wanted is not None
    assert alike(wanted, unit(parse(formula), units)) is fits


def result(formula: str, **cells: Cell) -> Cell:
    return evaluate(parse(formula), lambda reference, shift, _: cells[reference.indicator])


def number(text: str) -> Cell:
    return Cell(Decimal(text))


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("{a1} / {b1}", "0.333333333333"),
        ("share({a1}, {b1})", "33.3333333333"),
        ("2 * {a1} / {b1}", "0.666666666667"),
        ("{a1} + 0.1 + 0.2 - 0.3", "1"),
        ("{a1} * 123456789012345 + 0.005", "123456789012345"),
        ("-{b1}", "-3"),
        ("sum({a1}, {b1}, 0.5)", "4.5"),
        ("min({a1}, {b1})", "1"),
    ],
)
def test_numbers_are_exact_until_they_are_rounded_once(formula: str, value: str) -> None:
    assert result(formula, a1=number("1"), b1=number("3")) == Cell(Decimal(value))


@pytest.mark.parametrize("missing", [S.unknown, S.nothing, S.confidential, S.pending, S.missing])
@pytest.mark.parametrize(
    "formula", ["{a1} + {b1}", "{a1} / {b1}", "{b1} / {a1}", "max({a1}, {b1})"]
)
def test_null_is_never_zero(formula: str, missing: ValueStatus) -> None:
    found = result(formula, a1=Cell(None, missing), b1=number("5"))
    assert found == Cell(None, missing)


def test_of_two_reasons_the_weightier_one_stays() -> None:
    cells = {"a1": Cell(None, S.nothing), "b1": Cell(None, S.confidential)}
    assert result("{a1} + {b1}", **cells).status is S.confidential
    assert result("{a1} + 1", a1=Cell(Decimal(1), S.limited)).status is S.limited


@pytest.mark.parametrize("formula", ["{a1} / {b1}", "share({a1}, {b1})", "1 / ({b1} * 2)"])
def test_a_rate_of_nobody_is_not_meaningful(formula: str) -> None:
    assert result(formula, a1=number("5"), b1=number("0")) == Cell(None, S.not_meaningful)


def test_what_no_figure_can_hold_is_not_meaningful() -> None:
    big = number("9" * 25)
    assert result("{a1} * {a1} * {a1}", a1=big).status is S.not_meaningful


def figure(
    indicator: str, period: str, value: str | None, breakdown: str = "", status: str = "normal"
) -> Given:
    read = parse_period(period)
    amount = None if value is None else Decimal(value)
    return Given(indicator, "jena", read.end, period, breakdown, read.start, amount, status, False)


def made(formula: str, *given_figures: Given, lag: int = 0) -> list[tuple[str, str, str | None]]:
    found = computed(Definition("result", parse(formula), lag), given_figures)
    return sorted(
        (m.period, m.breakdown, None if m.value is None else str(m.value))
        for m in found
        if not m.gone
    )


def test_results_follow_the_breakdowns_that_all_have() -> None:
    figures = [
        figure("a1", "2024", "10"),
        figure("a1", "2024", "4", "GES=GESW"),
        figure("b1", "2024", "40"),
        figure("b1", "2024", "8", "GES=GESW"),
        figure("b1", "2024", "2", "ALT=U15"),
        figure("b1", "2024", "1", "ALT=U15&GES=GESW"),
    ]
    assert made("share({a1}, {b1})", *figures) == [("2024", "", "25"), ("2024", "GES=GESW", "50")]
    assert made("share({a1}, {b1|total})", *figures) == [
        ("2024", "", "25"),
        ("2024", "GES=GESW", "10"),
    ]
    assert made("{a1} / {b1|ALT:U15}", *figures) == [("2024", "", "5"), ("2024", "GES=GESW", "4")]
    assert made("{b1|ALT:U15} * 2", *figures) == [("2024", "", "4"), ("2024", "GES=GESW", "2")]


def test_a_period_without_the_one_before_has_no_change() -> None:
    figures = [
        figure("a1", period, value)
        for period, value in (("2021", "4"), ("2022", "5"), ("2024", "8"))
    ]
    assert made("change({a1}, 1)", *figures) == [("2022", "", "1")]
    assert made("growth({a1}, 1)", *figures) == [("2022", "", "25")]
    assert made("mean({a1}, 2)", *figures) == [("2022", "", "4.5")]
    quarters = [figure("a1", "2023-Q4", "4"), figure("a1", "2024-Q1", "6")]
    assert made("{a1} - {a1}@-1", *quarters) == [("2024-Q1", "", "2")]


def test_a_reporting_date_is_the_end_of_its_year() -> None:
    figures = [figure("a1", "2024", "10"), figure("b1", "2024-12-31", "40")]
    assert made("share({a1}, {b1})", *figures) == [("2024", "", "25")]
    assert made("{a1} + {b1}", *figures) == [("2024", "", "50")]
    months = [figure("a1", "2024-12", "10"), figure("b1", "2024", "40")]
    assert made("{a1} / {b1}", *months) == [("2024-12", "", "0.25")]
    assert made("{a1} + {b1}", *months) == []


def test_an_older_population_makes_a_rate_provisional_and_is_named() -> None:
    figures = [
        figure("a1", "2024-Q4", "10"),
        figure("a1", "2025-Q2", "10"),
        figure("b1", "2024-12-31", "40"),
    ]
    found: list[Made] = computed(Definition("r1", parse("share({a1}, {b1})"), 12), figures)
    assert [(m.period, m.provisional) for m in found] == [("2024-Q4", False), ("2025-Q2", True)]
    assert '"denominator": {"indicator": "b1", "period": "2024-12-31"' in (found[1].basis or "")
    assert made("share({a1}, {b1})", *figures, lag=5) == [("2024-Q4", "", "25")]
    assert made("{a1} + {b1}", *figures, lag=12) == [("2024-Q4", "", "50")]


def test_what_no_longer_comes_out_is_taken_back() -> None:
    figures = [figure("a1", "2024", "10"), figure("result", "2023", "7")]
    found = computed(Definition("result", parse("{a1} * 2")), figures)
    assert [(m.period, m.gone) for m in found] == [("2024", False), ("2023", True)]
    assert found[1].period_end == date(2023, 12, 31)


def test_generations_come_in_the_order_of_need() -> None:
    inputs = {"c1": ["b1", "raw"], "b1": ["a1"], "a1": ["raw"], "d1": ["a1"]}
    assert list(generations(inputs)) == [("a1",), ("b1", "d1"), ("c1",)]
    with pytest.raises(Cycle) as cycle:
        list(generations({"a1": ["b1"], "b1": ["c1"], "c1": ["a1"]}))
    assert cycle.value.keys[0] == cycle.value.keys[-1]
    assert set(cycle.value.keys) == {"a1", "b1", "c1"}


values = st.decimals(-(10**9), 10**9, places=3)


@given(values, values)
def test_sums_and_differences_undo_one_another(a: Decimal, b: Decimal) -> None:
    found = result("{a1} + {b1} - {b1}", a1=Cell(a), b1=Cell(b))
    assert found.value == a


@given(st.lists(values, min_size=2, max_size=6))
def test_a_moving_average_lies_between_its_figures(series: list[Decimal]) -> None:
    figures = [figure("a1", str(2000 + n), str(value)) for n, value in enumerate(series)]
    ((_, _, mean),) = made(f"mean({{a1}}, {len(series)})", *figures)
    assert min(series) - 1 <= Decimal(str(mean)) <= max(series) + 1

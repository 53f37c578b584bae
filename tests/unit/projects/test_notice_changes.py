"""What a notice says otherwise than the one before: everything, and nothing that is not known."""

from decimal import Decimal
from typing import Any

from services.contracts.projects.notices import NewNotice, NoticeDifference
from services.projects.notice_changes.rules import changes

Told = tuple[str | None, str | None, Decimal | None]
D = Decimal


def notice(**more: Any) -> NewNotice:
    body = {
        "key": "bescheid-1",
        "grant": "bescheid",
        "kind": "award",
        "issued_on": "2022-12-15",
        "effective_from": "2023-01-01",
        "starts_on": "2023-01-01",
        "ends_on": "2025-12-31",
        "eligible_cost": "1000.00",
        "amount": "800.00",
        **more,
    }
    return NewNotice.model_validate(body)


def told(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Told]:
    found = changes(notice(**before), notice(**after))
    return {one.pointer: (one.before, one.after, one.difference) for one in found}


def labels(found: list[NoticeDifference]) -> list[tuple[str, str]]:
    return [(one.label["de"], one.label["en"]) for one in found]


def source(amount: str | None, **more: Any) -> dict[str, Any]:
    body = {"kind": "eu", "organisation": "union", "year": 2024, "amount": amount, **more}
    return {"sources": [body]}


def partner(**more: Any) -> dict[str, Any]:
    return {"partner_budgets": [{"organisation": "verein", "eligible_cost": "90.00", **more}]}


def test_the_same_notice_changes_nothing() -> None:
    same = {**source("600.00", rate="60"), **partner(amount="40.00"), "rate": "80"}
    assert told(same, same) == {}


def test_period_rate_and_kind_of_financing_are_told_without_a_difference() -> None:
    before = {"rate": "80"}
    after = {
        "rate": "75.5",
        "financing": "fixed",
        "starts_on": "2023-02-01",
        "ends_on": "2026-06-30",
        "reference": "5091",
    }
    found = told(before, after)
    assert list(found) == ["/starts_on", "/ends_on", "/rate", "/financing", "/reference"]
    assert found["/starts_on"] == ("2023-01-01", "2023-02-01", None)
    assert found["/rate"] == ("80", "75.5", None)
    assert found["/financing"] == ("share", "fixed", None)
    assert found["/reference"] == (None, "5091", None)


def test_a_source_whose_amount_is_not_known_is_not_one_of_zero() -> None:
    """Its amount once came as the whole difference, and a new one without was not told at all."""
    place = "/sources/eu/union/2024"
    assert told(source(None), source("500.00")) == {place: ("?", "500.00", None)}
    assert told(source("500.00"), source(None)) == {place: ("500.00", "?", None)}
    assert told({}, source(None)) == {place: (None, "?", None)}
    assert told(source(None), {}) == {place: ("?", None, None)}
    assert told({}, source("500.00")) == {place: (None, "500.00", D("500.00"))}
    assert told(source("500.00"), {}) == {place: ("500.00", None, D("-500.00"))}


def test_the_rate_of_a_source_and_the_part_of_a_partner_are_told() -> None:
    """Both could change and the second notice was said to change nothing."""
    rates = told(source("600.00", rate="60"), source("600.00", rate="50"))
    assert rates == {"/sources/eu/union/2024/rate": ("60", "50", None)}
    place = "/partner_budgets/verein/amount"
    parts = told(partner(amount="40.00"), partner(amount="30.00"))
    assert parts == {place: ("40.00", "30.00", D("-10.00"))}
    assert told(partner(), partner(amount="30.00")) == {place: (None, "30.00", None)}
    fewer = told(partner(), partner(eligible_cost="80.00"))
    assert fewer == {"/partner_budgets/verein": ("90.00", "80.00", D("-10.00"))}
    before = notice(**source("600.00", rate="60"), **partner(amount="40.00"))
    after = notice(**source("600.00"), **partner())
    assert labels(changes(before, after)) == [
        (
            "Fördersatz einer Quelle in Prozent: eu, union, 2024",
            "Rate of a source in per cent: eu, union, 2024",
        ),
        ("Zuwendungsanteil eines Partners: verein", "Part of the grant of a partner: verein"),
    ]


def test_two_sources_about_the_same_are_told_apart_by_their_number() -> None:
    one, other = (source(amount, rate="10")["sources"][0] for amount in ("100.00", "200.00"))
    more, less = {**other, "amount": "250.00", "rate": "12"}, {"sources": [one]}
    found = told({"sources": [one, other]}, {"sources": [one, more]})
    assert found == {
        "/sources/eu/union/2024/2": ("200.00", "250.00", D("50.00")),
        "/sources/eu/union/2024/2/rate": ("10", "12", None),
    }
    assert list(told({"sources": [one, other]}, less)) == [
        "/sources/eu/union/2024/2",
        "/sources/eu/union/2024/2/rate",
    ]


def test_deviations_and_conditions_are_told_with_clause_and_day() -> None:
    def override(value: str) -> dict[str, Any]:
        return {"overrides": [{"parameter": "spend_within", "value": value, "clause": "Nr. 4/2"}]}

    def condition(due: str | None) -> dict[str, Any]:
        said = {"text": {"de": "Bericht"}, "clause": "Nr. 4/2", "due_on": due}
        return {"conditions": [said]}

    assert told(override("3"), override("2.50")) == {
        "/overrides/spend_within/-": ("3 (Nr. 4/2)", "2.5 (Nr. 4/2)", None)
    }
    assert told(condition(None), condition("2024-04-30")) == {
        "/conditions/Nr. 4~12": ("Bericht", "Bericht (bis 30.04.2024)", None)
    }

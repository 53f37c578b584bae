"""What everybody is told of a grant and of what is passed on of it, from stored rows."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from services.projects.exports.works import Party, Sum, Work, of_grant, of_onward
from services.projects.grant_disclosures.tables import GrantDisclosureRow
from services.projects.grants.tables import GrantRow
from services.projects.onward_grants.tables import OnwardGrantRow
from services.projects.programmes.tables import ProgrammeRow
from services.projects.projects.tables import ProjectRow

D = Decimal
NAMES = {"jena": "Stadt Jena", "land": "Freistaat", "verein": "Nachbarschaftsverein"}
EARLY, LATE = datetime(2024, 1, 1, tzinfo=UTC), datetime(2024, 5, 1, tzinfo=UTC)
PURPOSE = {"de": "Aus der Liste"}


def grant(**more: Any) -> GrantRow:
    body: dict[str, Any] = {
        "key": "bescheid",
        "grantee": "jena",
        "funder": "land",
        "state": "granted",
        "eligible_cost": D(1000),
        "amount": D(800),
        "rate": D(80),
        "sources": [],
        "granted_on": date(2023, 1, 2),
        "changed_at": EARLY,
    }
    return GrantRow(**{**body, **more})


def project(**more: Any) -> ProjectRow:
    body = {"key": "vorhaben", "name": {"de": "Vorhaben"}, "changed_at": EARLY}
    return ProjectRow(**{**body, **more})


def programme(*levels: str) -> ProgrammeRow:
    funders = [{"organisation": "land", "level": level} for level in levels or ("state",)]
    return ProgrammeRow(key="programm", name={"de": "Programm"}, funders=funders)


def onward(**more: Any) -> OnwardGrantRow:
    body: dict[str, Any] = {
        "key": "treff",
        "title": {"de": "Treff"},
        "recipient": "verein",
        "state": "granted",
        "eligible_cost": D(100),
        "awarded": D(90),
        "paid": D(80),
        "recovered": D(30),
        "repaid": D(20),
        "notices": [{"issued_on": "2024-03-01"}, {"issued_on": "2023-12-01"}],
        "payouts": [
            {"amount": "30.00", "paid_on": "2024-04-02"},
            {"amount": "50.00", "paid_on": "2024-02-01"},
        ],
        "changed_at": LATE,
    }
    return OnwardGrantRow(**{**body, **more})


def told(
    *rows: OnwardGrantRow,
    own: GrantRow | None = None,
    above: ProgrammeRow | None = None,
    disclosure: GrantDisclosureRow | None = None,
    operation: Any = None,
    described: dict[str, str] | None = None,
) -> Work:
    return of_grant(
        own or grant(),
        project(description=described),
        above or programme(),
        disclosure,
        operation,
        rows,
        NAMES,
        None,
    )


def test_what_is_passed_on_is_awarded_by_the_grantee_on_the_day_of_its_first_notice() -> None:
    found = of_onward(onward(), grant(), programme(), NAMES)
    assert found.beneficiary == Party("verein", "Nachbarschaftsverein")
    assert found.funder == Party("jena", "Stadt Jena")
    assert (found.amount, found.awarded_on, found.closed) == (D(90), date(2023, 12, 1), False)
    assert found.of_the_union is False, "it is counted with the grant that it comes from"
    assert of_onward(onward(state="closed"), grant(), programme(), NAMES).closed


def test_of_what_was_paid_to_others_the_part_that_stayed_is_told_as_of_the_last_payout() -> None:
    """What was demanded back and has not come yet is with the recipient still."""
    found = of_onward(onward(), grant(), programme(), NAMES)
    assert found.paid == Sum(D(60), date(2024, 4, 2))
    unpaid = onward(payouts=[], paid=D(0), repaid=D(0))
    assert of_onward(unpaid, grant(), programme(), NAMES).paid is None, "null is not zero"


def test_a_grant_tells_what_of_it_was_awarded_to_organisations_and_of_nobody_else() -> None:
    person = onward(key="person", recipient=None)
    asked = onward(key="antrag", notices=[], payouts=[])
    closed = onward(key="fremd", recipient="nicht-zu-sehen")
    (passed,) = told(person, onward(), asked, closed).passed_on
    assert (passed.to.name, passed.amount, passed.on) == (
        "Nachbarschaftsverein",
        D(90),
        date(2023, 12, 1),
    )
    assert list(passed.payouts) == [
        Sum(D(30), date(2024, 4, 2)),
        Sum(D(50), date(2024, 2, 1)),
    ]


@pytest.mark.parametrize(
    ("kinds", "levels", "of_the_union"),
    [
        (["state"], ["state"], False),
        (["state", "eu"], ["state"], True),
        ([], ["state", "eu"], True),
        ([], ["federal"], False),
    ],
)
def test_money_is_the_unions_by_the_programme_or_by_a_source(
    kinds: list[str], levels: list[str], of_the_union: bool
) -> None:
    sources = [{"kind": kind, "amount": "1"} for kind in kinds]
    found = told(own=grant(sources=sources), above=programme(*levels))
    assert found.of_the_union is of_the_union


def test_a_year_of_which_a_part_is_not_known_has_no_budget() -> None:
    parts = [(2024, "5"), (2023, "1.10"), (2023, "2"), (2024, None), (None, "7")]
    sources = [{"kind": "state", "year": year, "amount": amount} for year, amount in parts]
    assert told(own=grant(sources=sources)).budgets == {2023: D("3.10")}


def test_the_disclosure_speaks_before_the_project_and_that_before_the_published_list() -> None:
    said = GrantDisclosureRow(
        key="offen", grant="bescheid", summary={"de": "Offengelegt"}, changed_at=LATE
    )
    operation, described = SimpleNamespace(purpose="Aus der Liste"), {"de": "Beschrieben"}
    full = told(disclosure=said, operation=operation, described=described)
    assert (full.summary, full.changed_at) == ({"de": "Offengelegt"}, LATE)
    plain = told(operation=operation, described=described)
    assert (plain.summary, plain.changed_at) == (described, EARLY)
    assert told(operation=operation).summary == PURPOSE
    assert told().summary is None


def test_whom_nobody_may_see_is_no_party_and_each_funder_is_told_once() -> None:
    hidden = told(own=grant(grantee="nicht-zu-sehen"), above=programme("eu", "state"))
    assert hidden.beneficiary is None
    assert list(hidden.funders) == [Party("land", "Freistaat")]
    assert told(own=grant(state="closed")).closed

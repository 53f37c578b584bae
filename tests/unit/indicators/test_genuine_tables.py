"""Real tables, taken for raw: what a rule hides in them cannot be calculated from the rest."""

from pathlib import Path

import pytest

from services.contracts.indicators.protection import ProtectionRule
from services.indicators.disclosure.linked.attack import examine
from services.indicators.disclosure.linked.figures import Figures
from services.indicators.disclosure.rules import Definition
from tests.unit.indicators.genuine import basic_security, old_households
from tests.unit.indicators.offices import Office, Outsider, office, place


def under(minimum: int) -> dict[str, Definition]:
    """A rule for recipients and households."""
    return {"empfaenger": Definition("count", ProtectionRule(minimum=minimum))}


@pytest.mark.parametrize(("minimum", "small"), [(3, 19), (5, 49)])
def test_recipients_of_basic_security_in_all_districts_of_germany(
    shared_data: Path, minimum: int, small: int
) -> None:
    figures, tree = basic_security(shared_data)
    levels = {code: str(0 if code == "DG" else len(code)) for code in tree}
    germany = Office(tree, levels, under(minimum))
    germany.release(figures)
    assert germany.unprotected == []
    secrets = [v for v in germany.raw if v.value is not None and 0 < v.value < minimum]
    assert len(secrets) == small
    for outsider, width in (
        (Outsider(germany), minimum),
        (Outsider(germany, zeros=True, labels=True), minimum - 2),
    ):
        for version in secrets:
            low, high = outsider.interval(version.place, version.value or 0)
            assert high - low >= width, version
    audit = examine(Figures(germany.raw, germany.shown, germany.around()), [], {})
    assert (audit.secrets, audit.problems) == (small, [])
    totals = [where for where, why in germany.hidden().items() if why and where.area == "DG"]
    assert totals == [], "no figure of the country is hidden for a district"


def test_old_households_of_a_district_are_not_what_jena_has_more(shared_data: Path) -> None:
    """In two of eleven years a single district lies below five; its sums hold only roughly."""
    alone = 0
    for day, figures in old_households(shared_data).items():
        tree: dict[str, str | None] = {where.area: "jena" for where in figures}
        tree["jena"] = None
        jena = office(tree, definitions=under(5))
        jena.release(figures)
        small = [where for where, value in figures.items() if value and value < 5]
        alone += len(small) == 1
        assert place("jena", period=day) not in jena.hidden()
        for where in small:
            low, high = Outsider(jena).interval(where, figures[where] or 0)
            assert low <= 0, day
            assert high >= 5, day
        if small:
            assert len(jena.hidden()) >= 2, day
    assert alone == 2

"""All figures of a grant on a day: which rule is asked about what. Pure functions."""

from collections.abc import Iterable
from itertools import chain

from services.contracts.projects.figures import Figure
from services.projects.cash_figures import rules as cash
from services.projects.cost_figures import rules as cost
from services.projects.deadline_figures import rules as days
from services.projects.grant_facts.rules import Facts
from services.projects.onward_figures import rules as onward
from services.projects.outlooks import rules as outlooks
from services.projects.plan_figures import rules as plan
from services.projects.staff_figures import rules as staff

PARTS = (
    plan.figures,
    onward.figures,
    cost.figures,
    staff.figures,
    cash.figures,
    days.figures,
    outlooks.progress,
    outlooks.forecast,
)


def all_figures(facts: Facts) -> list[Figure]:
    """Every figure of the grant, in the order in which an office reads them."""
    return list(chain.from_iterable(part(facts) for part in PARTS))


def unverified(figures: Iterable[Figure]) -> list[str]:
    """The clauses that took part and that nobody has compared with their source, also where another
    rule of the same clause was compared."""
    return sorted({one.text for figure in figures for one in figure.clauses if not one.verified})

"""What an act under a power can be about: pure functions."""

from collections.abc import Mapping
from datetime import date

from services.contracts.boards.acts import ActSubject as Subject
from services.contracts.boards.powers import PowerKind
from services.kit.problems import Conflict, Invalid

_ABOUT: Mapping[PowerKind, frozenset[Subject]] = {
    PowerKind.directs_pilots: frozenset({Subject.projects, Subject.topics}),
    PowerKind.sets_indicators: frozenset({Subject.catalogue_versions, Subject.indicators}),
    PowerKind.judges_progress: frozenset({Subject.projects, Subject.measures}),
    PowerKind.realigns_topics: frozenset({Subject.topics, Subject.projects}),
    PowerKind.sets_recommendations: frozenset({Subject.recommendations}),
    PowerKind.sets_measures: frozenset({Subject.measures}),
    PowerKind.agrees_strategy: frozenset({Subject.strategies}),
    PowerKind.decides_offers: frozenset({Subject.projects, Subject.measures, Subject.facilities}),
    PowerKind.legitimises_strategy: frozenset({Subject.strategies}),
}
ADDRESSES: Mapping[Subject, str] = {
    one: "catalogue/versions" if one == Subject.catalogue_versions else str(one) for one in Subject
}
"""Where a subject is read, after the municipality."""
OF_INDICATORS = frozenset(
    {Subject.catalogue_versions, Subject.indicators, Subject.topics, Subject.facilities}
)


def check_subject(kind: PowerKind, subject: Subject) -> None:
    """Refuse an act about what the power does not cover."""
    if subject not in _ABOUT[kind]:
        raise Invalid(
            f"The power {kind} is not about {subject}.", pointer="/subject", code="beyond-the-power"
        )


def check_holder(holder: str, body: str) -> None:
    """Refuse an act of another body than the one that has the power."""
    if holder != body:
        raise Conflict(
            "That is a vote of a body without this power.", pointer="/vote", code="other-body"
        )


def check_held(starts_on: date | None, ends_on: date | None, on: date) -> None:
    """Refuse an act on a day on which the body did not have the power."""
    if (starts_on is not None and on < starts_on) or (ends_on is not None and on > ends_on):
        raise Conflict(
            f"The body did not have this power on {on}.", pointer="/power", code="not-held"
        )

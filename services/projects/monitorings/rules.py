"""What a monitoring may be: pure functions."""

from services.contracts.projects.participation import MonitoringMode
from services.kit.problems import Conflict, Invalid


def check_alone(other: str | None) -> None:
    """Refuse a second monitoring of a project: who takes part would be counted twice."""
    if other is not None:
        raise Invalid(f"The project has {other!r}.", pointer="/project", code="taken")


def check_mode(now: MonitoringMode, then: MonitoringMode, used: bool) -> None:
    """Refuse (409) another way of counting once something was entered."""
    if now is not then and used:
        raise Conflict("Something was entered already.", pointer="/mode", code="in_use")


def check_threshold(now: int, then: int) -> None:
    """Refuse (409) to show what was hidden before: a threshold can only rise."""
    if then < now:
        raise Conflict("What was hidden stays hidden.", pointer="/threshold", code="lowered")


def check_counts(mode: MonitoringMode) -> None:
    """Refuse (409) counts where they are made of persons."""
    if mode is not MonitoringMode.counts:
        raise Conflict("Counts are made of the persons here.", pointer="/monitoring", code="mode")


def check_persons(mode: MonitoringMode) -> None:
    """Refuse (409) data of persons where counts will do (Art. 5(1)(c) GDPR)."""
    if mode is not MonitoringMode.persons:
        raise Conflict("The project keeps counts, not persons.", pointer="/monitoring", code="mode")

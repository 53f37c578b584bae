"""What a disclosure may say: pure functions."""

from services.contracts.projects.grant_disclosures import NewGrantDisclosure
from services.kit.problems import Invalid


def check(new: NewGrantDisclosure) -> None:
    """Refuse a number of a programme (CCI) that belongs to another programming period."""
    if new.cci is None or new.programming_period is None:
        return
    if new.cci[:4] != new.programming_period[:4]:
        text = f"The programmes of {new.programming_period} are numbered otherwise."
        raise Invalid(text, pointer="/cci", code="period")

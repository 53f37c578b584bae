"""What a list of operations may be: pure functions."""

from services.contracts.projects.operations import NewOperationList, ProgrammingPeriod
from services.contracts.shared.problems import Fault
from services.kit.problems import Invalid

_FIRST = {ProgrammingPeriod.earlier: "2014", ProgrammingPeriod.current: "2021"}


def check(new: NewOperationList) -> None:
    """Refuse a number of a programme that belongs to another period, a heading for two fields, and
    a wording with two codes."""
    faults = []
    if new.cci is not None and not new.cci.startswith(_FIRST[new.programming_period]):
        text = f"The programmes of {new.programming_period} are numbered otherwise."
        faults.append(Fault(pointer="/cci", code="period", detail=text))
    headings = [squeezed(heading) for heading in new.columns.values()]
    for n, field in enumerate(new.columns):
        if headings[n] in headings[:n]:
            text = "This column is another field already."
            faults.append(Fault(pointer=f"/columns/{field}", code="twice", detail=text))
    wordings = [squeezed(one.text) for one in new.interventions]
    for n, wording in enumerate(wordings):
        if wording in wordings[:n]:
            text = "This wording has a code already."
            faults.append(Fault(pointer=f"/interventions/{n}/text", code="twice", detail=text))
    if faults:
        raise Invalid("The list cannot be read so; nothing was stored.", faults=faults)


def squeezed(text: str) -> str:
    """A wording without what lines and layouts do to it: breaks, hyphens, spaces, capitals."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())

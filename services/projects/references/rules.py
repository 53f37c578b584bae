"""Which references there are in an input, and which of them lead nowhere: pure functions."""

from collections.abc import Iterable, Set
from datetime import date
from typing import NamedTuple

from services.contracts.boards.resolutions import ResolutionKind, ResolutionState
from services.contracts.projects.references import ReferenceResource
from services.contracts.shared.problems import Fault

AREA, BODY, ORGANISATION = (
    ReferenceResource.areas,
    ReferenceResource.bodies,
    ReferenceResource.organisations,
)
RESOLUTION, RECOMMENDATION = ReferenceResource.resolutions, ReferenceResource.recommendations
INDICATOR, FINDING = ReferenceResource.indicators, ReferenceResource.findings
_CALLED = {
    AREA: "area",
    BODY: "body",
    ORGANISATION: "organisation",
    RESOLUTION: "resolution",
    RECOMMENDATION: "recommendation",
    INDICATOR: "indicator",
    FINDING: "finding",
    ReferenceResource.papers: "paper",
    ReferenceResource.meetings: "meeting",
    ReferenceResource.publications: "publication",
    ReferenceResource.reports: "report",
}


class Place(NamedTuple):
    """Where a reference leads: a collection and a key."""

    resource: ReferenceResource
    key: str


class Pointing(NamedTuple):
    """A key in an input that names something of another service; null names nothing."""

    resource: ReferenceResource
    key: str | None
    pointer: str


def listed(resource: ReferenceResource, keys: Iterable[str], pointer: str) -> list[Pointing]:
    """A list of keys at `pointer`."""
    return [Pointing(resource, key, f"{pointer}/{i}") for i, key in enumerate(keys)]


def places(pointings: Iterable[Pointing]) -> set[Place]:
    """Where the references lead, each place once."""
    return {Place(p.resource, p.key) for p in pointings if p.key is not None}


def faults(pointings: Iterable[Pointing], missing: Set[Place]) -> list[Fault]:
    """One fault for each reference that leads nowhere."""
    return [
        Fault(pointer=p.pointer, code="unknown", detail=f"There is no such {_CALLED[p.resource]}.")
        for p in pointings
        if p.key is not None and Place(p.resource, p.key) in missing
    ]


class Ground(NamedTuple):
    """A resolution on which something rests; `lasting` while it goes on to rest on it, `anew` when
    it did not before."""

    resolution: str
    pointer: str
    lasting: bool = True
    anew: bool = True


class Fall(NamedTuple):
    """As what a resolution no longer holds, and from which day on: without a day it never held."""

    state: ResolutionState
    first: date | None

    def on(self, day: date) -> bool:
        """Has it fallen by this day?"""
        return self.first is None or self.first <= day


_FALLEN = {
    ResolutionState.void: "The vote on this resolution is void; nothing rests on it.",
    ResolutionState.repealed: "This resolution was repealed.",
    ResolutionState.replaced: "This resolution was replaced; name the later one.",
}


def fallen(ground: Ground, kind: ResolutionKind, state: ResolutionState) -> Fault | None:
    """Why something cannot rest on the resolution: it turned something down (Ablehnung), its vote
    is void, or, for what is not over yet, it was repealed or replaced by a later one."""
    if kind is ResolutionKind.refusal:
        text = "This resolution turned down what was put to the vote."
        return Fault(pointer=ground.pointer, code="refusal", detail=text)
    if state is ResolutionState.void or (ground.lasting and state in _FALLEN):
        return Fault(pointer=ground.pointer, code=state.value, detail=_FALLEN[state])
    return None

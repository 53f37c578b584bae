"""Which rules hold as long as a body has none of its own, and what a quorum asks: pure functions.

§§ 35, 38, 42 and 43 ThürKO were held against their wording. §§ 36 and 39 were not: the numbers that
rest on them are marked as such, and a procedure of the body replaces them.
"""

from collections.abc import Collection, Mapping
from fractions import Fraction

from services.contracts.boards.bodies import BodyKind, Mandate
from services.contracts.boards.procedures import (
    Clause,
    PresetProcedure,
    ProcedurePreset,
    ProcedureRules,
    ProcedureSubject,
    Quorum,
    QuorumBase,
)
from services.contracts.shared.base import Visibility

_THURINGIA = (
    ("notice", "§ 35 Abs. 2 Satz 2 ThürKO", True),
    ("urgency", "§ 35 Abs. 2 Satz 3 und 4 ThürKO", True),
    ("healing", "§ 35 Abs. 3 ThürKO", True),
    ("exclusion", "§ 38 ThürKO", True),
    ("minutes", "§ 42 ThürKO", True),
    ("quorum", "§ 36 ThürKO", False),
    ("majority", "§ 39 ThürKO", False),
    ("tie", "§ 39 ThürKO", False),
)
_COMMITTEES = (("publicness", "§ 43 ThürKO", True),)
_OWN = tuple(
    (subject, "Vorschlag; es gilt die Geschäftsordnung des Gremiums", False)
    for subject, *_ in _THURINGIA
)


def _clauses(*known: tuple[str, str, bool]) -> list[Clause]:
    return [
        Clause(subject=ProcedureSubject(subject), text=text, verified=verified)
        for subject, text, verified in known
    ]


_COUNCIL = ProcedureRules(
    quorum=Quorum(share="1/2", more_than=True, if_excluded="1/3", again=True),
    clauses=_clauses(*_THURINGIA),
)
_COMMITTEE = _COUNCIL.model_copy(
    update={"items_public": False, "clauses": _clauses(*_THURINGIA, *_COMMITTEES)}
)
_ADVISORY = ProcedureRules(
    quorum=Quorum(of=QuorumBase.in_office),
    urgency_finding=False,
    attendance_visibility=Visibility.members,
    clauses=_clauses(*_OWN),
)

PRESETS: Mapping[ProcedurePreset, PresetProcedure] = {
    preset.preset: preset
    for preset in (
        PresetProcedure(
            preset=ProcedurePreset.council,
            name={
                "de": "Kommunale Vertretung und beschließender Ausschuss (ThürKO)",
                "en": "Council and deciding committee (Thuringian municipal code)",
            },
            bodies=[BodyKind.council, BodyKind.committee],
            rules=_COUNCIL,
        ),
        PresetProcedure(
            preset=ProcedurePreset.committee,
            name={
                "de": "Vorberatender Ausschuss (ThürKO)",
                "en": "Committee that prepares decisions (Thuringian municipal code)",
            },
            bodies=[BodyKind.committee],
            rules=_COMMITTEE,
        ),
        PresetProcedure(
            preset=ProcedurePreset.advisory,
            name={
                "de": "Beirat, Steuerungsgruppe, Netzwerk",
                "en": "Advisory board, steering group, network",
            },
            bodies=[
                kind for kind in BodyKind if kind not in (BodyKind.council, BodyKind.committee)
            ],
            rules=_ADVISORY,
        ),
    )
}


def preset_for(kind: BodyKind, mandates: Collection[Mandate]) -> ProcedurePreset:
    """The preset that holds for a body without a procedure of its own.

    A committee that decides meets as the council does; one that prepares decisions meets in private
    (§ 43 ThürKO).
    """
    if kind == BodyKind.council or (kind == BodyKind.committee and Mandate.decides in mandates):
        return ProcedurePreset.council
    return ProcedurePreset.committee if kind == BodyKind.committee else ProcedurePreset.advisory


def needed(quorum: Quorum, members: int, in_office: int, excluded: int, *, again: bool) -> int:
    """How many voting members must be there, at least one."""
    base = members if quorum.of == QuorumBase.members else in_office
    if again and quorum.again:
        return max(1, quorum.minimum)
    if quorum.if_excluded is not None and 2 * excluded > base:
        asked = _at_least(quorum.if_excluded, base)
    elif quorum.more_than:
        asked = int(Fraction(quorum.share) * base) + 1
    else:
        asked = _at_least(quorum.share, base)
    return max(1, quorum.minimum, asked)


def _at_least(share: str, base: int) -> int:
    return -int(-Fraction(share) * base // 1)


def clause(rules: ProcedureRules, subject: ProcedureSubject) -> Clause | None:
    """The clause on which the rules rest in this respect."""
    return next((one for one in rules.clauses if one.subject == subject), None)

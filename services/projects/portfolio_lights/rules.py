"""What lights a traffic light, and by which rule: pure functions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from services.contracts.projects.figures import Clause, Figure, FigureStatus, Input, Unit
from services.contracts.projects.portfolio_lights import LightKind, LitLight, ProjectLights
from services.contracts.projects.position_gaps import PositionGap
from services.contracts.projects.progress import IndicatorProgress, Light
from services.contracts.shared.base import LongTexts, Texts
from services.projects.cash_figures.rules import late_money
from services.projects.cost_figures.rules import deviations
from services.projects.explanations.words import text_of
from services.projects.outlooks.rules import lapses
from services.projects.portfolio.rules import Told

SOON = 180
"""Days before the end of the money, or of a position, in which something must be done."""
_WORST = (Light.red, Light.amber, Light.grey, Light.green)
_COLOURS = {FigureStatus.breach: Light.red, FigureStatus.warning: Light.amber}
_OWN: Mapping[LightKind, LongTexts] = {
    LightKind.overdue_obligation: {
        "de": "Eine Pflicht ist offen und ihr Tag vorbei.",
        "en": "An obligation is open and its day is past.",
    },
    LightKind.target_behind: {
        "de": "Ein Ziel ist verfehlt oder liegt weiter zurück, als seine Toleranz erlaubt; rot ab "
        "dem Dreifachen der Toleranz.",
        "en": "A target is missed or further behind than its tolerance allows; red beyond three "
        "times the tolerance.",
    },
    LightKind.position_gap: {
        "de": f"Eine Stelle ist nicht finanziert; gelb bis zu {SOON} Tage vorher.",
        "en": f"A position is without money; amber up to {SOON} days before.",
    },
    LightKind.nothing_follows: {
        "de": "Die letzte Bewilligung ist vorbei, und das Vorhaben läuft weiter; gelb bis zu "
        f"{SOON} Tage vorher.",
        "en": f"The last grant is over and the project goes on; amber up to {SOON} days before.",
    },
}


@dataclass(frozen=True)
class Due:
    """An obligation that is open after its day."""

    key: str
    grant: str
    due_on: date
    clauses: Sequence[Clause]


@dataclass(frozen=True)
class Known:
    """A project, and what is known of it on the day."""

    key: str
    name: Texts
    ends_on: date | None
    ended: bool
    grants: list[Told] = field(default_factory=list)
    overdue: list[Due] = field(default_factory=list)
    targets: Sequence[IndicatorProgress] = ()
    gaps: list[PositionGap] = field(default_factory=list)


def lights(known: Known, on: date) -> ProjectLights:
    """The light of a project, what lit it, and what cannot be told."""
    figures = [(one, figure) for one in known.grants for figure in _figures(one)]
    lit = [
        *_overdue(known),
        *(_of(one, figure) for one, figure in figures if figure.status in _COLOURS),
        *_targets(known),
        *_gaps(known, on),
        *_end(known, on),
    ]
    unknown = sorted({f.key for _, f in figures if f.status is FigureStatus.unknown})
    quiet = Light.grey if unknown else Light.green
    worst = min((_WORST.index(one.light) for one in lit), default=_WORST.index(quiet))
    return ProjectLights(
        project=known.key,
        name=known.name,
        light=_WORST[worst],
        lit=sorted(lit, key=lambda one: _WORST.index(one.light)),
        unknown=unknown,
    )


def _figures(one: Told) -> list[Figure]:
    return [late_money(one.facts), *deviations(one.facts), *lapses(one.facts)]


def _of(one: Told, figure: Figure) -> LitLight:
    kinds = {"unspent_after_deadline": LightKind.money_late, "lapse": LightKind.lapse}
    return LitLight(
        kind=kinds.get(figure.key, LightKind.budget_exceeded),
        light=_COLOURS[figure.status],
        grant=one.facts.grant,
        about=figure.scope,
        day=None,
        rule=text_of(figure),
        clauses=figure.clauses,
        inputs=[*figure.inputs, Input(name=figure.key, value=figure.value, unit=figure.unit)],
    )


def _overdue(known: Known) -> Iterator[LitLight]:
    for due in known.overdue:
        inputs = [_day("due_on", due.due_on)]
        yield _lit(
            LightKind.overdue_obligation, Light.red, due.grant, due.key, due.due_on, inputs
        ).model_copy(update={"clauses": due.clauses})


def _targets(known: Known) -> Iterator[LitLight]:
    for target in known.targets:
        if target.light in (Light.red, Light.amber):
            inputs = [
                Input(name=name, value=getattr(target, name), unit=unit)
                for name, unit in (
                    ("expected", Unit.number),
                    ("elapsed", Unit.percent),
                    ("pace", Unit.ratio),
                )
            ]
            yield _lit(LightKind.target_behind, target.light, None, target.indicator, None, inputs)


def _gaps(known: Known, on: date) -> Iterator[LitLight]:
    for gap in known.gaps:
        colour = Light.red if gap.day <= on else Light.amber
        inputs = [_day("day", gap.day), Input(name="fte", value=gap.fte, unit=Unit.fte)]
        grant = gap.ended[0] if gap.ended else None
        yield _lit(LightKind.position_gap, colour, grant, gap.position, gap.day, inputs)


def _end(known: Known, on: date) -> Iterator[LitLight]:
    """The last grant of a project that goes on; unknown ends light nothing."""
    ends = [one.facts.ends_on for one in known.grants]
    last = max((end for end in ends if end), default=None)
    goes_on = not known.ended and (known.ends_on is None or (last and known.ends_on > last))
    if last is None or None in ends or not goes_on or last > on + timedelta(SOON):
        return
    grant = next(one.facts.grant for one in known.grants if one.facts.ends_on == last)
    inputs = [_day("grant_ends_on", last), _day("project_ends_on", known.ends_on)]
    colour = Light.red if last < on else Light.amber
    day = last + timedelta(1)
    yield _lit(LightKind.nothing_follows, colour, grant, None, day, inputs)


def _lit(
    kind: LightKind,
    light: Light,
    grant: str | None,
    about: str | None,
    day: date | None,
    inputs: Sequence[Input],
) -> LitLight:
    return LitLight(
        kind=kind,
        light=light,
        grant=grant,
        about=about,
        day=day,
        rule=_OWN[kind],
        clauses=[],
        inputs=inputs,
    )


def _day(name: str, day: date | None) -> Input:
    return Input(name=name, value=day, unit=Unit.day)


def by_worst(one: ProjectLights) -> tuple[int, str]:
    """Order: the worst first, then by key."""
    return _WORST.index(one.light), one.project

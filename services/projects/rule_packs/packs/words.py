"""Short ways to write a rule of a pack.

`seen`: read at the source that is named. `assumed`: practice elsewhere or by the law as it is
usually applied; an office compares it with its notice and says so (`verified`).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.contracts.projects.figures import Parameter, Unit
from services.contracts.projects.funding_rules import NewFundingRule
from services.contracts.projects.programmes import (
    Funder,
    FunderLevel,
    FundingPeriod,
    NewProgramme,
)
from services.contracts.shared.base import LongTexts, Texts

THURINGIA = "Thüringer Landesverwaltungsamt"
ESF = Funder(organisation="europaeische-union", level=FunderLevel.eu, fund="ESF")
ESF_PLUS = Funder(organisation="europaeische-union", level=FunderLevel.eu, fund="ESF Plus")
STATE_OF_THURINGIA = Funder(organisation="freistaat-thueringen", level=FunderLevel.state)
FEDERATION = Funder(organisation="bundesrepublik-deutschland", level=FunderLevel.federal)


@dataclass(frozen=True)
class Clause:
    """Where a figure stands, and whether it was read there."""

    text: str
    source: str | None
    verified: bool


@dataclass(frozen=True)
class Entry:
    """A figure of a pack."""

    parameter: Parameter
    clause: Clause
    unit: Unit
    value: Decimal | None = None
    text: str | None = None
    scope: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    note: Texts | None = None

    @property
    def name(self) -> str:
        """What tells it from the other figures of the pack."""
        parts = [self.parameter, self.scope, self.starts_on and str(self.starts_on)]
        said = "-".join(part for part in parts if part)
        return said.lower().replace("_", "-").replace(".", "-")


@dataclass(frozen=True)
class Pack:
    """A pack: figures of one programme, and those that hold for every programme."""

    key: str
    name: Texts
    description: LongTexts
    entries: tuple[Entry, ...]
    general: tuple[Entry, ...]
    funders: tuple[Funder, ...]
    legal_basis: tuple[str, ...] = ()
    periods: tuple[FundingPeriod, ...] = ()
    section: str | None = None
    successor_of: str | None = None

    @property
    def programme(self) -> NewProgramme:
        """The programme as it can be entered: who funds it, by which law, and when."""
        return NewProgramme(
            key=self.key,
            name=self.name,
            section=self.section,
            funders=list(self.funders),
            legal_basis=list(self.legal_basis),
            periods=list(self.periods),
            successor_of=self.successor_of,
            description=self.description,
        )

    def rules(self, programme: str) -> list[NewFundingRule]:
        """The rules as they are stored for a programme."""
        own = [_rule(entry, programme) for entry in self.entries]
        return [*(_rule(entry, None) for entry in self.general), *own]


def seen(text: str, source: str) -> Clause:
    """Read at its source."""
    return Clause(text, source, True)


def assumed(text: str, source: str | None = None) -> Clause:
    """Not read at its source."""
    return Clause(text, source, False)


def number(
    parameter: Parameter, value: str, unit: Unit, clause: Clause, scope: str | None = None
) -> Entry:
    """A figure that is a number."""
    return Entry(parameter, clause, unit, value=Decimal(value), scope=scope)


def words(
    parameter: Parameter,
    text: str,
    clause: Clause,
    scope: str | None = None,
    unit: Unit = Unit.text,
) -> Entry:
    """A figure that is a text or a day."""
    return Entry(parameter, clause, unit, text=text, scope=scope)


def period(starts_on: str, ends_on: str, note: Texts) -> FundingPeriod:
    """A funding period by its first and last day."""
    first, last = date.fromisoformat(starts_on), date.fromisoformat(ends_on)
    return FundingPeriod(starts_on=first, ends_on=last, note=note)


def texts(de: str, en: str | None = None) -> Texts:
    """A text in both languages, or one that is alike in both."""
    return {"de": de, "en": en or de}


def _rule(entry: Entry, programme: str | None) -> NewFundingRule:
    stem = "" if programme is None else f"{programme[: 79 - len(entry.name)].rstrip('-')}-"
    return NewFundingRule(
        key=f"{stem}{entry.name}",
        programme=programme,
        parameter=entry.parameter,
        scope=entry.scope,
        value=entry.value,
        text=entry.text,
        unit=entry.unit,
        starts_on=entry.starts_on,
        ends_on=entry.ends_on,
        clause=entry.clause.text,
        source=entry.clause.source,
        verified=entry.clause.verified,
        note=entry.note,
    )

"""What will happen, said as a person would: German and English."""

from collections.abc import Mapping

from services.boards.forecasts.rules import Event
from services.boards.rosters.rules import Roster, Sight
from services.boards.violations.words import name_of, quoted
from services.contracts.boards.forecasts import ForecastCode as Code
from services.contracts.boards.forecasts import ForecastEvent
from services.contracts.shared.base import Language, Texts
from services.kit.writing import text

_SENTENCES: Mapping[Code, tuple[str, str]] = {
    Code.membership_begins: (
        "Eine Mitgliedschaft{place} beginnt.",
        "A membership{place} begins.",
    ),
    Code.membership_ended: (
        "Eine Mitgliedschaft{place} ist zu Ende.",
        "A membership{place} is over.",
    ),
    Code.substitute_begins: (
        "Eine Stellvertretung{place} beginnt.",
        "A substitution{place} begins.",
    ),
    Code.substitute_ended: (
        "Eine Stellvertretung{place} ist zu Ende.",
        "A substitution{place} is over.",
    ),
    Code.term_ended: ("Eine Amtszeit{place} ist zu Ende.", "A term{place} is over."),
    Code.carry_over_begins: (
        "Eine Amtszeit{place} ist zu Ende; das Amt läuft weiter, bis jemand folgt.",
        "A term{place} is over; its holder stays until somebody follows.",
    ),
    Code.organisation_begins: ("{organisation} beginnt zu bestehen.", "{organisation} begins."),
    Code.organisation_ended: (
        "{organisation} besteht nicht mehr.",
        "{organisation} does not exist any more.",
    ),
    Code.seat_begins: ("Der Sitz {seat} kommt hinzu.", "The seat {seat} is added."),
    Code.seat_ended: ("Der Sitz {seat} entfällt.", "The seat {seat} is dropped."),
    Code.rule_begins: ("Die Regel {rule} gilt.", "The rule {rule} holds."),
    Code.rule_ended: ("Die Regel {rule} gilt nicht mehr.", "The rule {rule} holds no more."),
    Code.body_begins: ("Das Gremium nimmt seine Arbeit auf.", "The body begins its work."),
    Code.body_ended: ("Das Gremium besteht nicht mehr.", "The body does not exist any more."),
}


def told(event: Event, roster: Roster, sight: Sight) -> ForecastEvent | None:
    """The event for a reader; None where it is about something that they may not see."""
    hidden_seat = event.seat is not None and event.seat not in sight.seats
    hidden_rule = event.rule is not None and event.rule not in sight.rules
    if hidden_seat or hidden_rule:
        return None
    german, english = _SENTENCES[event.code]
    return ForecastEvent(
        code=event.code,
        seat=event.seat,
        rule=event.rule,
        organisation=event.organisation if event.organisation in sight.organisations else None,
        membership=event.membership if event.membership in sight.memberships else None,
        text=_text(event, roster, sight, german, english),
    )


def _text(event: Event, roster: Roster, sight: Sight, german: str, english: str) -> Texts:
    return {
        "de": german.format_map(_words(event, roster, sight, "de")),
        "en": english.format_map(_words(event, roster, sight, "en")),
    }


def _words(event: Event, roster: Roster, sight: Sight, language: Language) -> Mapping[str, str]:
    seat, rule = roster.seat.get(event.seat or ""), roster.rule.get(event.rule or "")
    said = quoted(text(seat.name, language), language) if seat is not None else ""
    on = "auf" if language == "de" else "on"
    return {
        "seat": said,
        "place": f" {on} {said}" if said else "",
        "rule": quoted(text(rule.name, language), language) if rule is not None else "",
        "organisation": name_of(event.organisation, roster, sight, language),
    }

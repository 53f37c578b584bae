"""What is to be named, said as a person would: German and English."""

from collections.abc import Mapping

from services.boards.nominations.rules import Needed
from services.boards.rosters.rules import Roster
from services.boards.tenures.rules import DAY
from services.boards.violations.words import quoted
from services.contracts.boards.nominations import NominationReason as Reason
from services.contracts.shared.base import Language, Texts
from services.kit.writing import day_in_words, text

_WHOM: Mapping[Language, tuple[str, str, str, str]] = {
    "de": (
        "ist{when} jemand zu benennen",
        "sind{when} {n} Personen zu benennen",
        "ist{when} eine Stellvertretung zu benennen",
        "sind{when} {n} Stellvertretungen zu benennen",
    ),
    "en": (
        "somebody must be named{when}",
        "{n} people must be named{when}",
        "a substitute must be named{when}",
        "{n} substitutes must be named{when}",
    ),
}
_WHEN: Mapping[Language, tuple[str, str]] = {
    "de": (" bis zum {last}", " zum {day}"),
    "en": (" by {last}", " for {day}"),
}
_WHY: Mapping[Reason, tuple[str, str]] = {
    Reason.vacant: ("Der Platz ist{since} frei", "the place {is_free}"),
    Reason.lapsed: ("Die Amtszeit endete am {last}", "the term ended on {last}"),
    Reason.carried_over: (
        "Die Amtszeit endete am {last}, das Amt läuft nur weiter, bis jemand folgt",
        "the term ended on {last}, its holder stays only until somebody follows",
    ),
    Reason.term_ends: ("Dann endet die Amtszeit", "the term ends then"),
    Reason.leaves: ("Dann wird der Platz frei", "the place becomes free then"),
    Reason.new_place: ("Der Platz kommt hinzu", "the place is added"),
    Reason.substitute: ("Jedes Mitglied braucht eine", "every member needs one"),
}


def sentence(needed: Needed, roster: Roster) -> Texts:
    """What is to be named, for which seat, by when and why."""
    return {"de": _said(needed, roster, "de"), "en": _said(needed, roster, "en")}


def _said(needed: Needed, roster: Roster, language: Language) -> str:
    start = "Für {place}" if language == "de" else "For {place}"
    whom = _WHOM[language][2 * needed.what.substitutes + (needed.count > 1)]
    why = _WHY[needed.reason][language == "en"]
    return f"{start} {whom}: {why}.".format_map(_words(needed, roster, language))


def _words(needed: Needed, roster: Roster, language: Language) -> Mapping[str, str]:
    due = needed.due_on
    on = day_in_words(due, language) if due is not None else ""
    last = day_in_words(due - DAY, language) if due is not None else ""
    new = needed.reason in (Reason.new_place, Reason.substitute)
    when = "" if needed.overdue else _WHEN[language][new].format(day=on, last=last)
    return {
        "place": _place(needed, roster, language),
        "n": str(needed.count),
        "last": last,
        "when": when,
        "since": f" seit dem {on}" if on else "",
        "is_free": f"has been free since {on}" if on else "is free",
    }


def _place(needed: Needed, roster: Roster, language: Language) -> str:
    body = text(roster.body.name, language)
    seat = roster.seat.get(needed.what.seat or "")
    return f"{quoted(text(seat.name, language), language)} ({body})" if seat else body

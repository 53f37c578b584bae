"""What is wrong, said as a person would: German and English."""

from collections.abc import Mapping

from services.boards.rosters.rules import Roster, Sight
from services.boards.tenures.rules import DAY
from services.boards.violations.rules import Finding
from services.boards.violations.sentences import SENTENCES
from services.contracts.boards.organisations import OrganisationKind as Kind
from services.contracts.boards.seats import Category, Exactly, ExOfficio, OnePer
from services.contracts.boards.violations import Violation, state_of
from services.contracts.boards.violations import ViolationCode as Code
from services.contracts.shared.base import Language, Texts
from services.kit.writing import day_in_words, text

_KINDS: Mapping[Kind, tuple[str, str]] = {
    Kind.administration: ("Verwaltung", "administration"),
    Kind.council_group: ("Fraktionen", "council groups"),
    Kind.welfare_association: ("Wohlfahrtsverbände", "welfare associations"),
    Kind.association: ("Vereine und Verbände", "associations"),
    Kind.science: ("Wissenschaft", "science"),
    Kind.business: ("Wirtschaft", "business"),
    Kind.jobcentre: ("Jobcenter", "job centre"),
    Kind.employment_agency: ("Agentur für Arbeit", "employment agency"),
    Kind.religious_community: ("Religionsgemeinschaften", "religious communities"),
    Kind.municipal_enterprise: ("kommunale Unternehmen", "municipal enterprises"),
    Kind.network: ("Netzwerke", "networks"),
    Kind.funder: ("Fördermittelgeber", "funders"),
    Kind.other: ("sonstige Organisationen", "other organisations"),
}
_SOMEBODY = ("Eine Organisation", "An organisation")
"""Instead of the name of one that the reader may not see."""


def kind(of: Kind, language: Language) -> str:
    """A part of society."""
    return _KINDS[of][language == "en"]


def told(finding: Finding, roster: Roster, sight: Sight) -> Violation | None:
    """The finding for a reader; None where it is about something that they may not see."""
    seat, rule = roster.seat.get(finding.seat or ""), roster.rule.get(finding.rule or "")
    if (seat and seat.key not in sight.seats) or (rule and rule.key not in sight.rules):
        return None
    seen = finding.organisation in sight.organisations
    return Violation(
        state=state_of(finding.code),
        code=finding.code,
        seat=finding.seat,
        rule=finding.rule,
        organisation=finding.organisation if seen else None,
        organisation_kind=finding.organisation_kind,
        memberships=[key for key in finding.memberships if key in sight.memberships],
        count=finding.count,
        since=finding.since,
        clause=rule.clause if rule else seat.clause if seat else None,
        text=sentence(finding, roster, sight),
    )


def sentence(finding: Finding, roster: Roster, sight: Sight) -> Texts:
    """The finding in a sentence."""
    one_of = SENTENCES[finding.code][_variant(finding, roster)]
    german, english = one_of[2:] if finding.count > 1 and len(one_of) > 2 else one_of[:2]
    return {
        "de": german.format_map(_words(finding, roster, sight, "de")),
        "en": english.format_map(_words(finding, roster, sight, "en")),
    }


def _variant(finding: Finding, roster: Roster) -> str:
    """Which of the sentences of a code fits."""
    seat = roster.seat.get(finding.seat or "")
    rule = seat.rule if seat is not None else None
    match finding.code:
        case Code.vacant if isinstance(rule, Exactly):
            return "sent" if rule.count == 1 else "more"
        case Code.vacant if isinstance(rule, OnePer):
            return "sent"
        case Code.vacant if isinstance(rule, ExOfficio):
            return "office"
        case Code.vacant:
            return "part" if isinstance(rule, Category) and rule.minimum == 1 else "more"
        case Code.sender_ended:
            return "" if isinstance(rule, OnePer) else "other"
        case Code.wrong_sender:
            return "" if finding.organisation is not None else "nobody"
        case Code.seat_ended:
            return "" if finding.since is not None else "early"
        case Code.lapsed | Code.substitute_missing:
            return "" if seat is not None else "further"
        case Code.share_too_high | Code.share_too_low:
            return "kind" if finding.organisation_kind is not None else ""
        case Code.not_covered:
            return "some" if finding.more["there"] else ""
    return ""


def _words(
    finding: Finding, roster: Roster, sight: Sight, language: Language
) -> Mapping[str, object]:
    more = finding.more
    seat = roster.seat.get(finding.seat or "")
    place = quoted(text(seat.name, language), language) if seat is not None else ""
    organisation = name_of(finding.organisation, roster, sight, language)
    owned = organisation and seat is not None and isinstance(seat.rule, OnePer)
    seats = [roster.seat[key].name for key in more.get("seats", ()) if key in sight.seats]
    german = language == "de"
    voting = ("stimmberechtigte", "voting ") if more.get("voting") else ("", "")
    return {
        "seat": place,
        "place": f"{place} ({organisation})" if owned else place,
        "organisation": organisation,
        "kind": kind(finding.organisation_kind, language) if finding.organisation_kind else "",
        "n": finding.count,
        "day": day_in_words(finding.since, language) if finding.since else "",
        "last": day_in_words(finding.since - DAY, language) if finding.since else "",
        "until": day_in_words(more["until"], language) if "until" in more else "",
        "months": seat.term_months if seat is not None else "",
        "seats": ", ".join(quoted(text(name, language), language) for name in seats),
        "members": f"{voting[0]} Mitglieder".strip() if german else f"{voting[1]}members",
        "to_members": f"{voting[0]}n Mitgliedern" if german and voting[0] else "Mitgliedern",
        **{name: more.get(name, "") for name in ("of", "share", "there", "limit")},
    }


def name_of(key: str | None, roster: Roster, sight: Sight, language: Language) -> str:
    """The name of an organisation, for who may see it."""
    if key is None:
        return ""
    known = roster.organisations.get(key)
    if known is None or key not in sight.organisations:
        return _SOMEBODY[language == "en"]
    return text(known.name, language)


def quoted(text: str, language: Language) -> str:
    """The text in the quotation marks of a language."""
    return f"„{text}“" if language == "de" else f"“{text}”"

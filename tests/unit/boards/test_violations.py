"""What is wrong with a body, in codes and in the words of a person."""

from datetime import date
from typing import Any

import pytest

from services.boards.composition.rules import findings
from services.boards.rosters.rules import Roster, Sight
from services.boards.violations.sentences import SENTENCES
from services.boards.violations.words import kind, sentence
from services.boards.violations.words import told as for_reader
from services.contracts.boards.organisations import OrganisationKind
from services.contracts.boards.violations import ViolationCode, ViolationState, state_of
from tests.unit.boards.rosters import (
    OFFICER,
    ON,
    PER_GROUP,
    SCIENCE,
    a_member,
    a_roster,
    a_rule,
    a_seat,
    everything,
    exactly,
    told,
)

OVER = {"term_ends_on": "2025-12-31"}
SENT = {"seat": "verband", "sender": "awo"}


def said(roster: Roster, on: date = ON) -> list[tuple[str, str]]:
    """Every finding as a sentence, in German and English."""
    texts = [sentence(one, roster, everything(roster)) for one in findings(roster.on(on))]
    return [(text["de"], text["en"]) for text in texts]


def of_groups(*groups: str, **more: Any) -> list[Any]:
    return [a_member(f"m-{group}", "fraktionen", f"fraktion-{group}", **more) for group in groups]


@pytest.mark.parametrize(
    ("seats", "members", "expected", "sentences"),
    [
        (
            [a_seat("verband", exactly("awo"))],
            [],
            ("vacant", "verband", "awo"),
            (
                "AWO hat für „Verband“ niemanden benannt.",
                "AWO has named nobody for “Verband seat”.",
            ),
        ),
        (
            [a_seat("verband", exactly("awo", 3))],
            [a_member("m-1", "verband")],
            ("vacant", "verband", "awo"),
            ("Auf „Verband“ fehlen 2 Mitglieder.", "“Verband seat” lacks 2 members."),
        ),
        (
            [a_seat("fraktionen", PER_GROUP)],
            of_groups("a", "c"),
            ("vacant", "fraktionen", "fraktion-b"),
            (
                "Fraktion B hat für „Fraktionen“ niemanden benannt.",
                "Fraktion B has named nobody for “Fraktionen seat”.",
            ),
        ),
        (
            [a_seat("amt", OFFICER)],
            [],
            ("vacant", "amt", "amt"),
            ("Der Sitz „Amt“ ist unbesetzt.", "The seat “Amt seat” is vacant."),
        ),
        (
            [a_seat("wissenschaft", SCIENCE)],
            [],
            ("vacant", "wissenschaft", "science"),
            ("Niemand vertritt „Wissenschaft“.", "Nobody represents “Wissenschaft seat”."),
        ),
        (
            [a_seat("offen", {"kind": "open", "minimum": 2})],
            [a_member("m-1", "offen")],
            ("vacant", "offen", None),
            ("Auf „Offen“ fehlt ein Mitglied.", "“Offen seat” lacks a member."),
        ),
        (
            [a_seat("fraktionen", PER_GROUP)],
            [*of_groups("a", "b", "c"), a_member("m-2", "fraktionen", "fraktion-a")],
            ("overfilled", "fraktionen", "fraktion-a"),
            (
                "Auf „Fraktionen“ (Fraktion A) sitzt ein Mitglied zu viel.",
                "There is one member too many on “Fraktionen seat” (Fraktion A).",
            ),
        ),
        (
            [a_seat("wissenschaft", SCIENCE)],
            [a_member(f"m-{n}", "wissenschaft", "uni") for n in range(4)],
            ("overfilled", "wissenschaft", None),
            (
                "Auf „Wissenschaft“ sitzen 2 Mitglieder zu viel.",
                "There are 2 members too many on “Wissenschaft seat”.",
            ),
        ),
        (
            [a_seat("verband", exactly("awo"), carry_over=True)],
            [a_member("m-1", "verband", **OVER)],
            ("carried_over", "verband", "awo"),
            (
                "Die Amtszeit auf „Verband“ endete am 31. Dezember 2025; das Amt läuft weiter, "
                "bis jemand folgt.",
                "The term on “Verband seat” ended on 31 December 2025; its holder stays until "
                "somebody follows.",
            ),
        ),
        (
            [a_seat("verband", exactly("awo"))],
            [a_member("m-1", "verband", **OVER)],
            ("lapsed", "verband", "awo"),
            (
                "Die Amtszeit auf „Verband“ endete am 31. Dezember 2025, und niemand ist "
                "nachgefolgt.",
                "The term on “Verband seat” ended on 31 December 2025, and nobody has followed.",
            ),
        ),
        (
            [],
            [a_member("m-1", **OVER)],
            ("lapsed", None, None),
            (
                "Die Amtszeit eines Mitglieds ohne Sitz endete am 31. Dezember 2025.",
                "The term of a member without a seat ended on 31 December 2025.",
            ),
        ),
        (
            [a_seat("verband", exactly("awo"))],
            [a_member("m-1", "verband", "uni")],
            ("wrong_sender", "verband", "uni"),
            (
                "Auf „Verband“ sitzt, wen Universität entsandt hat; der Sitz ist für andere.",
                "“Verband seat” is held for Universität; the seat is for others.",
            ),
        ),
        (
            [a_seat("leitung", OFFICER)],
            [a_member("m-1", "leitung", "uni")],
            ("wrong_sender", "leitung", "uni"),
            (
                "Auf „Leitung“ sitzt, wen Universität entsandt hat; der Sitz ist für andere.",
                "“Leitung seat” is held for Universität; the seat is for others.",
            ),
        ),
        (
            [a_seat("wissenschaft", SCIENCE)],
            [a_member("m-1", "wissenschaft", "awo")],
            ("wrong_sender", "wissenschaft", "awo"),
            (
                "Auf „Wissenschaft“ sitzt, wen AWO entsandt hat; der Sitz ist für andere.",
                "“Wissenschaft seat” is held for AWO; the seat is for others.",
            ),
        ),
        (
            [a_seat("fraktionen", PER_GROUP)],
            [*of_groups("a", "b", "c"), a_member("m-1", "fraktionen")],
            ("wrong_sender", "fraktionen", None),
            (
                "Auf „Fraktionen“ sitzt jemand, ohne entsandt zu sein.",
                "Somebody holds “Fraktionen seat” without having been sent.",
            ),
        ),
        (
            [a_seat("verband", exactly("awo"), voting=False)],
            [a_member("m-1", "verband")],
            ("no_vote", "verband", None),
            (
                "Auf „Verband“ ist ein Mitglied stimmberechtigt, obwohl der Sitz nur berät.",
                "A member on “Verband seat” votes although the seat only advises.",
            ),
        ),
        (
            [a_seat("verband", exactly("awo"), ends_on="2025-12-31")],
            [a_member("m-1", "verband")],
            ("seat_ended", "verband", None),
            (
                "Den Sitz „Verband“ gibt es seit dem 1. Januar 2026 nicht mehr; er ist noch "
                "vergeben.",
                "The seat “Verband seat” has not existed since 1 January 2026; it is still held.",
            ),
        ),
        (
            [a_seat("verband", exactly("awo"), starts_on="2026-07-01", ends_on="9999-12-31")],
            [a_member("m-1", "verband")],
            ("seat_ended", "verband", None),
            (
                "Den Sitz „Verband“ gibt es noch nicht; er ist schon vergeben.",
                "The seat “Verband seat” does not exist yet; it is held already.",
            ),
        ),
        (
            [a_seat("verband", exactly("awo"), term_months=24)],
            [a_member("m-1", "verband", term_ends_on="2026-07-01")],
            ("term_too_long", "verband", None),
            (
                "Eine Amtszeit auf „Verband“ ist länger als 24 Monate.",
                "A term on “Verband seat” is longer than 24 months.",
            ),
        ),
        (
            [a_seat("amt", OFFICER), a_seat("verband", exactly("awo"))],
            [a_member("m-1", "amt", person="p-1"), a_member("m-2", "verband", person="p-1")],
            ("two_seats", "verband", None),
            (
                "Wer auf „Verband“ sitzt, hat noch einen anderen Sitz.",
                "Whoever holds “Verband seat” has another seat as well.",
            ),
        ),
        (
            [a_seat("amt", OFFICER, chair=True)],
            [a_member("m-1", "amt"), a_member("m-2", role="chair")],
            ("wrong_chair", "amt", None),
            (
                "Den Vorsitz hat, wem er nicht zusteht; er steht zu: „Amt“.",
                "Somebody chairs who may not; the chair belongs to “Amt seat”.",
            ),
        ),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_one_thing_wrong_is_told_once_and_as_a_person_would(
    seats: list[Any],
    members: list[Any],
    expected: tuple[str, str | None, str | None],
    sentences: tuple[str, str],
) -> None:
    roster = a_roster(seats, members)
    assert told(roster) == [expected]
    assert said(roster) == [sentences]


WITH_AWO = a_seat("verband", exactly("awo"))
EACH = {"kind": "share", "each": "organisation", "at_most": "1/2"}
GROUPS = [a_seat("fraktionen", PER_GROUP)]
OPEN = [a_seat("offen", {"kind": "open"})]
AT_ONCE = [
    a_member(f"m-{n}", "offen", term_ends_on=day)
    for n, day in enumerate(("2026-03-31", "2026-06-30", "2027-02-28", "2028-06-30"))
]


@pytest.mark.parametrize(
    ("seats", "members", "rule", "expected", "sentences"),
    [
        (
            GROUPS,
            of_groups("a", "b", "c"),
            {"kind": "coverage", "organisation_kinds": ["council_group", "science"]},
            ("not_covered", "regel", "science"),
            ("Der Bereich Wissenschaft ist nicht vertreten.", "Nobody represents science."),
        ),
        (
            GROUPS,
            of_groups("a", "b", "c"),
            {"kind": "coverage", "organisation_kinds": ["council_group"], "minimum": 5},
            ("not_covered", "regel", "council_group"),
            (
                "Dem Bereich Fraktionen fehlen 2 Mitglieder.",
                "2 more members must represent council groups.",
            ),
        ),
        (
            OPEN,
            [a_member(f"m-{n}", "offen", "awo" if n < 2 else "uni") for n in range(3)],
            EACH,
            ("share_too_high", "regel", "awo"),
            (
                "Von 3 Mitgliedern hat AWO 2 entsandt; erlaubt ist höchstens 1/2.",
                "AWO has sent 2 of 3 members; at most 1/2 is allowed.",
            ),
        ),
        (
            GROUPS,
            of_groups("a", "b", "c"),
            {
                "kind": "share",
                "organisation_kind": "council_group",
                "at_most": "3/5",
                "voting_only": True,
            },
            ("share_too_high", "regel", "council_group"),
            (
                "Von 3 stimmberechtigten Mitgliedern sind 3 aus dem Bereich Fraktionen; erlaubt "
                "ist höchstens 3/5.",
                "3 of 3 voting members represent council groups; at most 3/5 is allowed.",
            ),
        ),
        (
            OPEN,
            [a_member(f"m-{n}", "offen", "awo" if n < 1 else "uni") for n in range(3)],
            {"kind": "share", "organisation": "awo", "at_least": "1/2"},
            ("share_too_low", "regel", "awo"),
            (
                "Von 3 Mitgliedern hat AWO 1 entsandt; mindestens 1/2 muss es sein.",
                "AWO has sent 1 of 3 members; it must be at least 1/2.",
            ),
        ),
        (
            GROUPS,
            of_groups("a", "b", "c"),
            {"kind": "size", "minimum": 5},
            ("too_small", "regel", None),
            (
                "Auch mit allen Sitzen wären es nur 3 Mitglieder; mindestens 5 müssen es sein.",
                "Even with every seat there would be only 3 members; there must be at least 5.",
            ),
        ),
        (
            GROUPS,
            of_groups("a", "b", "c"),
            {"kind": "size", "maximum": 2, "voting_only": True},
            ("too_large", "regel", None),
            (
                "Es sind 3 stimmberechtigte Mitglieder; höchstens 2 dürfen es sein.",
                "There are 3 voting members; there may be at most 2.",
            ),
        ),
        (
            [a_seat("amt", OFFICER), WITH_AWO],
            [a_member("m-1", "amt"), a_member("m-2", "verband")],
            {"kind": "chair", "seats": ["amt"]},
            ("chair_missing", "amt", None),
            (
                "Niemand hat den Vorsitz; er steht zu: „Amt“.",
                "Nobody chairs; the chair belongs to “Amt seat”.",
            ),
        ),
        (
            [a_seat("amt", OFFICER), WITH_AWO],
            [a_member("m-1", "amt"), a_member("m-2", "verband", role="chair")],
            {"kind": "chair", "seats": ["amt"]},
            ("wrong_chair", "amt", None),
            (
                "Den Vorsitz hat, wem er nicht zusteht; er steht zu: „Amt“.",
                "Somebody chairs who may not; the chair belongs to “Amt seat”.",
            ),
        ),
        (
            GROUPS,
            [*of_groups("a", "b", role="chair"), *of_groups("c")],
            {"kind": "chair", "seats": ["fraktionen"]},
            ("several_chairs", "fraktionen", None),
            ("Den Vorsitz haben mehrere zugleich.", "Several people chair at the same time."),
        ),
        (
            OPEN,
            AT_ONCE,
            {"kind": "staggered", "at_most": "1/2"},
            ("not_staggered", "regel", None),
            (
                "Von 4 Amtszeiten enden 3 zwischen dem 31. März 2026 und dem 31. März 2027; "
                "erlaubt ist höchstens 1/2.",
                "3 of 4 terms end between 31 March 2026 and 31 March 2027; at most 1/2 is allowed.",
            ),
        ),
        (
            [*OPEN, a_seat("amt", OFFICER), WITH_AWO],
            [
                *AT_ONCE[1:],
                a_member("m-0", "offen", term_ends_on="2029-06-30", ends_on="2026-03-31"),
                a_member("m-amt", "amt", ends_on="2026-04-30"),
                a_member("m-awo", "verband"),
            ],
            {"kind": "staggered", "at_most": "1/2"},
            ("not_staggered", "regel", None),
            (
                "Von 5 Amtszeiten enden 3 zwischen dem 31. März 2026 und dem 31. März 2027; "
                "erlaubt ist höchstens 1/2.",
                "3 of 5 terms end between 31 March 2026 and 31 March 2027; at most 1/2 is allowed.",
            ),
        ),
        (
            GROUPS,
            [
                *of_groups("a", "b", "c"),
                a_member("s-1", role="substitute", substitute_for="m-a"),
                a_member("s-2", role="substitute", substitute_for="m-b"),
            ],
            {"kind": "substitutes"},
            ("substitute_missing", "fraktionen", "fraktion-c"),
            (
                "Auf „Fraktionen“ (Fraktion C) fehlt einem Mitglied die Stellvertretung.",
                "A member on “Fraktionen seat” (Fraktion C) has no substitute.",
            ),
        ),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_a_broken_rule_for_the_body_is_told_with_its_numbers(
    seats: list[Any],
    members: list[Any],
    rule: dict[str, Any],
    expected: tuple[str, str | None, str | None],
    sentences: tuple[str, str],
) -> None:
    roster = a_roster(seats, members, [a_rule("regel", rule, clause="§ 3 Abs. 1")])
    assert told(roster) == [expected]
    assert said(roster) == [sentences]
    (finding,) = findings(roster.on(ON))
    violation = for_reader(finding, roster, everything(roster))
    assert violation is not None
    assert (violation.rule, violation.clause) == ("regel", "§ 3 Abs. 1")
    before = a_roster(seats, members, [a_rule("regel", rule, starts_on="2026-01-16")])
    assert told(before) == []


VOICES = [a_seat("rat", {"kind": "open"}), a_seat("gast", {"kind": "open"}, voting=False)]


@pytest.mark.parametrize(
    ("rule", "all_count", "those_who_vote"),
    [
        ({"kind": "share", "organisation": "awo", "at_most": "1/2"}, None, "share_too_high"),
        ({"kind": "share", "organisation": "uni", "at_most": "1/2"}, None, None),
        ({"kind": "share", "organisation": "uni", "at_least": "1/2"}, None, "share_too_low"),
        ({"kind": "size", "minimum": 4}, None, "too_small"),
        ({"kind": "size", "minimum": 1, "maximum": 3}, "too_large", None),
    ],
    ids=lambda value: str(value.get("kind")) if isinstance(value, dict) else "",
)
def test_where_only_votes_count_those_without_one_are_left_out(
    rule: dict[str, Any], all_count: str | None, those_who_vote: str | None
) -> None:
    """Two of four sit for the AWO and vote, two for the university and do not."""
    members = [a_member(f"m-{n}", "rat", "awo") for n in range(2)]
    members += [a_member(f"g-{n}", "gast", "uni", voting=False) for n in range(2)]
    for voting_only, expected in ((False, all_count), (True, those_who_vote)):
        asked = {**rule, "voting_only": voting_only}
        found = [code for code, _, _ in told(a_roster(VOICES, members, [a_rule("regel", asked)]))]
        assert found == ([expected] if expected else []), voting_only


@pytest.mark.parametrize(
    "rule",
    [
        {"kind": "coverage", "organisation_kinds": ["science", "welfare_association"]},
        {"kind": "share", "organisation_kind": "science", "at_least": "1/4", "at_most": "1/4"},
        {"kind": "share", "each": "organisation", "at_most": "1/4"},
        {"kind": "size", "minimum": 4, "maximum": 4},
        {"kind": "chair", "seats": ["wissenschaft"]},
        {"kind": "staggered", "at_most": "1/3"},
    ],
    ids=lambda rule: str(rule["kind"]),
)
def test_what_a_seat_lacks_is_told_at_the_seat_and_not_again(rule: dict[str, Any]) -> None:
    seats = [
        a_seat("wissenschaft", SCIENCE),
        a_seat("verband", exactly("awo")),
        a_seat("amt", OFFICER),
        a_seat("kammer", exactly("kammer")),
    ]
    members = [
        a_member("m-1", "wissenschaft", "uni", role="chair", term_ends_on="2026-06-30"),
        a_member("m-2", "verband", "awo"),
        a_member("m-3", "amt", "amt"),
        a_member("m-4", "kammer", "kammer"),
    ]
    rules = [a_rule("regel", rule)]
    assert told(a_roster(seats, members, rules)) == []
    assert told(a_roster(seats, members[1:], rules)) == [("vacant", "wissenschaft", "science")]


def test_after_the_election_the_old_group_has_gone_and_the_new_one_is_asked() -> None:
    seats = [a_seat("fraktionen", PER_GROUP)]
    members = of_groups("a", "b")
    days = {"fraktion-b": {"ends_on": "2026-05-31"}, "fraktion-c": {"starts_on": "2026-06-01"}}
    roster = a_roster(seats, members, ended=days)
    assert told(roster, date(2026, 5, 31)) == []
    assert told(roster, date(2026, 6, 1)) == [
        ("vacant", "fraktionen", "fraktion-c"),
        ("sender_ended", "fraktionen", "fraktion-b"),
    ]
    assert said(roster, date(2026, 6, 1)) == [
        (
            "Fraktion C hat für „Fraktionen“ niemanden benannt.",
            "Fraktion C has named nobody for “Fraktionen seat”.",
        ),
        (
            "Fraktion B besteht seit dem 1. Juni 2026 nicht mehr und hat keinen Platz auf "
            "„Fraktionen“.",
            "Fraktion B has not existed since 1 June 2026 and has no place on “Fraktionen seat”.",
        ),
    ]


@pytest.mark.parametrize("members", [[], [a_member("m-1", "verband", "awo")]])
def test_a_seat_whose_organisation_has_ended_is_not_just_vacant(members: list[Any]) -> None:
    roster = a_roster([WITH_AWO], members, ended={"awo": {"ends_on": "2025-12-31"}})
    assert told(roster) == [("sender_ended", "verband", "awo")]
    assert said(roster)[0][0] == (
        "AWO besteht seit dem 1. Januar 2026 nicht mehr; wer für „Verband“ benennt, ist neu zu "
        "bestimmen."
    )


def test_a_vacancy_knows_since_when() -> None:
    def since(*members: Any, **more: Any) -> date | None:
        seat = a_seat("verband", exactly("awo"), starts_on="2024-01-01")
        (finding,) = findings(a_roster([seat], members, **more).on(ON))
        return finding.since

    assert since() == date(2024, 1, 1)
    assert since(starts_on="2025-01-01") == date(2025, 1, 1)
    assert since(a_member("m-1", "verband", ends_on="2025-11-30")) == date(2025, 12, 1)
    assert since(a_member("m-1", "verband", **OVER)) == date(2026, 1, 1)


def test_a_body_that_does_not_exist_lacks_nothing() -> None:
    roster = a_roster([WITH_AWO], starts_on="2026-01-16")
    assert told(roster) == []
    assert told(roster, date(2026, 1, 16)) == [("vacant", "verband", "awo")]


def test_names_that_a_reader_may_not_see_are_not_said() -> None:
    seat = a_seat("verband", exactly("awo"))
    roster = a_roster([seat], [a_member("m-1", "verband", **OVER)])
    (finding,) = findings(roster.on(ON))
    nothing = Sight(frozenset(), frozenset(), frozenset(), frozenset())
    assert for_reader(finding, roster, nothing) is None
    blind = Sight(frozenset({"verband"}), frozenset(), frozenset(), frozenset())
    violation = for_reader(finding, roster, blind)
    assert violation is not None
    assert (violation.organisation, violation.memberships, violation.count) == (None, [], 1)
    (vacant,) = findings(a_roster([seat]).on(ON))
    assert sentence(vacant, roster, blind) == {
        "de": "Eine Organisation hat für „Verband“ niemanden benannt.",
        "en": "An organisation has named nobody for “Verband seat”.",
    }


def test_every_code_has_its_sentences_and_every_kind_its_words() -> None:
    assert set(SENTENCES) == set(ViolationCode)
    for variants in SENTENCES.values():
        assert {len(one) for one in variants.values()} <= {2, 4}
    for one in OrganisationKind:
        assert kind(one, "de")
        assert kind(one, "en")


def test_every_code_is_one_of_the_four_words() -> None:
    assert {state_of(code) for code in ViolationCode} == set(ViolationState)
    assert state_of(ViolationCode.lapsed) == ViolationState.expired
    assert state_of(ViolationCode.wrong_chair) == ViolationState.unlawful

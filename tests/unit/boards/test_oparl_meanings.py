"""What objects of other councils are here."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from services.boards.harvests.meanings import rules
from services.boards.harvests.meanings.rules import Meaning
from services.boards.harvests.repairs.rules import Repaired, Type
from services.boards.harvests.repairs.values import Repair
from services.contracts.boards.consultations import ConsultationRole as Role

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
_ADDRESS = "https://ris.example.org/oparl/1"


def organization(**values: Any) -> Repaired:
    return Repaired(Type.organization, _ADDRESS, values=values)


@pytest.mark.parametrize(
    ("values", "meets"),
    [
        ({"name": "Sozialausschuss"}, True),
        ({"name": "Stadtrat"}, True),
        ({"name": "Gestaltungsbeirat", "classification": "Beirat und Stiftung"}, True),
        ({"name": "Runder Tisch", "meeting": f"{_ADDRESS}/meeting"}, True),
        ({"name": "Stadtplanungsamt"}, False),
        ({"name": "Dezernat 3"}, False),
        ({"name": "Fraktion der Mitte", "meeting": f"{_ADDRESS}/meeting"}, False),
        ({"name": "Die Mitte", "organizationType": "Fraktion"}, False),
        ({"name": "Etwas", "organizationType": "Gremium"}, True),
        ({"name": "Stadtwerke"}, False),
    ],
)
def test_who_meets_is_a_body(values: dict[str, Any], meets: bool) -> None:
    assert rules.is_body(organization(**values)) is meets


@pytest.mark.parametrize(
    ("name", "kind", "decides"),
    [
        ("Gemeinderat", "council", True),
        ("Kreistag", "council", True),
        ("Sozialausschuss", "committee", True),
        ("Integrationsbeirat", "advisory_board", False),
        ("Arbeitskreis Mobilität", "working_group", False),
        ("Ortschaftsrat Durlach", "other", True),
    ],
)
def test_the_kind_of_a_body_is_read_from_its_name(name: str, kind: str, decides: bool) -> None:
    meant = rules.body(organization(name=name))
    assert meant.fields["kind"] == kind
    assert ("decides" in meant.fields["mandates"]) is decides


@pytest.mark.parametrize(
    ("said", "authoritative", "role"),
    [
        ("Entscheidung", True, Role.decides),
        ("Entscheidung", None, Role.decides),
        ("Entscheidung", False, Role.advises),
        ("Kenntnisnahme", True, Role.notes),
        ("Vorberatung", True, Role.advises),
        ("Anhörung", None, Role.hears),
        ("unbekannt", None, Role.other),
        ("unbekannt", True, Role.decides),
        (None, None, Role.other),
    ],
)
def test_who_takes_note_does_not_decide(
    said: str | None, authoritative: bool | None, role: Role
) -> None:
    assert rules.role_of(said, authoritative) == role


def test_nobody_decides_without_the_mandate() -> None:
    assert rules.weaker(Role.decides, ["advises"]) == Role.advises
    assert rules.weaker(Role.decides, ["decides"]) == Role.decides
    assert rules.weaker(Role.notes, ["advises"]) == Role.notes


def meeting(**values: Any) -> Meaning | Repair:
    of = {"organization": [f"{_ADDRESS}/o"], "name": "Sitzung", **values}
    return rules.meeting(Repaired(Type.meeting, _ADDRESS, values=of), NOW)


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({"start": datetime(2026, 2, 1, tzinfo=UTC)}, "held"),
        ({"start": datetime(2026, 4, 1, tzinfo=UTC)}, "planned"),
        ({"start": datetime(2026, 4, 1, tzinfo=UTC), "meetingState": "eingeladen"}, "invited"),
        ({"start": datetime(2026, 2, 1, tzinfo=UTC), "cancelled": True}, "cancelled"),
        ({"start": datetime(2026, 4, 1, tzinfo=UTC), "meetingState": "Abgesagt"}, "cancelled"),
    ],
)
def test_the_state_of_a_meeting_follows_from_its_time(values: dict[str, Any], state: str) -> None:
    meant = meeting(**values)
    assert isinstance(meant, Meaning)
    assert meant.fields["state"] == state


def test_a_meeting_needs_a_beginning_and_somebody_who_meets() -> None:
    assert meeting() == Repair("no_start", "start", _ADDRESS)
    nobody = meeting(start=NOW, organization=[])
    assert nobody == Repair("no_organization", "organization", _ADDRESS)


def test_of_several_that_meet_the_first_leads_and_that_others_do_is_told() -> None:
    meant = meeting(start=NOW, organization=[f"{_ADDRESS}/o", f"{_ADDRESS}/p"])
    assert isinstance(meant, Meaning)
    assert meant.links["body"] == f"{_ADDRESS}/o"
    assert meant.repairs == [Repair("first_of_several", "organization", _ADDRESS)]


def test_a_meeting_without_a_name_is_called_by_its_day_in_germany() -> None:
    meant = meeting(start=datetime(2026, 4, 30, 22, 30, tzinfo=UTC), name=None)
    assert isinstance(meant, Meaning)
    assert meant.fields["name"] == {"de": "2026-05-01"}
    assert meant.repairs == [Repair("no_name", "name", _ADDRESS)]


def test_an_end_before_the_start_is_left_out() -> None:
    meant = meeting(start=NOW, end=NOW)
    assert isinstance(meant, Meaning)
    assert meant.fields["ends_at"] is None
    assert meant.repairs == [Repair("ends_before_start", "end", _ADDRESS)]


def item(**values: Any) -> Meaning:
    return rules.agenda_item(Repaired(Type.agenda_item, _ADDRESS, values=values), 4)


@pytest.mark.parametrize(
    ("said", "number"), [("3.1", "3.1"), ("Ö 5", "Ö-5"), (None, "5"), ("(!)", "5")]
)
def test_an_item_has_a_number_that_can_be_printed(said: str | None, number: str) -> None:
    values = {} if said is None else {"number": said}
    assert item(name="Bericht", **values).fields["number"] == number


def test_what_came_of_an_item_is_kept_in_the_words_of_the_server() -> None:
    meant = item(name="Bericht", result="einstimmig beschlossen", resolutionText="Es wird gebaut.")
    assert meant.fields["result"] == {"de": "einstimmig beschlossen\n\nEs wird gebaut."}
    assert item(name="Bericht").fields["result"] is None


def test_an_item_that_does_not_say_otherwise_is_public() -> None:
    assert item(name="Bericht").fields["public"] is True
    assert item(name="Personal", public=False).fields["public"] is False


def paper(**values: Any) -> Meaning:
    return rules.paper(Repaired(Type.paper, _ADDRESS, values=values), date(2026, 3, 1))


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Beschlussvorlage", "resolution_proposal"),
        ("Änderungs-/Ergänzungsantrag", "amendment"),
        ("Antrag", "motion"),
        ("Anfrage", "inquiry"),
        ("Beantwortung einer Anfrage", "answer"),
        ("Informationsvorlage", "information"),
        ("Offenlage", "other"),
    ],
)
def test_the_kind_of_a_paper_is_read_from_its_type(said: str, kind: str) -> None:
    assert paper(paperType=said).fields["kind"] == kind


def test_a_paper_without_a_day_has_that_of_its_entry() -> None:
    entered = datetime(2025, 5, 1, 10, tzinfo=UTC)
    assert paper(name="Vorlage", created=entered).fields["dated_on"] == date(2025, 5, 1)
    late = datetime(2025, 4, 30, 22, 30, tzinfo=UTC)
    assert paper(created=late).fields["dated_on"] == date(2025, 5, 1), "in Germany"
    assert paper(name="Vorlage").fields["dated_on"] == date(2026, 3, 1)


def test_a_title_that_is_too_long_is_cut_and_told() -> None:
    meant = paper(name="x" * 400, date=date(2026, 1, 1))
    assert len(meant.fields["title"]["de"]) == rules.LONGEST
    assert Repair("too_long", "name", _ADDRESS) in meant.repairs


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Sozialausschuss", "sozialausschuss"),
        ("Ausschuss für Bildung & Sport", "ausschuss-fuer-bildung-sport"),
        ("!", "x-0"),
        ("A", "x-a"),
        ("2024/0017", "2024-0017"),
    ],
)
def test_keys_are_readable(name: str, key: str) -> None:
    assert rules.slug(name) == key

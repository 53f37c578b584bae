"""Who may see what of a person: no database, no exception."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from services.boards.persons.rules import COLUMNS, Reader, check_key, masked, reader, shown
from services.contracts.boards.persons import Audience, NewPerson, PersonField
from services.contracts.shared.access import Actor, Role
from services.kit.ids import uuid7
from services.kit.keys import is_opaque, opaque
from services.kit.problems import Invalid

DAY = date(2026, 3, 1)
ERIKA = {
    "id": "0193d3a4-5b6c-7d8e-9f00-112233445566",
    "given_name": "Erika",
    "family_name": "Mustermann",
    "form_of_address": "Frau",
    "title": "Dr.",
    "affix": None,
    "gender": "female",
    "organisation": "paritaetischer",
    "email": ["erika@example.org"],
    "phone": ["+49 3641 000000"],
    "address": "Musterstraße 1, Musterstadt",
    "life": {"de": "Wirkt in Musterstadt."},
    "purpose": "board_work",
    "public_by_law": None,
    "consents": [],
    "delete_on": "2031-12-31",
    "erasure_ground": None,
}
PERSONAL = ("Erika", "Mustermann", "Dr.", "female", "example.org", "3641", "Musterstra", "Wirkt")


def seen_by(reader: Reader, *consents: dict[str, Any]) -> dict[str, Any]:
    return masked(ERIKA, reader, shown(consents, None, reader, DAY))


def consent(field: str = "name", **more: Any) -> dict[str, Any]:
    kept = {"audience": "public", "given_on": "2026-01-15", "withdrawn_on": None}
    return {"field": field, "text_version": "2026-01", **kept, **more}


def test_nobody_out_there_sees_anything_without_a_consent() -> None:
    told = str(seen_by(Reader.public))
    assert [word for word in PERSONAL if word in told] == []
    assert "paritaetischer" in told


def test_a_consent_shows_its_field_and_no_other() -> None:
    seen = seen_by(Reader.public, consent("name"))
    assert (seen["title"], seen["family_name"]) == ("Dr.", "Mustermann")
    assert (seen["email"], seen["phone"], seen["gender"], seen["consents"]) == ([], [], None, [])


@pytest.mark.parametrize(
    ("more", "holds"),
    [
        ({}, True),
        ({"given_on": "2026-03-01"}, True),
        ({"given_on": "2026-03-02"}, False),
        ({"withdrawn_on": "2026-03-02"}, True),
        ({"withdrawn_on": "2026-03-01"}, False),
        ({"audience": "members"}, False),
    ],
)
def test_a_consent_holds_from_its_day_until_it_is_withdrawn(
    more: dict[str, Any], holds: bool
) -> None:
    assert shown([consent("email", **more)], None, Reader.public, DAY) == (
        {PersonField.email} if holds else set()
    )


def test_what_is_agreed_for_members_the_public_does_not_see() -> None:
    consents = [consent("email", audience="members")]
    assert PersonField.email in shown(consents, None, Reader.members, DAY)
    assert PersonField.email not in shown(consents, None, Reader.public, DAY)


def test_the_name_of_an_elected_member_is_public_by_law_and_nothing_else() -> None:
    assert shown([], "§ 23 ThürKO", Reader.public, DAY) == {PersonField.name}


def test_the_administration_knows_names_but_not_how_to_reach_people_at_home() -> None:
    seen = seen_by(Reader.administration)
    assert seen["family_name"] == "Mustermann"
    assert (seen["email"], seen["phone"], seen["address"]) == ([], [], None)
    assert seen_by(Reader.register) == ERIKA


def test_every_personal_column_belongs_to_a_field_or_to_the_office() -> None:
    covered = {column for columns in COLUMNS.values() for column in columns}
    office = {"key", "organisation", "purpose", "public_by_law", "consents", "delete_on"}
    assert covered | office | {"visibility"} == set(NewPerson.model_fields)


@given(
    consents=st.lists(
        st.builds(
            consent,
            st.sampled_from([field.value for field in PersonField]),
            audience=st.sampled_from([one.value for one in Audience]),
            given_on=st.dates(DAY - timedelta(5), DAY + timedelta(5)).map(date.isoformat),
            withdrawn_on=st.none()
            | st.dates(DAY - timedelta(5), DAY + timedelta(5)).map(date.isoformat),
        )
    ),
    by_law=st.sampled_from([None, "§ 23 ThürKO"]),
)
def test_whoever_is_closer_never_sees_less(consents: list[dict[str, Any]], by_law: Any) -> None:
    seen = [shown(consents, by_law, one, DAY) for one in Reader]
    for further, closer in pairwise(seen):
        assert further <= closer
    contact = {PersonField.email, PersonField.phone, PersonField.address, PersonField.photo}
    agreed = {PersonField(one["field"]) for one in consents}
    assert (seen[0] | seen[1] | seen[2]) & contact <= agreed


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        ((), Reader.public),
        (("supplier",), Reader.public),
        (("member",), Reader.members),
        (("planner",), Reader.administration),
        (("statistician", "controller"), Reader.administration),
        (("secretary",), Reader.register),
        (("administrator",), Reader.register),
    ],
)
def test_a_role_reads_as_somebody(roles: tuple[str, ...], expected: Reader) -> None:
    actor = Actor(subject="test", kind="person", roles=frozenset(map(Role, roles)))
    assert reader(actor) == expected


def test_people_see_everything_about_themselves_and_about_nobody_else() -> None:
    me = uuid7()
    actor = Actor(subject="test", kind="person", roles=frozenset({Role.member}), person=me)
    assert reader(actor, me) == Reader.register
    assert reader(actor, uuid7()) == Reader.members


@pytest.mark.parametrize(
    "key", ["mustermann-erika", "p-mustermann", "erika-1", "jose-p", "p-mueller", "xmuellerx"]
)
def test_a_key_that_names_the_person_is_refused(key: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_key(key, "José Erika", "Müller-Mustermann")
    assert refused.value.faults[0].pointer == "/key"


@pytest.mark.parametrize("key", [None, "p-1", "m-4", "p-k4x2m7qa3z", "vorsitz"])
def test_another_key_is_taken(key: str | None) -> None:
    check_key(key, "Erika", "An", "Li")


def test_a_made_key_is_known_again() -> None:
    assert is_opaque(opaque("p"), "p")
    assert not is_opaque(opaque("m"), "p")


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": ["erika at example.org"]},
        {"email": ["<erika@example.org>"]},
        {"phone": ["call me"]},
        {"gender": "Female!"},
        {"consents": [consent(withdrawn_on="2026-01-14")]},
        {"consents": [consent("hobby")]},
        {"consents": [consent(), consent(text_version="2")]},
        {"purpose": "marketing"},
    ],
)
def test_what_cannot_be_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        NewPerson.model_validate({"given_name": "Erika", "family_name": "Mustermann", **wrong})


def test_a_consent_may_be_given_again_after_it_was_withdrawn() -> None:
    consents = [consent(withdrawn_on="2026-02-01"), consent(given_on="2026-03-01")]
    kept = NewPerson.model_validate(
        {"given_name": "Erika", "family_name": "Mustermann", "consents": consents}
    )
    assert len(kept.consents) == 2

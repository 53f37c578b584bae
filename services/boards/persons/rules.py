"""Who may see what of a person, and what a key must not tell: pure functions."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from services.contracts.boards.persons import Audience, PersonField
from services.contracts.shared.access import Actor, Role
from services.kit.access import allows
from services.kit.problems import Invalid

_KEEPS_THE_REGISTER = "boards.persons:write"
_TELLING = 3
"""Letters from which on a part of a name tells who it is."""


class Reader(StrEnum):
    """Who reads about persons."""

    public = "public"
    members = "members"
    administration = "administration"
    register = "register"
    """Keeps the register of persons, or reads about themselves."""


COLUMNS: Mapping[PersonField, tuple[str, ...]] = {
    PersonField.name: ("given_name", "family_name", "form_of_address", "title", "affix"),
    PersonField.gender: ("gender",),
    PersonField.email: ("email",),
    PersonField.phone: ("phone",),
    PersonField.address: ("address",),
    PersonField.photo: (),
    PersonField.life: ("life",),
}
_OF_THE_OFFICE = ("public_by_law", "consents", "delete_on", "erasure_ground")
_EMPTY: Mapping[str, Any] = {"email": [], "phone": [], "consents": []}
_KNOWN_WITHOUT_ASKING: Mapping[Reader, frozenset[PersonField]] = {
    Reader.public: frozenset(),
    Reader.members: frozenset({PersonField.name}),
    Reader.administration: frozenset({PersonField.name, PersonField.gender, PersonField.life}),
    Reader.register: frozenset(PersonField),
}
"""Who sits on a board together knows the others' names; ways to reach them are another matter."""


def reader(actor: Actor, person: Any = None) -> Reader:
    """As whom the actor reads about persons, or about this one (their UUID)."""
    own = person is not None and actor.person == person
    if own or any(allows(role, _KEEPS_THE_REGISTER) for role in actor.roles):
        return Reader.register
    if actor.sees_everything:
        return Reader.administration
    return Reader.members if Role.member in actor.roles else Reader.public


def shown(
    consents: Iterable[Mapping[str, Any]], public_by_law: str | None, reader: Reader, on: date
) -> frozenset[PersonField]:
    """What of a person the reader may see on the day.

    Everybody sees what the person agreed to show everybody, and the name of somebody whose name is
    public by law; members of boards and the administration also what was agreed for members. The
    administration knows whom it works with, but not how to reach them at home: that is for those
    who keep the register.
    """
    audiences = {Audience.public, *([Audience.members] if reader != Reader.public else [])}
    agreed = {
        PersonField(one["field"])
        for one in consents
        if one["audience"] in audiences and _stands(one, on)
    }
    by_law = {PersonField.name} if public_by_law is not None else set()
    return _KNOWN_WITHOUT_ASKING[reader] | agreed | by_law


def _stands(consent: Mapping[str, Any], on: date) -> bool:
    day, withdrawn = on.isoformat(), consent["withdrawn_on"]
    return bool(consent["given_on"] <= day and (withdrawn is None or day < withdrawn))


def masked(
    person: Mapping[str, Any], reader: Reader, fields: frozenset[PersonField]
) -> dict[str, Any]:
    """The columns of a person, now or once, with all but the shown fields null or empty."""
    if reader == Reader.register:
        return dict(person)
    hidden = {name for field, names in COLUMNS.items() if field not in fields for name in names}
    if reader != Reader.administration:
        hidden.update(_OF_THE_OFFICE)
    return {name: _EMPTY.get(name) if name in hidden else value for name, value in person.items()}


def check_kept(person: Any) -> None:
    """Refuse something new about a person whose data were erased."""
    if person is not None and person.erased_at is not None:
        raise Invalid("The data of this person were erased.", pointer="/person", code="erased")


def check_key(key: str | None, *names: str | None) -> None:
    """Refuse a key that holds a part of the person's name: keys are for good, names are erased."""
    told = set(_letters(key or ""))
    for name in names:
        for part in _letters(name or ""):
            if len(part) >= _TELLING and any(part in word for word in told):
                detail = "The key would go on naming the person; leave it out to get another."
                raise Invalid(detail, pointer="/key", code="names-the-person")


def _letters(text: str) -> Sequence[str]:
    plain = text.lower()
    for umlaut, written in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        plain = plain.replace(umlaut, written)
    plain = unicodedata.normalize("NFKD", plain)
    return re.findall(r"[a-z]+", "".join(c for c in plain if not unicodedata.combining(c)))

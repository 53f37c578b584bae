"""What a repaired object is in Planraum: pure functions.

What OParl leaves open, such as the state of a meeting or what an organisation is, is read from what
servers really say; where that contradicts itself, the weaker reading wins: who only takes note of a
paper does not decide on it.
"""

import re
from base64 import b32encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import unquote, urlsplit

from services.boards.harvests.repairs.rules import Repaired
from services.boards.harvests.repairs.values import Repair
from services.contracts.boards.bodies import BodyKind, Mandate
from services.contracts.boards.consultations import ConsultationRole as Role
from services.contracts.boards.meetings import MeetingState
from services.contracts.boards.organisations import OrganisationKind
from services.contracts.boards.papers import PaperKind
from services.kit.days import day

_LONGEST_TEXT = 20_000
LONGEST = 300
"""Characters of a line."""
_LONGEST_FILE_NAME = 100
_NO_NAME = re.compile(r"[/\\\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_MIME_TYPE = re.compile(r"^[a-z]+/[A-Za-z0-9][A-Za-z0-9.+\-]{0,120}$")
_NUMBER = re.compile(r"^[0-9A-Za-zÄÖÜäöü]+([.\-][0-9A-Za-zÄÖÜäöü]+)*\.?$")
_FACTION = re.compile(r"fraktion\b|\bfraktion|partei\b|wählergruppe|\bratsgruppe", re.IGNORECASE)
_BODY_NAME = re.compile(
    r"(ausschu(ss|ß)|beirat|kommission|(stadt|gemeinde|kreis|ortschafts|ortsteil)rat|kreistag"
    r"|ratsversammlung|parlament|vertretung|arbeitskreis|arbeitsgruppe|lenkungsgruppe)\b",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"amt\b|^amt\b|dezernat|fachbereich|fachdienst|stabsstelle|verwaltung|referat|abteilung|büro",
    re.IGNORECASE,
)
_COMPANY = re.compile(r"gmbh|\bag\b|eigenbetrieb|stadtwerke|betriebe\b", re.IGNORECASE)
_COUNCIL = re.compile(r"^(stadtrat|gemeinderat|kreistag|rat|stadtverordneten.*|parlament)\b", re.I)
_KINDS: Sequence[tuple[str, BodyKind]] = (
    ("lenkungsgruppe", BodyKind.steering_group),
    ("beirat", BodyKind.advisory_board),
    ("ausschu", BodyKind.committee),
    ("arbeits", BodyKind.working_group),
    ("netz", BodyKind.network),
)
_PAPERS: Sequence[tuple[str, PaperKind]] = (
    ("änderungs", PaperKind.amendment),
    ("ergänzungs", PaperKind.amendment),
    ("beschlussvorlage", PaperKind.resolution_proposal),
    ("vorlage zur beschluss", PaperKind.resolution_proposal),
    ("information", PaperKind.information),
    ("mitteilung", PaperKind.information),
    ("bericht", PaperKind.report),
    ("beantwort", PaperKind.answer),
    ("antwort", PaperKind.answer),
    ("anfrage", PaperKind.inquiry),
    ("empfehlung", PaperKind.recommendation),
    ("stellungnahme", PaperKind.statement),
    ("antrag", PaperKind.motion),
    ("beschluss", PaperKind.resolution_proposal),
)
_ROLES: Sequence[tuple[str, Role]] = (
    ("kenntnis", Role.notes),
    ("information", Role.notes),
    ("vorberat", Role.advises),
    ("empfehl", Role.advises),
    ("anhör", Role.hears),
    ("entscheid", Role.decides),
    ("beschluss", Role.decides),
)


@dataclass(frozen=True)
class Meaning:
    """What an object is: the fields of its contract, and addresses for what it names."""

    id: str
    fields: dict[str, Any]
    links: dict[str, str] = field(default_factory=dict)
    """Field -> address of the one object it names."""
    many: dict[str, list[str]] = field(default_factory=dict)
    """Field -> addresses of the objects it names, in their order."""
    below: list[str] = field(default_factory=list)
    """Addresses of what it says belongs to it."""
    repairs: list[Repair] = field(default_factory=list)


def is_body(organization: Repaired) -> bool:
    """Whether it meets (Gremium), or sends, runs or administers (Fraktion, Amt, Betrieb)."""
    kind = (organization.text("organizationType") or "").lower()
    told = f"{organization.text('classification') or ''} {organization.text('name') or ''}"
    if kind in ("fraktion", "partei", "verwaltungsbereich", "institution") or _FACTION.search(told):
        return False
    if kind in ("gremium", "externes gremium") or "meeting" in organization.values:
        return True
    return bool(_BODY_NAME.search(told))


def body(organization: Repaired) -> Meaning:
    """A body (Gremium): what it is by its classification and name, deciding or advising."""
    name, repairs = _name(organization)
    told = f"{organization.text('classification') or ''} {name}".lower()
    kind = next((kind for part, kind in _KINDS if part in told), BodyKind.other)
    if _COUNCIL.search(name) or "parlament" in told:
        kind = BodyKind.council
    deciding = kind in (BodyKind.council, BodyKind.committee) or "rat" in name.lower()
    decides = deciding and kind != BodyKind.advisory_board
    fields = {
        "name": {"de": name},
        "kind": kind,
        "mandates": [Mandate.decides, Mandate.advises] if decides else [Mandate.advises],
        **_validity(organization, repairs),
        "website": organization.values.get("website"),
    }
    return Meaning(organization.id, fields, _above(organization, repairs), repairs=repairs)


def organisation(organization: Repaired) -> Meaning:
    """An organisation: a council group, a department, an enterprise."""
    name, repairs = _name(organization)
    kind = (organization.text("organizationType") or "").lower()
    told = f"{organization.text('classification') or ''} {name}"
    found = OrganisationKind.other
    if kind in ("fraktion", "partei") or _FACTION.search(told):
        found = OrganisationKind.council_group
    elif _COMPANY.search(told):
        found = OrganisationKind.municipal_enterprise
    elif kind == "verwaltungsbereich" or _OFFICE.search(told):
        found = OrganisationKind.administration
    fields = {
        "name": {"de": name},
        "kind": found,
        "website": organization.values.get("website"),
    }
    return Meaning(organization.id, fields, _above(organization, repairs), repairs=repairs)


def _above(organization: Repaired, repairs: list[Repair]) -> dict[str, str]:
    above = organization.values.get("subOrganizationOf")
    if above == organization.id:
        repairs.append(Repair("part_of_itself", "subOrganizationOf", organization.id))
        above = None
    return {} if above is None else {"parent": above}


def meeting(of: Repaired, now: datetime) -> Meaning | Repair:
    """A meeting; one that says not when it begins cannot be kept.

    Its state follows from what it says and from the time: servers rarely tell it. Where several
    meet, the first leads; who else meets is left out and told.
    """
    starts_at: datetime | None = of.values.get("start")
    organizations: list[str] = of.values.get("organization", [])
    if starts_at is None:
        return Repair("no_start", "start", of.id)
    if not organizations:
        return Repair("no_organization", "organization", of.id)
    name, repairs = _name(of, day(starts_at).isoformat())
    if len(organizations) > 1:
        repairs.append(Repair("first_of_several", "organization", of.id))
    ends_at: datetime | None = of.values.get("end")
    if ends_at is not None and ends_at <= starts_at:
        repairs.append(Repair("ends_before_start", "end", of.id))
        ends_at = None
    fields = {
        "name": {"de": name},
        "state": _state(of, starts_at, ends_at, now),
        "starts_at": starts_at,
        "ends_at": ends_at,
        "location": _place(of.values.get("location")),
    }
    return Meaning(of.id, fields, links={"body": organizations[0]}, repairs=repairs)


def _state(
    of: Repaired, starts_at: datetime, ends_at: datetime | None, now: datetime
) -> MeetingState:
    said = (of.text("meetingState") or "").lower()
    if of.values.get("cancelled") or "abgesagt" in said or "entfällt" in said:
        return MeetingState.cancelled
    if (ends_at or starts_at) < now or "durchgeführt" in said:
        return MeetingState.held
    return MeetingState.invited if "eingeladen" in said else MeetingState.planned


def agenda_item(item: Repaired, position: int) -> Meaning:
    """An item of an agenda at its place, counted from 0; what came of it in the server's words."""
    name, repairs = _name(item, "Tagesordnungspunkt")
    number = item.text("number")
    if number is None or len(number) > 20 or not _NUMBER.match(number):
        compact = re.sub(r"\s+", "-", number or "")
        repairs.append(Repair("no_number", "number", item.id))
        number = compact if _NUMBER.match(compact) and len(compact) <= 20 else str(position + 1)
    told = [item.text("result"), item.text("resolutionText")]
    result = "\n\n".join(text for text in told if text)[:_LONGEST_TEXT]
    fields = {
        "number": number,
        "position": position,
        "title": {"de": name},
        "public": item.values.get("public", True),
        "result": {"de": result} if result else None,
    }
    return Meaning(item.id, fields, repairs=repairs)


def paper(of: Repaired, today: date) -> Meaning:
    """A paper; its day is the one on it, else the one on which it was entered."""
    name, repairs = _name(of, of.text("reference") or "Drucksache")
    label = of.text("paperType")
    told = (label or "").lower()
    dated_on = of.values.get("date")
    if dated_on is None:
        repairs.append(Repair("no_date", "date", of.id))
        entered = of.values.get("created") or of.values.get("modified")
        dated_on = day(entered) if entered is not None else today
    fields = {
        "reference": _cut(of.text("reference"), "reference", of.id, repairs),
        "title": {"de": name},
        "kind": next((kind for part, kind in _PAPERS if part in told), PaperKind.other),
        "kind_label": _cut(label, "paperType", of.id, repairs),
        "dated_on": dated_on,
    }
    many = {
        "under_direction_of": of.values.get("underDirectionOf", []),
        "originator_organisations": of.values.get("originatorOrganization", []),
        "superordinate": of.values.get("superordinatedPaper", []),
        "related": of.values.get("relatedPaper", []),
    }
    below = of.values.get("subordinatedPaper", [])
    return Meaning(of.id, fields, many=many, below=below, repairs=repairs)


def consultation(of: Repaired, paper: str | None = None) -> Meaning | Repair:
    """A step of a paper in a body; `paper` is the one it is embedded in."""
    whose = of.values.get("paper") or paper
    if whose is None:
        return Repair("no_paper", "paper", of.id)
    label, repairs = of.text("role"), list[Repair]()
    role = role_of(label, of.values.get("authoritative"))
    if of.values.get("authoritative") and role in (Role.notes, Role.hears, Role.advises):
        repairs.append(Repair("not_authoritative", "authoritative", of.id))
    links = {"paper": whose}
    for name, property in (("meeting", "meeting"), ("agenda_item", "agendaItem")):
        if (address := of.values.get(property)) is not None:
            links[name] = address
    fields = {"role": role, "role_label": _cut(label, "role", of.id, repairs)}
    bodies = {"bodies": of.values.get("organization", [])}
    return Meaning(of.id, fields, links=links, many=bodies, repairs=repairs)


def file(of: Repaired) -> Meaning | Repair:
    """A file: what it is called, and where the server gives it out."""
    link = of.values.get("accessUrl") or of.values.get("downloadUrl")
    if link is None:
        return Repair("no_address", "accessUrl", of.id)
    said = of.text("fileName") or unquote(urlsplit(link).path).rpartition("/")[2]
    file_name = _NO_NAME.sub("_", said)[-_LONGEST_FILE_NAME:].strip(". ") or "Datei"
    repairs: list[Repair] = []
    name = _cut(of.text("name"), "name", of.id, repairs)
    size, mime_type = of.values.get("size"), of.text("mimeType") or ""
    fields = {
        "name": name or file_name.rpartition(".")[0] or file_name,
        "file_name": file_name,
        "link": link,
        "download_link": of.values.get("downloadUrl"),
        "mime_type": mime_type if _MIME_TYPE.match(mime_type) else "application/octet-stream",
        "size": size if size is not None and size >= 0 else None,
        "dated_on": of.values.get("date"),
    }
    return Meaning(of.id, fields, repairs=repairs)


def role_of(said: str | None, authoritative: bool | None) -> Role:
    """The role by its name; only one without a telling name is read from `authoritative`."""
    told = (said or "").lower()
    named = next((role for part, role in _ROLES if part in told), None)
    if named == Role.decides and authoritative is False:
        return Role.advises
    if named is not None:
        return named
    return Role.decides if authoritative else Role.other


def weaker(role: Role, mandates: Sequence[str]) -> Role:
    """What is left of a role in a body that may not decide."""
    return Role.advises if role == Role.decides and Mandate.decides not in mandates else role


def slug(name: str) -> str:
    """A readable key made of a name: `sozialausschuss`."""
    plain = name.lower()
    for letter, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        plain = plain.replace(letter, letters)
    made = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")
    return made if len(made) > 1 else f"x-{made or '0'}"


def digest(address: str) -> str:
    """Ten letters and digits that stand for an address."""
    return b32encode(sha256(address.encode()).digest()).decode().lower()[:10]


def _name(of: Repaired, otherwise: str = "Ohne Namen") -> tuple[str, list[Repair]]:
    repairs: list[Repair] = []
    name = _cut(of.text("name"), "name", of.id, repairs)
    if name is None:
        repairs.append(Repair("no_name", "name", of.id))
    return name or otherwise, repairs


def _cut(text: str | None, name: str, whose: str, repairs: list[Repair]) -> str | None:
    if text is None or len(text) <= LONGEST:
        return text
    repairs.append(Repair("too_long", name, whose))
    return text[: LONGEST - 1] + "…"


def _validity(of: Repaired, repairs: list[Repair]) -> dict[str, date | None]:
    starts_on, ends_on = of.values.get("startDate"), of.values.get("endDate")
    if starts_on is not None and ends_on is not None and ends_on < starts_on:
        repairs.append(Repair("ends_before_start", "endDate", of.id))
        ends_on = None
    return {"starts_on": starts_on, "ends_on": ends_on}


def _place(location: Repaired | None) -> Mapping[str, str] | None:
    if location is None:
        return None
    names = ("description", "room", "streetAddress", "postalCode", "locality")
    told = [text for name in names if (text := location.text(name))]
    joined = ", ".join(dict.fromkeys(told))[:LONGEST]
    return {"de": joined} if joined else None

"""Social infrastructure: facilities and the kinds they are of (Einrichtungen)."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, field_validator

from services.contracts.indicators.catalogue import Source
from services.contracts.shared.base import (
    Answer,
    Key,
    Line,
    Link,
    LongTexts,
    Request,
    Stored,
    Texts,
    Visibility,
    example,
)
from services.contracts.shared.validity import EndsOn, StartsOn

Breakdown = Annotated[
    str,
    StringConstraints(max_length=400, pattern=r"^[^\s,]*$"),
    Field(description="As figures are stored, such as `GES=GESM`; empty is the total."),
]
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]


class NeedGroup(Request):
    """Whose number says how much is needed (Bedarfsgruppe): an indicator of counts."""

    model_config = example(indicator="kinder-unter-3", breakdown="")

    indicator: Annotated[Key, Field(description="An indicator of the kind `count`.")]
    breakdown: Breakdown = ""


class NewFacilityKind(Request):
    """A kind of facility (Einrichtungsart): kindergarten, youth centre, counselling, shelter."""

    model_config = example(
        key="kita",
        name={"de": "Kindertageseinrichtung", "en": "Day care centre for children"},
        description={"de": "Einrichtungen nach § 22 SGB VIII."},
        need={"indicator": "kinder-unter-7", "breakdown": ""},
        visibility="public",
    )

    key: Key
    name: Texts
    description: LongTexts | None = None
    need: Annotated[
        NeedGroup | None,
        Field(description="The group that needs such places; null where none is counted."),
    ] = None
    visibility: Visibility = Visibility.public


class FacilityKind(Stored, NewFacilityKind):
    """A kind of facility as it is stored."""

    model_config = {**Stored.model_config, **NewFacilityKind.model_config, "extra": "ignore"}


class FacilityState(StrEnum):
    """Whether a facility is open (Betriebsstand)."""

    planned = "planned"
    open = "open"
    paused = "paused"
    closed = "closed"


class Access(StrEnum):
    """Whether something is there for people with disabilities; not known is not a no."""

    yes = "yes"
    partly = "partly"
    no = "no"
    unknown = "unknown"


class Accessibility(Request):
    """How far everybody gets in and along (Barrierefreiheit), as somebody has documented it."""

    model_config = example(step_free="yes", lift="unknown", toilet="no")

    step_free: Access = Field(default=Access.unknown, description="Entrance without steps.")
    lift: Access = Field(default=Access.unknown, description="Every floor by lift, or one floor.")
    toilet: Access = Field(default=Access.unknown, description="Toilet for wheelchair users.")
    parking: Access = Field(default=Access.unknown, description="Parking for disabled persons.")
    seeing: Access = Field(default=Access.unknown, description="Guidance for blind people.")
    hearing: Access = Field(default=Access.unknown, description="Induction loop or the like.")
    sign_language: Access = Field(default=Access.unknown, description="German Sign Language.")
    easy_language: Access = Field(default=Access.unknown, description="Advice in easy language.")


class Capacity(Request):
    """How many places there are from a day on (Platzzahl)."""

    model_config = example(valid_from="2025-08-01", places=90, forecast=False, note=None)

    valid_from: date
    places: Annotated[
        int | None, Field(ge=0, le=1_000_000, description="Null: not known, which is not zero.")
    ] = None
    forecast: bool = Field(
        default=False, description="Planned, not counted. An entry in the future must say so."
    )
    note: Line | None = None


class PointGeometry(Request):
    """A GeoJSON point in WGS84 (RFC 7946)."""

    model_config = example(type="Point", coordinates=[11.6, 50.89])

    type: Literal["Point"]
    coordinates: tuple[
        Annotated[float, Field(ge=-180, le=180)], Annotated[float, Field(ge=-90, le=90)]
    ] = Field(description="Longitude and latitude.")


class NewFacility(Request):
    """A facility of the social infrastructure (Einrichtung)."""

    model_config = example(
        key="kita-am-park",
        name={"de": "Kindertageseinrichtung am Park", "en": "Day care centre by the park"},
        kind="kita",
        provider="stadt-jena",
        state="open",
        starts_on="2015-08-01",
        ends_on=None,
        capacity=[{"valid_from": "2025-08-01", "places": 90, "forecast": False, "note": None}],
        target_groups=[{"de": "Kinder bis zum Schuleintritt"}],
        accessibility={"step_free": "yes", "toilet": "no"},
        location={"type": "Point", "coordinates": [11.6, 50.89]},
        area="lobeda-west",
        address="Am Park 1, 07747 Jena",
        languages=["de", "en"],
        description=None,
        website=None,
        source={"publisher": "Stadt Jena", "table": None, "licence": "dl-de/by-2-0"},
        visibility="public",
    )

    key: Key
    name: Texts
    kind: Annotated[Key, Field(description="Key of a kind of facility.")]
    provider: Annotated[
        Line | None,
        Field(description="Who runs it: the key of an organisation, or its name (Träger)."),
    ] = None
    state: FacilityState = FacilityState.open
    starts_on: StartsOn = None
    ends_on: EndsOn = None
    capacity: list[Capacity] = Field(
        default=[], max_length=100, description="One entry for each day on which it changes."
    )
    target_groups: list[Texts] = Field(default=[], max_length=20)
    accessibility: Accessibility = Accessibility()
    location: Annotated[
        PointGeometry | None,
        Field(description="Null where it is not known or must not be known, as of a shelter."),
    ] = None
    area: Annotated[
        Key | None, Field(description="The area it is in; counts where no shape says so.")
    ] = None
    address: Annotated[
        Line | None, Field(description="Street and town of the facility, no names of persons.")
    ] = None
    languages: list[LanguageCode] = Field(
        default=[], max_length=50, description="Spoken there, as codes of ISO 639."
    )
    description: LongTexts | None = None
    website: Link | None = None
    source: Annotated[
        Source | None, Field(description="Where this is known from, and its licence.")
    ] = None
    visibility: Visibility = Visibility.public

    @field_validator("capacity")
    @classmethod
    def _one_for_each_day(cls, capacity: list[Capacity]) -> list[Capacity]:
        in_time = sorted(capacity, key=lambda entry: entry.valid_from)
        days = [entry.valid_from for entry in in_time]
        if len(set(days)) < len(days):
            raise ValueError("two entries are valid from the same day")
        return in_time


class Facility(Stored, NewFacility):
    """A facility as it is stored."""

    model_config = {**Stored.model_config, **NewFacility.model_config, "extra": "ignore"}

    distance: int | None = Field(
        default=None, description="Metres from `near`; null where that was not asked."
    )


class FacilityArea(Answer):
    """An area that a facility is in, on one level (Gebietszuordnung)."""

    model_config = example(level="statistischer-bezirk", area="lobeda-west", by="schematic_shape")

    level: str
    area: str
    by: Literal["shape", "schematic_shape", "statement"] = Field(
        description="By which it was assigned; a schematic shape is a drawn tile, not the real one."
    )


class FacilitiesImported(Answer):
    """What an import of facilities did, or would do (dry run)."""

    model_config = example(
        dry_run=True,
        created=["kita-am-park"],
        changed=[{"facility": "kita-nord", "fields": ["capacity"]}],
        unchanged=["kita-sued"],
        outside=["kita-am-park"],
    )

    dry_run: bool
    created: list[str]
    changed: list["FacilityChanged"]
    unchanged: list[str]
    outside: list[str] = Field(
        description="Facilities of the file whose location lies in no shape of any area."
    )


class FacilityChanged(Answer):
    """A facility that an import changes, and in which fields."""

    facility: str
    fields: list[str]

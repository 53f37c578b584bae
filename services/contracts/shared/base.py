"""The ground every contract stands on."""

import re
from collections.abc import Hashable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Generic, Literal, TypeVar
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic.json_schema import WithJsonSchema

Language = Literal["de", "en", "it"]
GermanOrEnglish = Literal["de", "en"]
"""For what is worded in these two alone, such as what is printed."""


def example(**fields: Any) -> ConfigDict:
    """Configuration of a contract with its example from real planning work."""
    return ConfigDict(json_schema_extra={"examples": [fields]})


class Request(BaseModel):
    """What a client sends. Unknown fields, NaN and infinite numbers are refused."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, str_strip_whitespace=True
    )


class Answer(BaseModel):
    """What a client gets. Every field is always there; null says that there is no value."""

    model_config = ConfigDict(
        extra="ignore",
        frozen=True,
        from_attributes=True,
        json_schema_serialization_defaults_required=True,
    )


_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters but tab and line feed, and those that turn the direction of writing."""


def _plain(text: str) -> str:
    if _CONTROL.search(text):
        raise ValueError("control characters are not allowed")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError("the text is not valid Unicode") from None
    return text


def _one_line(text: str) -> str:
    if len(text.splitlines()) > 1:
        raise ValueError("only one line is allowed")
    return text


def _no_identifier(key: str) -> str:
    try:
        UUID(key)
    except ValueError:
        return key
    raise ValueError("a key must not look like a UUID")


def _cents(amount: Decimal) -> Decimal:
    return (amount + 0).quantize(Decimal("0.01"))


def shortest(number: Decimal) -> Decimal:
    """One written form of a number: 80, not 80.0000 or 8E+1."""
    return Decimal(f"{(number + 0).normalize():f}")


Line = Annotated[
    str,
    StringConstraints(min_length=1, max_length=300),
    AfterValidator(_plain),
    AfterValidator(_one_line),
]
Prose = Annotated[str, StringConstraints(min_length=1, max_length=20_000), AfterValidator(_plain)]
Key = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", min_length=2, max_length=80),
    AfterValidator(_no_identifier),
    Field(description="Readable, lasting key: lower case letters, digits and hyphens."),
]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.\-]{1,40}$")]
Money = Annotated[
    Decimal,
    Field(ge=0, max_digits=14, decimal_places=2, description="Amount in euros, two decimals."),
    AfterValidator(_cents),
]
Percent = Annotated[
    Decimal,
    Field(ge=0, le=100, max_digits=7, decimal_places=4, description="Per cent, 0 to 100."),
    AfterValidator(shortest),
]
Link = Annotated[
    str,
    StringConstraints(pattern=r"^https?://[^\s<>\"]+$", max_length=2000),
    AfterValidator(_plain),
]


def _german_first(texts: dict[Language, str]) -> dict[Language, str]:
    if "de" not in texts:
        raise ValueError("the German text (de) is required")
    return texts


def _texts_schema(longest: int) -> WithJsonSchema:
    text = {"type": "string", "minLength": 1, "maxLength": longest}
    return WithJsonSchema(
        {
            "type": "object",
            "title": "Texts by language",
            "properties": {"de": text, "en": text, "it": text},
            "required": ["de"],
            "additionalProperties": False,
        }
    )


Texts = Annotated[dict[Language, Line], AfterValidator(_german_first), _texts_schema(300)]
"""One line in several languages; German is required."""
LongTexts = Annotated[dict[Language, Prose], AfterValidator(_german_first), _texts_schema(20_000)]
"""Prose in several languages; German is required."""


H = TypeVar("H", bound=Hashable)


def each_once(things: list[H]) -> list[H]:
    """Refuse a list that names something twice."""
    if len(set(things)) < len(things):
        raise ValueError("nothing may be named twice")
    return things


Keys = Annotated[list[Key], Field(max_length=100), AfterValidator(each_once)]
"""Keys of other things, each once."""


class Visibility(StrEnum):
    """Who may see a row: everybody, the members of boards, or the administration alone."""

    public = "public"
    members = "members"
    administration = "administration"


class Stored(Answer):
    """What every stored resource tells about itself."""

    id: UUID = Field(description="UUIDv7.")
    revision: int = Field(description="Grows with every change; send it back as If-Match.")
    created_at: datetime
    changed_at: datetime


Item = TypeVar("Item", bound=Answer)


class Page(Answer, Generic[Item]):
    """One page of a list; follow `next` (also in the Link header) until it is null."""

    items: Sequence[Item]
    next: str | None = Field(description="Address of the next page, or null on the last.")


class Revision(Answer):
    """One state a resource once had (Fassung)."""

    model_config = example(
        revision=1,
        changed_at="2026-01-15T09:30:00Z",
        actor="token:clerk",
        row={"key": "praeventionsnetz", "name": {"de": "Präventionsnetz Wartburgkreis"}},
    )

    revision: int
    changed_at: datetime
    actor: str = Field(description="Who made the change: an identifier, never a name.")
    row: Mapping[str, Any] = Field(description="The stored row as it was.")


class Period(Request):
    """A span of days; `until` is the last day and may be open."""

    start: date
    until: date | None = None

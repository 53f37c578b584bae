"""The features of a foreign map in our words: pure functions."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, TypeAlias

from pydantic import ValidationError

from services.contracts.indicators.areas import AreaProperties
from services.contracts.shared.problems import Fault
from services.indicators.breakdowns import CODE
from services.indicators.deliveries.formats.figures import label_of
from services.indicators.deliveries.formats.slugs import slug
from services.kit.faults import faults_of, pointer
from services.kit.problems import Invalid

Properties = Mapping[str, Any]
Features: TypeAlias = list[tuple[int, AreaProperties]]
"""What features say in our words, each with its number in the file."""
LONGEST_KEY = 80
LONGEST_NAME = 300
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Naming:
    """Which properties of a foreign map say what; None: none does.

    Without `key` the key is made of the name. `prefix` stands before every key.
    """

    key: str | None = None
    name: str | None = None
    code: str | None = None
    scheme: str | None = None
    prefix: str | None = None

    @property
    def name_from(self) -> str:
        """The property of the name."""
        return self.name or "name"

    @property
    def key_from(self) -> str:
        """The property of which the key is made."""
        return self.key or self.name_from

    def with_wishes(self, wished: "Naming") -> "Naming":
        """With what was said beforehand in place of what was only seen."""
        said = {name: value for name, value in asdict(wished).items() if value is not None}
        return replace(self, **said)

    def with_scheme(self, level: str | None) -> "Naming":
        """With the scheme of its codes, that of the level if none is named; refused (422): none."""
        if self.scheme or level:
            return replace(self, scheme=self.scheme or level)
        detail = "Name the scheme of the codes, or the level of the areas."
        raise Invalid(detail, parameter="code_scheme", code="missing")

    @property
    def is_given(self) -> bool:
        """Is anything said at all?"""
        return any((self.key, self.name, self.code, self.scheme, self.prefix))


def is_ours(features: Iterable[Properties]) -> bool:
    """Does any feature speak our language?"""
    return any("key" in properties for properties in features)


def read(
    features: Iterable[Properties],
    naming: Naming,
    by_code: Mapping[str, Sequence[str]],
    level: str | None,
) -> tuple[Features, list[Fault]]:
    """The features in our words, and what is wrong with the others.

    An area that has the code already is that area, whatever its key would be.
    """
    found: Features = []
    faults: list[Fault] = []
    for n, properties in enumerate(features):
        told: Mapping[str, Any] = properties
        try:
            if naming.is_given:
                told = _described(n, properties, naming, by_code)
                told = {**told, "level": level} if level else told
            found.append((n, AreaProperties.model_validate(told)))
        except Invalid as refused:
            faults += refused.faults
        except ValidationError as error:
            at = pointer(("features", n, "properties"))
            faults += [
                fault.model_copy(update={"pointer": f"{at}{fault.pointer}"})
                for fault in faults_of(error.errors(), "body", told)
            ]
    return found, faults


def _described(
    n: int, properties: Properties, naming: Naming, by_code: Mapping[str, Sequence[str]]
) -> dict[str, Any]:
    """Key, name and codes of a feature; nothing else of it counts. Refused (422): see `_text`."""
    name = _text(n, properties, naming.name_from)
    told: dict[str, Any] = {
        "name": name,
        "key": key_of(_text(n, properties, naming.key_from), naming),
    }
    if naming.code is not None:
        code = _text(n, properties, naming.code)
        if not CODE.fullmatch(code):
            detail = "This is no code of 1 to 40 letters, digits, _ . -"
            raise _refusal(n, naming.code, "code", detail)
        known = by_code.get(code, ())
        if len(known) > 1:
            detail = f"Several areas have this code: {', '.join(known)}."
            raise _refusal(n, naming.code, "ambiguous", detail)
        told["codes"] = {naming.scheme: code}
        told["key"] = known[0] if known else told["key"]
    return told


def in_their_words(fault: Fault, naming: Naming) -> Fault:
    """A fault that points to the property from which our word came."""
    start, mark, word = (fault.pointer or "").rpartition("/properties/")
    theirs = {"key": naming.key_from, "name": naming.name_from, "codes": naming.code or ""}
    word = word.partition("/")[0]
    if not naming.is_given or not mark or not theirs.get(word):
        return fault
    return fault.model_copy(update={"pointer": f"{start}{mark}{_escaped(theirs[word])}"})


def _escaped(name: str) -> str:
    return pointer((name,))[1:]


def key_of(text: str, naming: Naming) -> str:
    """A key for the area: the text where it is one, else made of it: `Jena-Süd` is `jena-sued`."""
    prefix = f"{naming.prefix}-" if naming.prefix else ""
    room = LONGEST_KEY - len(prefix)
    return prefix + (text if _KEY.fullmatch(text) and len(text) <= room else slug(text, room))


def _text(n: int, properties: Properties, name: str) -> str:
    text = text_of(properties.get(name))
    if text is None:
        raise _refusal(n, name, "missing", "The feature has no such property, or none of use.")
    return text


def text_of(value: object) -> str | None:
    """A property as a text; a whole number without decimals; None for everything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int) and abs(value) < 10**15:
        return str(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        return str(int(value))
    text = value.strip() if isinstance(value, str) else ""
    return text if 0 < len(text) <= LONGEST_NAME and is_plain(text) else None


def is_plain(text: str) -> bool:
    """Is the text one that can be written: without control characters and half letters?"""
    return label_of(text) == " ".join(text.split())


def _refusal(n: int, name: str, code: str, detail: str) -> Invalid:
    place = pointer(("features", n, "properties", name))
    return Invalid(detail, faults=[Fault(pointer=place, code=code, detail=detail)])


def parameters_of(naming: Naming) -> dict[str, str]:
    """The parameters of an import by which the map is read like this."""
    given = {
        "key_property": naming.key,
        "name_property": naming.name,
        "code_property": naming.code,
        "code_scheme": naming.scheme,
        "key_prefix": naming.prefix,
    }
    return {name: value for name, value in given.items() if value is not None}

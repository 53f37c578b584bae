"""Which property of a foreign map is the name of an area, which its number: seen, never known."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from services.contracts.indicators.area_imports import PropertyRole, PropertySeen
from services.indicators.breakdowns import CODE
from services.indicators.deliveries.formats.slugs import slug
from services.indicators.portal_maps.rules import (
    LONGEST_KEY,
    LONGEST_NAME,
    Naming,
    Properties,
    is_plain,
    parameters_of,
    text_of,
)
from services.kit.problems import Invalid

_SHOWN = 3
_NAMES = re.compile(
    r"(?:^|[_ .\-])(?:name|gen|bez|bezeichnung|label|titel|text)(?:$|[_ .\-0-9])", re.I
)
_CODES = re.compile(
    r"(?:^|[_ .\-])(?:id|nr|nummer|no|code|key|kennziffer|kennung|schl(?:ü|ue)ssel|ags|ars|rs|gkz|"
    r"nuts|gid)(?:$|[_ .\-0-9])|(?:plr|bzr|pgr|bez)_?id$",
    re.I,
)
_TECHNICAL = re.compile(r"gml_?id|fid|ogc_fid|objectid|object_id|uuid|globalid", re.I)
_SHAPE = re.compile(r"the_geom|geom|geometry|wkb_geometry|shape|wkt", re.I)


def proposal(features: Sequence[Properties]) -> tuple[Naming | None, list[PropertySeen]]:
    """How a foreign map is probably meant, and what was seen; None: no property can be a name.

    Numbers make better codes than keys: of names that tell all areas apart keys are made that
    people can read. Where names repeat, the number is the key.
    """
    columns = list(_columns(features))
    codes = [c for c in columns if c.is_code]
    names = [c for c in columns if c.is_name]
    code = min(codes, key=_Column.rank_as_code, default=None)
    name = min(names, key=_Column.rank_as_name, default=None)
    if name is None:
        return None, [c.seen() for c in columns]
    key = name if code is None or name.is_distinct else code
    roles: dict[str, list[PropertyRole]] = {name.name: [PropertyRole.name]}
    roles.setdefault(key.name, []).append(PropertyRole.key)
    if code is not None:
        roles.setdefault(code.name, []).append(PropertyRole.code)
    naming = Naming(key=key.name, name=name.name, code=code.name if code else None)
    return naming, [c.seen(roles.get(c.name, ())) for c in columns]


@dataclass(frozen=True)
class _Column:
    name: str
    at: int
    texts: Sequence[str]
    features: int
    examples: Sequence[str]

    @property
    def different(self) -> int:
        return len({slug(text, LONGEST_KEY) for text in self.texts})

    @property
    def is_distinct(self) -> bool:
        return self.different == self.features

    @property
    def is_shape(self) -> bool:
        return _SHAPE.fullmatch(self.name) is not None

    @property
    def _is_filled(self) -> bool:
        return len(self.texts) == self.features and not self.is_shape

    @property
    def is_code(self) -> bool:
        return (
            self._is_filled
            and _CODES.search(self.name) is not None
            and _TECHNICAL.fullmatch(self.name) is None
            and all(CODE.fullmatch(text) for text in self.texts)
        )

    @property
    def is_name(self) -> bool:
        letters = sum(any(sign.isalpha() for sign in text) for text in self.texts)
        return self._is_filled and not self.is_code and 2 * letters > self.features

    def rank_as_code(self) -> tuple[object, ...]:
        return (-self.different, self.name.lower() == "gid", self.at)

    def rank_as_name(self) -> tuple[object, ...]:
        technical = _TECHNICAL.fullmatch(self.name) is not None
        return (technical, _NAMES.search(self.name) is None, -self.different, self.at)

    def seen(self, roles: Sequence[PropertyRole] = ()) -> PropertySeen:
        because = "a shape in another coding; the geometry of the feature counts"
        if roles:
            because = "tells the areas apart" if PropertyRole.key in roles else "one for each area"
        elif not self.is_shape:
            because = "not needed"
        return PropertySeen(
            name=self.name,
            roles=list(roles),
            different=len(set(self.texts)),
            because=because,
            examples=list(self.examples),
        )


def _columns(features: Sequence[Properties]) -> Iterator[_Column]:
    every = dict.fromkeys(name for properties in features for name in properties)
    names = [name for name in every if 0 < len(name) <= LONGEST_NAME and is_plain(name)]
    for at, name in enumerate(names):
        texts = [text for p in features if (text := text_of(p.get(name))) is not None]
        yield _Column(name, at, texts, len(features), [text[:80] for text in texts[:_SHOWN]])


def not_explained(features: Sequence[Properties]) -> Invalid:
    """The refusal of a foreign map of which nothing was said, with what could be said."""
    naming, _ = proposal(features)
    detail = "No feature has a `key`, so these properties are those of another house."
    if naming is not None:
        said = "&".join(f"{name}={value}" for name, value in parameters_of(naming).items())
        detail += f" Probably meant is {said}; see POST /areas/import/proposals."
    return Invalid(detail, parameter="key_property", code="missing")

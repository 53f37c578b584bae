"""Which resources of the indicators service bring which others along (`?include=`)."""

from services.contracts.indicators.areas import Area, AreaLevel
from services.contracts.indicators.catalogue import Indicator
from services.contracts.indicators.facilities import Facility, FacilityKind
from services.contracts.indicators.findings import Finding
from services.contracts.indicators.indices import Index
from services.contracts.indicators.needs import NeedsRule
from services.contracts.indicators.topics import Topic
from services.indicators.facility_kinds.queries import FACILITY_KINDS
from services.indicators.levels.queries import LEVELS
from services.indicators.topics.queries import TOPICS
from services.kit.relations import Relation
from services.kit.selection import Relations

_TOPIC = Relation(TOPICS, Topic, "indicators.catalogue:read", named="topic")
_LEVEL = Relation(LEVELS, AreaLevel, "indicators.areas:read", named="level")
RELATIONS: Relations = {
    Area: {"level": _LEVEL},
    Indicator: {"topic": _TOPIC},
    Index: {"topic": _TOPIC, "level": _LEVEL},
    Facility: {
        "kind": Relation(FACILITY_KINDS, FacilityKind, "indicators.facilities:read", named="kind")
    },
    NeedsRule: {"topic": _TOPIC, "level": _LEVEL},
    Finding: {"topic": _TOPIC, "level": _LEVEL},
}

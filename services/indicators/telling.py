"""Of what this service tells others: what is measured, where, what was released and found."""

from services.indicators.areas.queries import AREAS
from services.indicators.catalogue.queries import INDICATORS
from services.indicators.catalogue_versions.queries import VERSIONS
from services.indicators.deliveries.queries import DELIVERIES
from services.indicators.dimensions.queries import DIMENSIONS
from services.indicators.facilities.queries import FACILITIES
from services.indicators.facility_kinds.queries import FACILITY_KINDS
from services.indicators.findings.queries import FINDINGS
from services.indicators.indices.queries import INDICES
from services.indicators.levels.queries import LEVELS
from services.indicators.needs.queries import NEEDS_RULES
from services.indicators.releases.queries import RELEASES
from services.indicators.reports.queries import REPORTS
from services.indicators.territory.crosswalks.queries import CROSSWALKS
from services.indicators.topics.queries import TOPICS
from services.kit.telling.rules import EVERY, Told

TOLD = (
    Told(AREAS, "indicators.areas:read"),
    Told(LEVELS, "indicators.areas:read"),
    Told(CROSSWALKS, "indicators.territory:read"),
    Told(INDICATORS, "indicators.catalogue:read"),
    Told(DIMENSIONS, "indicators.catalogue:read"),
    Told(TOPICS, "indicators.catalogue:read"),
    Told(VERSIONS, "indicators.catalogue:read", {"approved"}),
    Told(INDICES, "indicators.indices:read"),
    Told(DELIVERIES, "indicators.deliveries:inspect", EVERY),
    Told(RELEASES, "indicators.releases:read"),
    Told(FACILITY_KINDS, "indicators.facilities:read"),
    Told(FACILITIES, "indicators.facilities:read"),
    Told(NEEDS_RULES, "indicators.needs:read"),
    Told(FINDINGS, "indicators.needs:read", {"opened", "confirmed", "dismissed", "resolved"}),
    Told(REPORTS, "indicators.reports:read"),
)

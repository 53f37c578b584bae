"""Every question asked of the stored disclosures."""

from services.kit.resources import Kind
from services.projects.grant_disclosures.tables import GrantDisclosureRow
from services.projects.grants.queries import GRANTS

DISCLOSURES = Kind(
    GrantDisclosureRow,
    "grant-disclosures",
    "projects.grant_disclosure",
    within={"grant": GRANTS},
)

"""What has to be published of grants of the European Social Fund (Angaben zur Veröffentlichung)."""

from services.contracts.projects.grant_disclosures import NewGrantDisclosure
from services.contracts.projects.operations import ProgrammingPeriod
from services.contracts.shared.base import LongTexts

ACTIVE_INCLUSION = 109
"""Aktive Inklusion: Regulation (EU) 215/2014, annex I, table 1."""


def thuringian_esf(grant: str, postcode: str, nuts: str, summary: LongTexts) -> NewGrantDisclosure:
    """Of a grant that the list of operations of Thuringia 2014-2020 names."""
    return NewGrantDisclosure(
        key=grant,
        grant=grant,
        programming_period=ProgrammingPeriod.earlier,
        fund="ESF",
        cci="2014DE05SFOP014",
        intervention_code=ACTIVE_INCLUSION,
        postcode=postcode,
        nuts=nuts,
        summary=summary,
    )

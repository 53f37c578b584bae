"""Grants in the words of 360Giving 1.4: JSON. Who awarded how much to whom, when and for what."""

import json
from collections.abc import Iterable
from datetime import UTC
from typing import Any

from services.projects.exports.identifiers import Scheme
from services.projects.exports.works import Party, Work


def written(works: Iterable[Work], scheme: Scheme) -> str:
    """A package of grants; all of them complete, at least one."""
    package = {"version": "1.4", "grants": [_grant(work, scheme) for work in works]}
    return json.dumps(package, ensure_ascii=False, indent=1)


def _grant(work: Work, scheme: Scheme) -> dict[str, Any]:
    assert work.beneficiary
    assert work.funder
    assert work.summary
    assert work.starts_on
    assert work.awarded_on
    assert work.amount is not None
    planned = {"startDate": work.starts_on.isoformat()}
    if work.ends_on is not None:
        planned["endDate"] = work.ends_on.isoformat()
    # Twelve digits and two decimals are exact in a JSON number.
    paid = {} if work.paid is None else {"amountDisbursed": float(work.paid.amount)}
    return {
        "id": scheme.work(work),
        "title": work.title["de"],
        "description": work.summary["de"],
        "currency": "EUR",
        "amountAwarded": float(work.amount),
        **paid,
        "awardDate": work.awarded_on.isoformat(),
        "plannedDates": [planned],
        "fundingOrganization": [_organisation(work.funder, scheme)],
        "recipientOrganization": [_organisation(work.beneficiary, scheme)],
        "grantProgramme": [{"code": work.programme, "title": work.programme_name}],
        "dateModified": work.changed_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def _organisation(party: Party, scheme: Scheme) -> dict[str, Any]:
    return {"id": scheme.party(party), "name": party.name}

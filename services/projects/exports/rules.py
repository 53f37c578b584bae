"""What is missing for each export, and what it tells of: pure functions.

Nothing is invented: what a format requires and nobody has said keeps the work out of it.
"""

from collections.abc import Iterable, Sequence

from services.contracts.projects.exports import Completeness, Export, Incomplete
from services.projects.exports.works import GRANTS, ONWARD, OPERATIONS, Work

_LAST_CODE = 123
"""The Commission's table knows the types of intervention of 2014-2020 only."""


def missing(work: Work, export: Export) -> list[str]:
    """The fields without which the export cannot tell of the work."""
    return [field for field, there in _needs(work, export).items() if not there]


def _needs(work: Work, export: Export) -> dict[str, bool]:
    common = {
        "beneficiary": work.beneficiary is not None,
        "summary": bool(work.summary),
        "starts_on": work.starts_on is not None,
    }
    if export is Export.iati:
        return common
    if export is Export.threesixtygiving:
        return {
            **common,
            "amount": work.amount is not None,
            "granted_on": work.awarded_on is not None,
            "funder": work.funder is not None,
        }
    code = work.intervention_code
    return {
        **common,
        "programming_period": work.period is not None,
        "ends_on": work.ends_on is not None,
        "eligible_cost": work.cost is not None,
        "rate": work.rate is not None,
        "country": work.country is not None,
        "postcode": work.postcode is not None or work.nuts is not None,
        "intervention_code": code is not None and code <= _LAST_CODE,
    }


def told_by(works: Iterable[Work], export: Export) -> tuple[list[Work], list[Incomplete]]:
    """What the export tells of, each piece of work once, and what it has to leave out.

    A grant and the operation that it is are one piece of work: the list of operations tells of it
    as it was published, IATI as the grant has it.
    """
    candidates = [work for work in works if _concerns(work, export)]
    complete = [work for work in candidates if not missing(work, export)]
    if export is Export.list_of_operations:
        twice = {(GRANTS, work.grant) for work in complete if work.grant}
    else:
        grants = {work.key for work in complete if work.resource == GRANTS}
        twice = {(OPERATIONS, work.key) for work in candidates if work.grant in grants}
    left_out = [
        Incomplete(export=export, resource=w.resource, key=w.key, missing=missing(w, export))
        for w in candidates
        if (w.resource, w.key) not in twice and missing(w, export)
    ]
    return [work for work in complete if (work.resource, work.key) not in twice], left_out


def completeness(works: Sequence[Work]) -> Completeness:
    """How many pieces of work each export tells of, and which it leaves out for want of what."""
    told = {export: told_by(works, export) for export in Export}
    return Completeness(
        exported={export: len(there) for export, (there, _) in told.items()},
        left_out=[one for _, left_out in told.values() for one in left_out],
    )


def _concerns(work: Work, export: Export) -> bool:
    """Lists of operations are about money of the Union, 360Giving about who awarded what."""
    if export is Export.threesixtygiving:
        return work.resource in (GRANTS, ONWARD)
    return work.resource != ONWARD if export is Export.iati else work.of_the_union

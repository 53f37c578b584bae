"""Whether a file was delivered before: the same bytes may mean something else."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.contracts.indicators.delivery_states import DeliveryState
from services.indicators.deliveries.tables import DeliveryRow
from services.indicators.recognition.rules import Policy


@dataclass(frozen=True)
class Wishes:
    """What was said of the file beside its texts."""

    policy: Policy
    period: str | None = None
    mapping: str | None = None


def means_the_same(row: DeliveryRow, wishes: Wishes, revisions: Mapping[str, int]) -> bool:
    """Would the file of this delivery, delivered again with these wishes, be read alike?

    Another period or indicator makes other figures of the same bytes; so does another mapping,
    and one that was changed since (`revisions` are those of today, by key). What to do with
    unknown areas and measures makes a difference only where there were any.
    """
    policy = wishes.policy
    if (row.period, row.indicator) != (wishes.period, policy.indicator):
        return False
    if wishes.mapping not in (None, row.mapping):
        return False
    if row.mapping is not None and row.mapping_revision != revisions.get(row.mapping):
        return False
    return all(
        said == wished or (row.state != DeliveryState.received and not row.counts.get(counted))
        for said, wished, counted in (
            (row.unknown_areas, policy.unknown_areas, "unknown_areas"),
            (row.unknown_measures, policy.unknown_measures, "unknown_measures"),
        )
    )

"""What an indicator may be: pure functions."""

from collections.abc import Collection, Mapping

from services.contracts.indicators.catalogue import NewIndicator
from services.kit.problems import Conflict, Invalid


def check_parts(new: NewIndicator, kinds: Mapping[str, str]) -> None:
    """Refuse parts of a quotient that do not exist or are no counts.

    `kinds` gives the kind of each indicator that the new one names.
    """
    for field, part in (("numerator", new.numerator), ("denominator", new.denominator)):
        if part is None:
            continue
        if part not in kinds:
            raise Invalid(f"There is no indicator {part!r}.", pointer=f"/{field}", code="unknown")
        if kinds[part] != "count":
            raise Invalid(
                f"{part} is a {kinds[part]}; quotients are made of counts.",
                pointer=f"/{field}",
                code="not-a-count",
            )


def check_users(new: NewIndicator, users: Collection[str]) -> None:
    """Refuse that something other indicators are computed from becomes anything but a count."""
    if users and new.kind != "count":
        raise Conflict(
            f"{', '.join(sorted(users))} is computed from it, so it stays a count.",
            pointer="/kind",
            code="in-use",
        )


def check_source_codes(new: NewIndicator, owners: Mapping[str, str]) -> None:
    """Refuse a source code that another indicator has: deliveries could not tell them apart."""
    for place, code in enumerate(new.source_codes):
        owner = owners.get(code, new.key)
        if owner != new.key:
            raise Conflict(
                f"{code} belongs to {owner}.", pointer=f"/source_codes/{place}", code="taken"
            )

"""Who is named, and as what: pure functions."""

from collections import defaultdict
from collections.abc import Iterable

from services.contracts.projects.named_organisations import (
    NamedOrganisation,
    NamedOrganisations,
    NamedRole,
)

Naming = tuple[NamedRole, str | None]
"""A role and the key of an organisation; None names nobody."""


def gathered(named: Iterable[Naming]) -> NamedOrganisations:
    """Each organisation once, with every role that it has."""
    roles = defaultdict(set)
    for role, key in named:
        if key is not None:
            roles[key].add(role)
    return NamedOrganisations(
        organisations=[
            NamedOrganisation(organisation=key, roles=[role for role in NamedRole if role in held])
            for key, held in sorted(roles.items())
        ]
    )

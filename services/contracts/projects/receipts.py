"""What expenditures and commitments share: who is paid, by which grants, on what evidence."""

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from services.contracts.projects.shapes import Several, each_once
from services.contracts.shared.base import Key, Line, Link, Percent, Request


class GrantShare(Request):
    """Which part of a cost is put to a grant (Anteil der Zuwendung)."""

    grant: Annotated[Key, Field(description="Key of the grant.")]
    share: Annotated[Percent, Field(gt=0)]


def _together(shares: list[GrantShare]) -> list[GrantShare]:
    each_once([share.grant for share in shares])
    if sum(share.share for share in shares) > 100:
        raise ValueError("the shares are more than 100 per cent together")
    return shares


Shares = Annotated[
    Several[GrantShare],
    AfterValidator(_together),
    Field(
        description="Each grant once, 100 per cent at most together: no cost is funded twice. What"
        " is left is the municipality's own."
    ),
]


class EvidenceFile(Request):
    """A receipt that the municipality keeps (Beleg): its name, and a digest that proves it."""

    name: Line
    sha512: Annotated[
        str,
        StringConstraints(pattern=r"^[0-9a-f]{128}$"),
        Field(description="SHA-512 of its bytes, in hexadecimal digits."),
    ]
    link: Annotated[Link | None, Field(description="Where it is kept (E-Akte).")] = None


SupplierKey = Annotated[
    Key | None, Field(description="Organisation that was paid; either this or `supplier_name`.")
]
SupplierName = Annotated[
    Line | None, Field(description="Who was paid, where it is no organisation of ours.")
]

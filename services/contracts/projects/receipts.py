"""What expenditures and commitments share: who is paid, by which grants, on what evidence."""

from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from services.contracts.projects.shapes import Several
from services.contracts.shared.base import Key, Line, Link, Percent, Request, each_once
from services.contracts.shared.files import Sha512


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


class ReceiptFile(Request):
    """A receipt (Beleg): an evidence file that is kept here, or one that the municipality keeps
    elsewhere, by its name and a digest that proves it. Once it is stored it has both."""

    file: Annotated[
        Key | None,
        Field(description="Key of the evidence file; name and checksum are taken from it."),
    ] = None
    name: Annotated[Line | None, Field(description="Needed unless `file` says it.")] = None
    sha512: Annotated[
        Sha512 | None,
        Field(description="SHA-512 of its bytes, in hexadecimal digits; needed like the name."),
    ] = None
    link: Annotated[Link | None, Field(description="Where it is kept (E-Akte).")] = None

    @model_validator(mode="after")
    def _can_be_proven(self) -> "ReceiptFile":
        if self.file is None and (self.name is None or self.sha512 is None):
            raise ValueError("name an evidence file, or say name and sha512 of the receipt")
        return self


SupplierKey = Annotated[
    Key | None, Field(description="Organisation that was paid; either this or `supplier_name`.")
]
SupplierName = Annotated[
    Line | None, Field(description="Who was paid, where it is no organisation of ours.")
]

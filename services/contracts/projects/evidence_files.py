"""Evidence files: receipts and other documents that prove what was paid or reached."""

from datetime import datetime
from typing import Annotated

from pydantic import ConfigDict, Field

from services.contracts.shared.base import Key, Request, Stored, example
from services.contracts.shared.files import FileName, Sha512

SHA512 = (
    "3627909a29c31381a071ec27f7c9ca97726182aed29a7ddd2e54353322cfb30a"
    "bb9e3a6df2ac2c20fe23436311d678564d0c8d305930575f60e2d3d048184d79"
)


class NewEvidenceFile(Request):
    """An evidence file (Belegdatei); its bytes travel beside it."""

    model_config = example(key=None, file_name="R-2024-117.pdf")

    key: Annotated[Key | None, Field(description="Leave it out to get one.")] = None
    file_name: FileName


class EvidenceFile(Stored, NewEvidenceFile):
    """An evidence file as it is stored; its bytes are at `/content` below it."""

    model_config = ConfigDict(
        **{
            **Stored.model_config,
            **example(
                key="e-7hq4vn2kzd",
                file_name="R-2024-117.pdf",
                mime_type="application/pdf",
                charset=None,
                size=48213,
                sha512=SHA512,
                withdrawn_at=None,
                reason=None,
            ),
            "extra": "ignore",
        }
    )

    key: Key
    mime_type: str = Field(description="Found out from the content.")
    charset: str | None = Field(description="Of a text: `utf-8` or `windows-1252`.")
    size: int = Field(description="In bytes.")
    sha512: Sha512 = Field(description="Checksum of the content, hexadecimal.")
    withdrawn_at: datetime | None = Field(
        description="Since when it is withdrawn: its content is gone (410)."
    )
    reason: str | None = Field(description="Why it was withdrawn.")

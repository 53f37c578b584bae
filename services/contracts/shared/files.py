"""Files: how they may be called, and that they are taken back."""

import re
import unicodedata
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from services.contracts.shared.base import Prose, Request, example

_NEVER = re.compile(r"[/\\\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
_LONGEST = 240


def _a_file_name(name: str) -> str:
    name = unicodedata.normalize("NFC", name).strip()
    if _NEVER.search(name):
        raise ValueError("a file name holds no folders and no control characters")
    if name.strip(". ") != name or not name:
        raise ValueError("a file name does not begin or end with a dot or a space")
    if len(name.encode("utf-8", "replace")) > _LONGEST:
        raise ValueError(f"a file name has {_LONGEST} bytes at most")
    return name


FileName = Annotated[
    str,
    StringConstraints(min_length=1, max_length=_LONGEST),
    AfterValidator(_a_file_name),
    Field(
        description="As people save it, with its ending; no folders, no control characters.",
        examples=["Vorlage 12-2026.pdf"],
    ),
]
Sha512 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{128}$")]
"""SHA-512 of the bytes of a file, in hexadecimal digits."""


class Withdrawn(Request):
    """Why something is taken back (Zurückziehung)."""

    model_config = example(reason="Die Anlage enthielt eine private Anschrift.")

    reason: Annotated[Prose, Field(description="Everybody who sees what is withdrawn reads it.")]

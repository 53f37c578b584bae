"""The journal as other services read it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict


class Entry(BaseModel):
    """One thing that happened (Journaleintrag): identifiers and digests, no personal data."""

    model_config = ConfigDict(frozen=True)

    municipality_id: int
    seq: int
    type: str
    subject: str
    actor: str
    at: datetime
    data: Mapping[str, Any]
    previous: str
    hash: str


class Head(BaseModel):
    """How far the journal of one municipality has come."""

    model_config = ConfigDict(frozen=True)

    municipality_id: int
    municipality: str
    seq: int

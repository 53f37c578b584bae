"""Every statement on the stored releases and their figures."""

from asyncio import to_thread
from collections.abc import Collection, Mapping
from decimal import Decimal
from itertools import islice
from typing import Any

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.protection import ProtectionRule
from services.indicators.catalogue.tables import IndicatorRow
from services.indicators.native import native, statement
from services.indicators.releases import rules
from services.indicators.releases.rules import Definition, Raw
from services.indicators.releases.tables import ReleaseRow
from services.kit.database import municipality_of
from services.kit.resources import Kind

RELEASES = Kind(ReleaseRow, "releases", "indicators.release")
_BATCH = 5_000
_PROTECTED = (
    "indicator",
    "area",
    "period_end",
    "period",
    "breakdown",
    "period_start",
    "value",
    "status",
    "rule",
)

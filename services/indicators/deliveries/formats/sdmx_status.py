"""Statuses of figures as SDMX writes them: OBS_STATUS (CL_OBS_STATUS) and CONF_STATUS."""

from services.contracts.indicators.values import ValueStatus
from services.contracts.indicators.values import has_value as is_value
from services.indicators.deliveries.formats.values import STATUSES

_MISSING = {
    "A": ValueStatus.missing,
    "M": ValueStatus.nothing,
    "H": ValueStatus.nothing,
    "L": ValueStatus.unknown,
    "Q": ValueStatus.unknown,
    "O": ValueStatus.missing,
    "N": ValueStatus.not_meaningful,
    "U": ValueStatus.unreliable,
    "K": ValueStatus.unknown,
    "P": ValueStatus.pending,
}
_LIMITED = frozenset("EFIUGN")
_PROVISIONAL = frozenset("PV")
_FREE = frozenset({"", "F"})


def status_of(obs: str, conf: str, said: str, *, has_value: bool) -> tuple[ValueStatus, bool]:
    """Status of a figure, and whether it is provisional; `said` is its status in our own words.

    A supplier's secret (any CONF_STATUS but F, without a value) is to us an unknown value. Codes
    that are not known change nothing.
    """
    obs = obs.strip().upper()
    status = STATUSES.get(said) if said else None
    if status is not None and is_value(status) == has_value:
        return status, obs in _PROVISIONAL
    if has_value:
        limited = obs in _LIMITED
        return (ValueStatus.limited if limited else ValueStatus.normal), obs in _PROVISIONAL
    if conf.strip().upper() not in _FREE:
        return ValueStatus.unknown, False
    return _MISSING.get(obs, ValueStatus.missing), False

"""When what is due: pure functions over days, weekends and the holidays of the Land.

Periods end by Sections 187, 188 and 193 BGB: the day of the event does not count, a month that has
no such day ends with its last, and an end on a day off moves to the next working day. Every
deadline says both: the day by the rule (`raw_due`) and the day that counts.
"""

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

import holidays

from services.contracts.projects.figures import Figure, FigureStatus, Reason, Rule, Unit
from services.projects.computing import Computation, Given, law

_LANDS = (
    "SH",
    "HH",
    "NI",
    "HB",
    "NW",
    "HE",
    "RP",
    "BW",
    "BY",
    "SL",
    "BE",
    "BB",
    "MV",
    "SN",
    "ST",
    "TH",
)
"""By the first two digits of the regional key (ARS), from 01."""
SHIFT = law("§ 193 BGB", "§ 31 Abs. 3 VwVfG")


def land_of(regional_key: int) -> str | None:
    """The Land of a municipality, by its regional key: 160530000000 is in TH; None abroad."""
    number = regional_key // 10**10
    return _LANDS[number - 1] if 1 <= number <= len(_LANDS) else None


@lru_cache(maxsize=1024)
def _holidays(land: str | None, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("DE", subdiv=land, years=year))


def is_day_off(day: date, land: str | None) -> bool:
    """Saturday, Sunday or a holiday in the whole Land; holidays of single places are not known."""
    return day.weekday() >= 5 or day in _holidays(land, day.year)


def next_working_day(day: date, land: str | None) -> date:
    """The day itself, or the first working day after it (§ 193 BGB)."""
    while is_day_off(day, land) and day < date.max:
        day += timedelta(days=1)
    return day


def last_working_day(day: date, land: str | None) -> date:
    """The day itself, or the last working day before it: what must be done so long before something
    is not in time on a day after that."""
    while is_day_off(day, land) and day > date.min:
        day -= timedelta(days=1)
    return day


def months_after(day: date, months: int) -> date:
    """The day with the same number so many months on, or the last of that month (§ 188 BGB)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        return date.max if months > 0 else date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def after(day: date, period: Rule) -> date | None:
    """The last day of a period that begins with the event of the day; None when it has no end.

    A rule may also name the day itself: `2026-03-31`, or `03-31` for the next such day.
    """
    if period.unit is Unit.day and period.text:
        named = _day(period.text, day.year)
        again = named <= day and len(period.text) <= len("03-31") and day.year < date.max.year
        return _day(period.text, day.year + 1) if again else named
    if period.value is None:
        return None
    count = int(period.value)
    if period.unit in (Unit.days, Unit.weeks):
        days = count * (7 if period.unit is Unit.weeks else 1)
        return day + timedelta(days=min(days, (date.max - day).days))
    return months_after(day, count * (12 if period.unit is Unit.years else 1))


def before(event: date, period: Rule) -> date | None:
    """The last day from which a period ends by the event (so long before it begins); None when the
    rule says no period."""
    if period.value is None:
        return None
    count = int(period.value)
    if period.unit in (Unit.days, Unit.weeks):
        days = count * (7 if period.unit is Unit.weeks else 1)
        return event - timedelta(days=min(days, (event - date.min).days))
    months = count * (12 if period.unit is Unit.years else 1)
    day = months_after(event, -months)
    while day < event and months_after(day + timedelta(days=1), months) <= event:
        day += timedelta(days=1)
    return day


def apply_by(begins: date, rule: Rule, land: str | None) -> tuple[date, date] | None:
    """Until when to apply for what begins on a day, by the rule and as it counts: the last such day
    of the year before it, moved to the next working day, or so long before it, and then on a
    working day. None when the rule says no such day."""
    if rule.text is None:
        raw = before(begins, rule)
        return None if raw is None else (raw, last_working_day(raw, land))
    for year in (begins.year, max(begins.year - 1, 1)):
        named = _day(rule.text, year)
        if named < begins:
            return named, next_working_day(named, land)
    return None


def due(
    key: str,
    event: date | None,
    period: Rule | None,
    land: str | None,
    *,
    today: date | None = None,
    done: bool = False,
    scope: str | None = None,
    **more: Given,
) -> Figure:
    """When something is due after an event; overdue (a breach) when today is later and it is open.

    Nothing is due when the event or the period is not known, and it says so.
    """
    raw = after(event, period) if event and period else None
    deadline = Computation(
        key,
        Unit.day,
        "next_working_day(event + period)",
        {"event": event, "period": period, "raw_due": raw, "land": land, **more},
        scope=scope,
        law=[SHIFT],
    )
    if event is None:
        return deadline.lacks(Reason.no_date)
    if raw is None:
        return deadline.lacks(Reason.no_rule)
    counts = next_working_day(raw, land)
    late = today is not None and today > counts and not done
    return deadline.gives(counts, FigureStatus.breach if late else FigureStatus.ok)


def proof_of_use_due(
    fulfilled: date | None,
    period_ends: date | None,
    period: Rule | None,
    land: str | None,
    *,
    today: date | None = None,
    done: bool = False,
) -> Figure:
    """The proof of use (Verwendungsnachweis): so long after the purpose was fulfilled or the
    period of the grant has ended, whichever is earlier."""
    events = [day for day in (fulfilled, period_ends) if day is not None]
    return due(
        "proof_due",
        min(events, default=None),
        period,
        land,
        today=today,
        done=done,
        purpose_fulfilled=fulfilled,
        period_ends=period_ends,
    )


def interim_proof_due(
    year: int,
    period: Rule | None,
    land: str | None,
    *,
    today: date | None = None,
    done: bool = False,
) -> Figure:
    """The interim proof (Zwischennachweis): so long after the end of the fiscal year."""
    end = date(year, 12, 31)
    return due(
        "interim_proof_due", end, period, land, today=today, done=done, scope=str(year), year=year
    )


def keep_until(
    proof_handed_in: date | None,
    proof_period: Rule | None,
    last_payment: date | None,
    eu_period: Rule | None,
) -> Figure:
    """Until when documents are kept: the latest of all rules that hold.

    So many years after the proof of use; with money of the Union so many years after the end of
    the year of its last payment (Art. 82 Regulation (EU) 2021/1060). Known only when every rule's
    event is. Nothing is shifted: the period ends at the end of its day.
    """
    ends = date(last_payment.year, 12, 31) if last_payment else None
    kept = Computation(
        "keep_until",
        Unit.day,
        "max(proof_handed_in + retention, end_of_year(last_payment) + eu_retention)",
        {
            "proof_handed_in": proof_handed_in,
            "retention": proof_period,
            "last_payment": last_payment,
            "eu_retention": eu_period,
        },
    )
    held = [(e, p) for e, p in ((proof_handed_in, proof_period), (ends, eu_period)) if p]
    if not held or any(period.value is None for _, period in held):
        return kept.lacks(Reason.no_rule)
    if any(event is None for event, _ in held):
        return kept.lacks(Reason.no_date)
    days = [after(event, period) for event, period in held if event]
    return kept.gives(max(day for day in days if day))


def reporting_days(rule: Rule | None, year: int, land: str | None) -> list[Figure]:
    """The days of a year on which reports are due, such as `01-31 04-30` or `2031-02-15`."""
    if rule is None or rule.text is None:
        return [_reported(rule, None, land)]
    raw = [_day(text, year) for text in rule.text.split()]
    return [_reported(rule, day, land) for day in raw if day.year == year]


def _day(text: str, year: int) -> date:
    return date.fromisoformat(text if len(text) > 5 else f"{year:04}-{text}")


def _reported(rule: Rule | None, raw: date | None, land: str | None) -> Figure:
    of = rule.scope if rule else None
    day = Computation(
        "reporting_due",
        Unit.day,
        "next_working_day(reporting)",
        {"reporting": rule, "raw_due": raw, "land": land},
        scope=".".join(str(part) for part in (of, raw) if part) or None,
        law=[SHIFT],
    )
    return day.gives(next_working_day(raw, land)) if raw else day.lacks(Reason.no_rule)

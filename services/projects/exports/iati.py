"""Funded work in the words of IATI 2.03: XML. Each grant or operation is an activity."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date
from decimal import Decimal
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from services.contracts.projects.results import ResultLevel
from services.contracts.projects.targets import AimDirection, MeasureKind
from services.contracts.shared.base import shortest
from services.projects.export_results.rules import Measured, Promised, Told
from services.projects.exports.identifiers import Scheme
from services.projects.exports.works import GRANTS, PROJECTS, Party, Sum, Work

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_LOCAL_GOVERNMENT = "11"
_FUNDING, _EXTENDING, _IMPLEMENTING = "1", "3", "4"
_PLANNED_START, _PLANNED_END = "1", "3"
_PIPELINE, _IMPLEMENTATION, _FINALISATION, _CLOSED = "1", "2", "3", "4"
_OUTGOING_COMMITMENT, _INCOMING_COMMITMENT = "2", "11"
_INCOMING_FUNDS, _DISBURSEMENT = "1", "3"
_PARENT, _CHILD = "1", "2"
_LEVELS: Mapping[str, str] = {
    ResultLevel.output: "1",
    ResultLevel.outcome: "2",
    ResultLevel.impact: "3",
}
_UNIT, _PERCENTAGE = "1", "2"
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def written(
    works: Sequence[Work],
    results: Mapping[Told, Sequence[Promised]],
    scheme: Scheme,
    today: date,
) -> bytes:
    """The activities; all of them complete, at least one. `results` by what tells of them.

    Above several grants of a project stands the project, with what belongs to none of them alone:
    money is told with the grants, so that nothing is told twice.
    """
    root = Element("iati-activities", version="2.03")
    grants: dict[str, list[Work]] = defaultdict(list)
    for work in works:
        if work.resource == GRANTS and work.project is not None:
            grants[work.project].append(work)
    several = {project: parts for project, parts in grants.items() if len(parts) > 1}
    for project, parts in several.items():
        _append(root, _above(project, parts), parts, None, results, scheme, today)
    for work in works:
        above = work.project if work.project in several else None
        _append(root, work, [], above, results, scheme, today)
    indent(root, " ")
    document: bytes = tostring(root, "utf-8", xml_declaration=True)
    return document


def _above(project: str, grants: Sequence[Work]) -> Work:
    """The project of several grants; without money, which they tell."""
    ends = [work.ends_on for work in grants]
    return replace(
        grants[0],
        resource=PROJECTS,
        key=project,
        starts_on=min(work.starts_on for work in grants if work.starts_on),
        ends_on=None if None in ends else max(day for day in ends if day),
        closed=all(work.closed for work in grants),
        changed_at=max(work.changed_at for work in grants),
        budgets={},
        amount=None,
        passed_on=(),
        paid=None,
    )


def _append(
    root: Element,
    work: Work,
    parts: Sequence[Work],
    above: str | None,
    results: Mapping[Told, Sequence[Promised]],
    scheme: Scheme,
    today: date,
) -> None:
    activity = _activity(work, parts or [work], scheme, today)
    if above is not None:
        activity.set("hierarchy", "2")
        _related(activity, _PARENT, scheme.named(PROJECTS, above))
    for part in parts:
        _related(activity, _CHILD, scheme.work(part))
    for one in results.get((work.resource, work.key), ()):
        _result(activity, one)
    root.append(activity)


def _related(activity: Element, kind: str, ref: str) -> None:
    SubElement(activity, "related-activity", {"ref": ref, "type": kind})


def status(work: Work, today: date) -> str:
    """Before its first day in the pipeline, after its last in finalisation: until the grant is
    closed, the proof of use may still be due."""
    if work.closed:
        return _CLOSED
    if work.starts_on is None or today < work.starts_on:
        return _PIPELINE
    return _FINALISATION if work.ends_on is not None and work.ends_on < today else _IMPLEMENTATION


def _activity(work: Work, parts: Sequence[Work], scheme: Scheme, today: date) -> Element:
    assert work.summary
    assert work.starts_on
    changed = work.changed_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    activity = Element(
        "iati-activity",
        {_LANGUAGE: "de", "default-currency": "EUR", "last-updated-datetime": changed},
    )
    SubElement(activity, "iati-identifier").text = scheme.work(work)
    told = {"ref": scheme.municipality, "type": _LOCAL_GOVERNMENT}
    _narrate(SubElement(activity, "reporting-org", told), {"de": scheme.name})
    _narrate(SubElement(activity, "title"), work.title)
    _narrate(SubElement(activity, "description", type="1"), work.summary)
    for party, role in _participants(parts):
        _participant(activity, party, role, scheme)
    SubElement(activity, "activity-status", code=status(work, today))
    _date(activity, _PLANNED_START, work.starts_on)
    if work.ends_on is not None:
        _date(activity, _PLANNED_END, work.ends_on)
    if work.country is not None:
        SubElement(activity, "recipient-country", code=work.country)
    for year, amount in work.budgets.items():
        _budget(activity, work, year, amount)
    for money in _money(work):
        transaction = _transaction(activity, money.kind, money.flow.on, money.flow.amount)
        _side(transaction, "provider-org", money.of, scheme)
        _side(transaction, "receiver-org", money.to, scheme)
    return activity


class _Money(NamedTuple):
    kind: str
    flow: Sum
    of: Party | None
    to: Party | None


def _money(work: Work) -> Iterator[_Money]:
    """What was awarded and, once it is closed, what came of it; what of it was awarded to others
    and paid to them."""
    if work.resource == GRANTS and work.awarded_on is not None and work.amount is not None:
        award = Sum(work.amount, work.awarded_on)
        yield _Money(_INCOMING_COMMITMENT, award, work.funder, work.beneficiary)
    if work.paid is not None:
        yield _Money(_INCOMING_FUNDS, work.paid, work.funder, work.beneficiary)
    for passed in work.passed_on:
        award = Sum(passed.amount, passed.on)
        yield _Money(_OUTGOING_COMMITMENT, award, work.beneficiary, passed.to)
        for payout in passed.payouts:
            yield _Money(_DISBURSEMENT, payout, work.beneficiary, passed.to)


def _participants(works: Sequence[Work]) -> list[tuple[Party, str]]:
    """Who takes part in which role, each once."""
    found = [(party, _FUNDING) for work in works for party in work.funders]
    found += [(work.funder, _EXTENDING) for work in works if work.funder is not None]
    found += [(work.beneficiary, _IMPLEMENTING) for work in works if work.beneficiary is not None]
    return list(dict.fromkeys(found))


def _participant(activity: Element, party: Party, role: str, scheme: Scheme) -> None:
    ref = scheme.party(party)
    told = {"role": role} if ref is None else {"ref": ref, "role": role}
    _narrate(SubElement(activity, "participating-org", told), {"de": party.name})


def _date(activity: Element, kind: str, day: date) -> None:
    SubElement(activity, "activity-date", {"type": kind, "iso-date": day.isoformat()})


def _budget(activity: Element, work: Work, year: int, amount: Decimal) -> None:
    first = max(work.starts_on or date.min, date(year, 1, 1))
    last = min(work.ends_on or date.max, date(year, 12, 31))
    if first > last:  # money of a year in which the work does not last is money all the same
        first, last = date(year, 1, 1), date(year, 12, 31)
    budget = SubElement(activity, "budget", type="1", status="2")
    SubElement(budget, "period-start", {"iso-date": first.isoformat()})
    SubElement(budget, "period-end", {"iso-date": last.isoformat()})
    SubElement(budget, "value", {"value-date": first.isoformat()}).text = f"{amount:.2f}"


def _transaction(activity: Element, kind: str, day: date, amount: Decimal) -> Element:
    transaction = SubElement(activity, "transaction")
    SubElement(transaction, "transaction-type", code=kind)
    SubElement(transaction, "transaction-date", {"iso-date": day.isoformat()})
    SubElement(transaction, "value", {"value-date": day.isoformat()}).text = f"{amount:.2f}"
    return transaction


def _side(transaction: Element, name: str, party: Party | None, scheme: Scheme) -> None:
    if party is not None:
        ref = scheme.party(party)
        _narrate(
            SubElement(transaction, name, {} if ref is None else {"ref": ref}), {"de": party.name}
        )


def _result(activity: Element, one: Promised) -> None:
    result = SubElement(activity, "result", type=_LEVELS[one.level])
    _narrate(SubElement(result, "title"), one.title)
    if one.description:
        _narrate(SubElement(result, "description"), one.description)
    for measured in one.indicators:
        _indicator(result, measured)


def _indicator(result: Element, measured: Measured) -> None:
    numbers = measured.measure == MeasureKind.number
    told = {"measure": _UNIT if numbers else _PERCENTAGE}
    if measured.direction != AimDirection.maintain:
        told["ascending"] = str(measured.direction == AimDirection.increase).lower()
    indicator = SubElement(
        result, "indicator", {**told, "aggregation-status": str(numbers).lower()}
    )
    titles = {
        language: f"{words} ({measured.unit[language]})" if language in measured.unit else words
        for language, words in measured.title.items()
    }
    _narrate(SubElement(indicator, "title"), titles)
    if measured.description:
        _narrate(SubElement(indicator, "description"), measured.description)
    if measured.baseline is not None and measured.baseline_on is not None:
        day, value = measured.baseline_on, f"{shortest(measured.baseline):f}"
        told = {"year": str(day.year), "iso-date": day.isoformat(), "value": value}
        SubElement(indicator, "baseline", told)
    for span in measured.spans:
        period = SubElement(indicator, "period")
        SubElement(period, "period-start", {"iso-date": span.starts_on.isoformat()})
        SubElement(period, "period-end", {"iso-date": span.ends_on.isoformat()})
        for name, number in (("target", span.target), ("actual", span.actual)):
            if number is not None:
                SubElement(period, name, value=f"{shortest(number):f}")


def _narrate(element: Element, words: Mapping[str, str]) -> None:
    for language in sorted(words):
        told = {} if language == "de" else {_LANGUAGE: language}
        SubElement(element, "narrative", told).text = _NOT_IN_XML.sub("\ufffd", words[language])

"""Funded work in the words of IATI 2.03: XML. Each grant or operation is an activity."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date
from decimal import Decimal
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from services.contracts.projects.results import ResultLevel
from services.contracts.projects.targets import AimDirection, MeasureKind
from services.contracts.shared.base import shortest
from services.projects.export_results.rules import Measured, Promised
from services.projects.exports.identifiers import Scheme
from services.projects.exports.rules import GRANTS, Party, Work

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_LOCAL_GOVERNMENT = "11"
_FUNDING, _EXTENDING, _IMPLEMENTING = "1", "3", "4"
_PLANNED_START, _PLANNED_END = "1", "3"
_PIPELINE, _IMPLEMENTATION, _FINALISATION, _CLOSED = "1", "2", "3", "4"
_INCOMING_COMMITMENT = "11"
_LEVELS: Mapping[str, str] = {
    ResultLevel.output: "1",
    ResultLevel.outcome: "2",
    ResultLevel.impact: "3",
}
_UNIT, _PERCENTAGE = "1", "2"
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def written(
    works: Iterable[Work], results: Mapping[str, Sequence[Promised]], scheme: Scheme, today: date
) -> bytes:
    """The activities; all of them complete, at least one. `results` by the key of the grant."""
    root = Element("iati-activities", version="2.03")
    for work in works:
        activity = _activity(work, scheme, today)
        for one in results.get(work.key, ()) if work.resource == GRANTS else ():
            _result(activity, one)
        root.append(activity)
    indent(root, " ")
    document: bytes = tostring(root, "utf-8", xml_declaration=True)
    return document


def status(work: Work, today: date) -> str:
    """Before its first day in the pipeline, after its last in finalisation: until the grant is
    closed, the proof of use may still be due."""
    if work.closed:
        return _CLOSED
    if work.starts_on is None or today < work.starts_on:
        return _PIPELINE
    return _FINALISATION if work.ends_on is not None and work.ends_on < today else _IMPLEMENTATION


def _activity(work: Work, scheme: Scheme, today: date) -> Element:
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
    for party in work.funders:
        _participant(activity, party, _FUNDING, scheme)
    if work.funder is not None:
        _participant(activity, work.funder, _EXTENDING, scheme)
    assert work.beneficiary
    _participant(activity, work.beneficiary, _IMPLEMENTING, scheme)
    SubElement(activity, "activity-status", code=status(work, today))
    _date(activity, _PLANNED_START, work.starts_on)
    if work.ends_on is not None:
        _date(activity, _PLANNED_END, work.ends_on)
    if work.country is not None:
        SubElement(activity, "recipient-country", code=work.country)
    for year, amount in work.budgets.items():
        _budget(activity, work, year, amount)
    if work.resource == GRANTS and work.awarded_on is not None and work.amount is not None:
        _commitment(activity, work.awarded_on, work.amount)
    return activity


def _participant(activity: Element, party: Party, role: str, scheme: Scheme) -> None:
    ref = scheme.party(party)
    told = {"role": role} if ref is None else {"ref": ref, "role": role}
    _narrate(SubElement(activity, "participating-org", told), {"de": party.name})


def _date(activity: Element, kind: str, day: date) -> None:
    SubElement(activity, "activity-date", {"type": kind, "iso-date": day.isoformat()})


def _budget(activity: Element, work: Work, year: int, amount: Decimal) -> None:
    first = max(work.starts_on or date.min, date(year, 1, 1))
    last = min(work.ends_on or date.max, date(year, 12, 31))
    if first > last:
        return
    budget = SubElement(activity, "budget", type="1", status="2")
    SubElement(budget, "period-start", {"iso-date": first.isoformat()})
    SubElement(budget, "period-end", {"iso-date": last.isoformat()})
    SubElement(budget, "value", {"value-date": first.isoformat()}).text = f"{amount:.2f}"


def _commitment(activity: Element, day: date, amount: Decimal) -> None:
    transaction = SubElement(activity, "transaction")
    SubElement(transaction, "transaction-type", code=_INCOMING_COMMITMENT)
    SubElement(transaction, "transaction-date", {"iso-date": day.isoformat()})
    SubElement(transaction, "value", {"value-date": day.isoformat()}).text = f"{amount:.2f}"


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

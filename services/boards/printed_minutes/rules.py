"""Minutes as a document: pure functions."""

from collections.abc import Callable, Iterator
from datetime import datetime

from services.boards.printed_minutes.words import WORDS
from services.contracts.boards.attendances import Stay
from services.contracts.boards.invitations import Convening
from services.contracts.boards.minutes import MinutesState
from services.contracts.boards.proceedings import (
    ItemDealtWith,
    Named,
    Present,
    Proceedings,
    VoteTaken,
)
from services.contracts.shared.base import Language, Texts
from services.kit import writing
from services.kit.days import HERE, day
from services.kit.printing.document import Document, Section, Table

Say = Callable[..., str]


def composed(told: Proceedings, lang: Language) -> Document:
    """What the minutes tell, in one language, German where a text is not translated."""

    def say(word: str, **values: object) -> str:
        return WORDS[lang][word].format(**values)

    def text(given: Texts) -> str:
        return writing.text(given, lang)

    def on(moment: datetime) -> str:
        return writing.day_on_paper(day(moment), lang)

    approved_at = told.approved_at if told.state == MinutesState.approved else None
    state = say("draft") if approved_at is None else say("approved", day=on(approved_at))
    sections = [
        Section(say("time_and_place"), 1, _frame(told, on(told.opened_at), say, text)),
        Section(say("convening"), 1, [_convening(told, say)]),
        _attendance(told, say, text),
        Section(say("items"), 1, notes=_left_out(told, say)),
        *(part for item in told.items for part in _item(item, say, text)),
    ]
    if told.corrections:
        sections.append(Section(say("corrections"), 1, [text(given) for given in told.corrections]))
    return Document(
        title=say("title"),
        subtitle=say("of", name=text(told.name), body=text(told.body_name)),
        stand=f"{on(told.opened_at)} · {say(told.version)} · {state}",
        lang=lang,
        day=day(told.opened_at),
        contents=None,
        sections=sections,
        signatures=[
            _signature(say("signature.chair"), told.chair),
            _signature(say("signature.clerk"), told.clerk),
        ],
    )


def _signature(office: str, person: Named | None) -> str:
    return f"{office}: {person.name}" if person is not None else office


def _time(moment: datetime) -> str:
    return f"{moment.astimezone(HERE):%H:%M}"


def _frame(told: Proceedings, on: str, say: Say, text: Callable[[Texts], str]) -> list[str]:
    lines = [say("day", day=on)]
    first = _time(told.opened_at)
    if told.closed_at is None:
        lines.append(say("from", first=first))
    else:
        lines.append(say("from_to", first=first, last=_time(told.closed_at)))
    if told.location is not None:
        lines.append(say("place", place=text(told.location)))
    for office, person in (("chair", told.chair), ("clerk", told.clerk)):
        if person is not None:
            lines.append(say(office, name=person.name))
    return lines


def _convening(told: Proceedings, say: Say) -> str:
    if told.convening == Convening.due and told.clause is not None:
        return say("convening.due_by", clause=told.clause)
    return say(f"convening.{told.convening}")


def _attendance(told: Proceedings, say: Say, text: Callable[[Texts], str]) -> Section:
    counted = say(
        "counted",
        present=told.present_count,
        absent=told.absent_count,
        members=told.voting_members,
    )
    tables = []
    if told.present:
        rows = [
            [*_person(one.person, text), _remark(one, say)]
            for one in sorted(told.present, key=lambda one: str(one.person.name))
        ]
        header = [say("name"), say("on_behalf_of"), say("remark")]
        tables.append(Table(say("present"), header, rows, texts=True))
    if told.absent:
        full = [
            [
                *_person(away.person, text),
                text(away.reason) if away.reason is not None else say("no_reason"),
            ]
            for away in sorted(told.absent, key=lambda away: str(away.person.name))
        ]
        header = [say("name"), say("on_behalf_of"), say("reason")]
        public = told.version == "public"
        rows = [row[:2] for row in full] if public else full
        tables.append(Table(say("absent"), header[:2] if public else header, rows, texts=True))
    unnamed = told.present_count + told.absent_count - len(told.present) - len(told.absent)
    notes = [say("not_named", count=unnamed)] if unnamed else []
    return Section(say("attendance"), 1, [counted], tables=tables, notes=notes)


def _person(person: Named, text: Callable[[Texts], str]) -> list[str]:
    sender = text(person.on_behalf_of) if person.on_behalf_of is not None else ""
    return [str(person.name), sender]


def _remark(one: Present, say: Say) -> str:
    parts = [_stay(stay, say) for stay in one.stays]
    if one.substitutes_for is not None:
        parts.append(say("instead_of", name=one.substitutes_for.name))
    return ", ".join(parts)


def _stay(stay: Stay, say: Say) -> str:
    first = _time(stay.starts_at) if stay.starts_at is not None else say("beginning")
    last = _time(stay.ends_at) if stay.ends_at is not None else say("end")
    return say("stay", first=first, last=last)


def _left_out(told: Proceedings, say: Say) -> list[str]:
    return [say("left_out", count=told.closed_items)] if told.closed_items else []


def _item(item: ItemDealtWith, say: Say, text: Callable[[Texts], str]) -> Iterator[Section]:
    title = text(item.title)
    if item.agenda_item is not None:
        title = say("item", number=item.number, title=title)
    marks = {"closed": not item.public, "added": item.added, "withdrawn": item.withdrawn}
    said = ", ".join(say(mark) for mark, holds in marks.items() if holds)
    paragraphs = [text(given) for given in (item.text, item.note) if given is not None]
    if item.excluded:
        names = ", ".join(str(person.name) for person in item.excluded)
        paragraphs.append(say("excluded", names=names))
    elif item.excluded_count:
        paragraphs.append(say("excluded_count", count=item.excluded_count))
    if item.result is not None:
        paragraphs.append(say("result", text=text(item.result)))
    yield Section(f"{title} ({said})" if said else title, 2, paragraphs)
    for number, vote in enumerate(item.votes, 1):
        several = say("vote_of_several", number=number)
        yield _vote(vote, several if len(item.votes) > 1 else say("vote"), say, text)
    for decision in item.decisions:
        name = say(f"decision.{decision.kind}", number=decision.reference)
        told = (decision.title, decision.text)
        yield Section(name, 3, [text(given) for given in told if given is not None])


def _vote(vote: VoteTaken, title: str, say: Say, text: Callable[[Texts], str]) -> Section:
    counts = say("counts", yes=vote.yes, no=vote.no, abstain=vote.abstain, invalid=vote.invalid)
    lines = [
        text(vote.question),
        say("outcome", outcome=say(f"outcome.{vote.outcome}"), counts=counts),
        say(
            "voters",
            method=say(f"method.{vote.method}"),
            present=vote.present,
            needed=vote.needed,
        ),
    ]
    rows = [[str(one.person.name), say(f"choice.{one.choice}")] for one in vote.said]
    header = [say("name"), say("column.choice")]
    tables = [Table(say("said"), header, rows, texts=True)] if rows else []
    return Section(title, 3, lines, tables=tables)

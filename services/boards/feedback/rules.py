"""Counts that tell nothing about small groups: pure functions (decision 0037)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from services.boards.feedback import words
from services.contracts.boards.feedback import CountStatus, FeedbackReport
from services.contracts.boards.participation import ParticipationState as State
from services.contracts.shared.base import Language
from services.kit.days import day
from services.kit.printing.document import Document, Section, Table
from services.kit.problems import Conflict
from services.kit.writing import day_on_paper, text

_PUBLISHED = frozenset({State.evaluation, State.report, State.closure})
Shown = tuple[int | None, CountStatus]


def protect(counts: Sequence[int], smallest: int) -> list[Shown]:
    """The counts of groups that make up a whole, of which everybody knows the total.

    A group of fewer than `smallest` is hidden (primary suppression), and with it as many of the
    larger ones, the last first, as it takes that nobody can work it out (complementary
    suppression): each small group could have any number from one to `smallest` - 1, also for
    somebody who knows this procedure. That is why it goes on until the sum of what is hidden is
    larger than needed, and why sizes do not decide which of the larger ones is next. Where there
    are too few of those, everything is hidden, zeros too. A total below `smallest` shows nothing.
    """
    small = [n for n, count in enumerate(counts) if 0 < count < smallest]
    if not small:
        return [(count, CountStatus.counted) for count in counts]
    hidden, needed = set(small), smallest - 1 + len(small) - 1
    for place in reversed([n for n, count in enumerate(counts) if count >= smallest]):
        hidden.add(place)
        needed += smallest
        if sum(counts[n] for n in hidden) > needed:
            break
    else:
        hidden = set(range(len(counts)))
    return [
        (None, CountStatus.protected) if n in hidden else (count, CountStatus.counted)
        for n, count in enumerate(counts)
    ]


def total(count: int, smallest: int) -> Shown:
    """How many there are in all; hidden like a group when they are few."""
    if 0 < count < smallest:
        return None, CountStatus.protected
    return count, CountStatus.counted


def table(
    chosen: Iterable[str | None], offered: Mapping[str, Mapping[str, str]], smallest: int
) -> list[tuple[str | None, int | None, CountStatus]]:
    """How often each of the offered was chosen, protected; last those who chose nothing."""
    counted = Counter(chosen)
    keys = [*offered, None]
    shown = protect([counted[key] for key in keys], smallest)
    return [(key, count, status) for key, (count, status) in zip(keys, shown, strict=True)]


def printed(report: FeedbackReport, lang: Language, today: date) -> Document:
    """The report as a document; a protected number is an asterisk, and a note says why."""
    on = day(report.published_at) if report.published_at else today
    stand = words.PUBLISHED if report.published_at else words.PREVIEW
    smallest = text(words.PROTECTED, lang).format(smallest=report.smallest_group)
    told = {"total": _number(report.total), "statements": report.statements}
    numbers = Section(
        title=text(words.NUMBERS, lang),
        level=1,
        paragraphs=[text(words.TOTAL, lang).format(**told)],
        tables=[
            Table(
                caption=text(words.BY[one.by], lang),
                header=[text(words.BY[one.by], lang), text(words.COUNT, lang)],
                rows=[[text(cell.name, lang), _number(cell.count)] for cell in one.counts],
            )
            for one in report.tables
        ],
        notes=[smallest] if _has_protected(report) else [],
    )
    said = text(report.summary, lang).split("\n\n") if report.summary else []
    summary = [Section(text(words.SUMMARY, lang), 1, said)] if said else []
    return Document(
        title=text(words.TITLE, lang),
        subtitle=text(report.name, lang),
        stand=text(stand, lang).format(day=day_on_paper(on, lang)),
        lang=lang,
        day=on,
        contents=None,
        sections=[*summary, numbers],
    )


def _number(count: int | None) -> str:
    return "*" if count is None else str(count)


def _has_protected(report: FeedbackReport) -> bool:
    cells = (cell.status for one in report.tables for cell in one.counts)
    return CountStatus.protected in (report.total_status, *cells)


def check_published(state: State, published: bool) -> None:
    """Refuse a report while contributions come in, and a second one.

    Two reports would tell by their difference who was added or taken back in between.
    """
    if published:
        raise Conflict("The report was published before.", pointer="", code="published")
    if state not in _PUBLISHED:
        raise Conflict(
            f"The process is in the step {state}: contributions are not evaluated.",
            pointer="",
            code="too-early",
        )

"""What stands in a report: pure functions from words and figures to a document."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from services.contracts.indicators.catalogue import Polarity
from services.contracts.indicators.reports import Chapter, NewReport
from services.contracts.indicators.values import ValueStatus
from services.contracts.shared.base import Language
from services.indicators.analyses import words
from services.indicators.reports.appendix import appendix
from services.indicators.reports.frozen import Frozen, FrozenArea, FrozenIndicator, Printed
from services.indicators.reports.press import Press
from services.indicators.reports.words import WORDS
from services.kit import writing
from services.kit.printing.document import Document, Picture, Section, Table
from services.kit.problems import Invalid

_FACTORS = (Decimal(1), None)
_MOST_PERIODS = 12


def check(chapters: Sequence[Chapter], frozen: Frozen) -> None:
    """Refuse a chapter with an indicator that has no figures for the readers of the report."""
    known = {indicator.key for indicator in frozen.indicators}
    for place, chapter in enumerate(chapters):
        for index, key in enumerate(chapter.indicators):
            if key not in known:
                raise Invalid(
                    f"{key!r} has no figures in release {frozen.release} that readers may see.",
                    pointer=f"/chapters/{place}/indicators/{index}",
                    code="no-figures",
                )


def composed(
    report: NewReport,
    revision: int,
    frozen: Frozen,
    figures: Iterable[Printed],
    lang: Language,
    pictures: Mapping[str, Picture] | None = None,
) -> Document:
    """The report in one language. `pictures` are maps by key of indicator."""
    printed = list(figures)
    periods: dict[str, dict[str, None]] = {}
    of_level = {area.key for area in frozen.areas}
    for figure in printed:
        if figure.area in of_level:
            periods.setdefault(figure.indicator, {})[figure.period] = None
    press = Press(
        lang=lang,
        frozen=frozen,
        by_place={(f.indicator, f.area, f.period): f for f in printed},
        periods={key: list(texts) for key, texts in periods.items()},
        pictures=pictures or {},
    )
    chapters = _chapters(report, press)
    used = [indicator for _, _, indicators in chapters for indicator in indicators]
    sections = []
    if report.foreword:
        sections.append(Section(press.say("foreword"), 1, _lines(press.pick(report.foreword))))
    for title, paragraphs, indicators in chapters:
        sections.append(Section(title, 1, paragraphs))
        sections += [_indicator(report, press, indicator) for indicator in indicators]
    if report.kind == "atlas":
        sections += _profiles(press, used)
    sections += appendix(press, used, _MOST_PERIODS if report.kind == "social_report" else 2)
    return Document(
        title=press.pick(report.title),
        subtitle=f"{press.say(f'kind.{report.kind}')} · {press.pick(frozen.level['name'])}",
        stand=press.say(
            "stand",
            release=frozen.release,
            day=words.period(frozen.released_on.isoformat(), lang),
            revision=revision,
        ),
        lang=lang,
        day=frozen.released_on,
        contents=press.say("contents"),
        sections=sections,
    )


def _chapters(
    report: NewReport, press: Press
) -> list[tuple[str, list[str], list[FrozenIndicator]]]:
    known = {indicator.key: indicator for indicator in press.frozen.indicators}
    if report.chapters:
        return [
            (
                press.pick(chapter.title),
                _lines(press.pick(chapter.text)) if chapter.text else [],
                [known[key] for key in chapter.indicators],
            )
            for chapter in report.chapters
        ]
    topics: dict[str, list[FrozenIndicator]] = {}
    for indicator in press.frozen.indicators:
        title = press.pick(indicator.topic) if indicator.topic else press.say("others")
        topics.setdefault(title, []).append(indicator)
    return [(topic, [], indicators) for topic, indicators in topics.items()]


def _lines(text: str) -> list[str]:
    return [part.strip() for part in text.split("\n\n") if part.strip()]


def _indicator(report: NewReport, press: Press, indicator: FrozenIndicator) -> Section:
    period, name, unit = (
        press.last(indicator),
        press.pick(indicator.name),
        press.pick(indicator.unit),
    )
    paragraphs = [press.pick(indicator.description)] if indicator.description else []
    if period is None:
        return Section(name, 2, [*paragraphs, press.say("nowhere")])
    tables = [_by_area(press, indicator, period)]
    if report.kind == "social_report" and len(press.periods[indicator.key]) > 1:
        tables.insert(0, _series(press, indicator))
    picture = press.pictures.get(indicator.key)
    notes = [press.say("source", source=indicator.published_in())]
    hidden = sum(f.status == ValueStatus.confidential for f in _shown(press, indicator, period))
    if hidden:
        notes.insert(0, press.say("hidden_note" if hidden > 1 else "hidden_one", count=hidden))
    if any(figure.provisional for figure in _shown(press, indicator, period)):
        notes.insert(0, press.say("provisional"))
    return Section(
        name,
        2,
        [*paragraphs, *_computed(press, indicator)],
        [picture] if picture else [],
        [Table(t.caption.format(name=name, unit=unit), t.header, t.rows) for t in tables],
        notes,
    )


def _computed(press: Press, indicator: FrozenIndicator) -> list[str]:
    if indicator.numerator is None or indicator.denominator is None:
        return []
    known = {other.key: press.pick(other.name) for other in press.frozen.indicators}
    parts = {
        "numerator": known.get(indicator.numerator, indicator.numerator),
        "denominator": known.get(indicator.denominator, indicator.denominator),
    }
    if indicator.factor in _FACTORS:
        return [press.say("shares_plain", **parts)]
    assert indicator.factor is not None
    return [press.say("shares", factor=writing.number(indicator.factor, 0, press.lang), **parts)]


def _shown(press: Press, indicator: FrozenIndicator, period: str | None) -> list[Printed]:
    found = (
        press.by_place.get((indicator.key, area.key, period or "")) for area in press.frozen.areas
    )
    return [figure for figure in found if figure is not None]


def ranks(values: Mapping[str, Decimal], lowest_first: bool = False) -> dict[str, int]:
    """The rank of each, the highest value first unless a low one is better; ties share it."""
    above = Counter(values.values())
    place, rank_of = 1, {}
    for value in sorted(above, reverse=not lowest_first):
        rank_of[value] = place
        place += above[value]
    return {key: rank_of[value] for key, value in values.items()}


def _ranks(press: Press, indicator: FrozenIndicator, period: str | None) -> dict[str, int]:
    shown = _shown(press, indicator, period)
    values = {f.area: f.value for f in shown if f.value is not None}
    return ranks(values, lowest_first=indicator.polarity == Polarity.lower_is_better)


def _by_area(press: Press, indicator: FrozenIndicator, period: str) -> Table:
    known = press.periods[indicator.key]
    before = known[-2] if len(known) > 1 else None
    ranked = _ranks(press, indicator, period)
    columns = [text for text in (before, period) if text]
    header = [press.say("area"), *map(press.when, columns), press.say("rank")]
    rows = []
    for area in (*press.frozen.areas, *press.frozen.above):
        cells = [press.cell(indicator, area.key, column) for column in columns]
        if any(cells):
            rows.append([press.pick(area.name), *cells, str(ranked.get(area.key, ""))])
    caption = WORDS[press.lang]["table"].replace("{period}", press.when(period))
    return Table(caption, header, rows)


def _series(press: Press, indicator: FrozenIndicator) -> Table:
    columns = press.periods[indicator.key][-_MOST_PERIODS:]
    above = [
        area
        for area in press.frozen.above
        if any(press.cell(indicator, area.key, period) for period in columns)
    ]
    places = above or press.frozen.areas
    rows = [
        [press.when(period), *(press.cell(indicator, area.key, period) for area in places[:4])]
        for period in columns
    ]
    header = [press.say("period"), *(press.pick(area.name) for area in places[:4])]
    return Table(WORDS[press.lang]["series"], header, rows)


def _profiles(press: Press, indicators: Sequence[FrozenIndicator]) -> list[Section]:
    ranked = {i.key: _ranks(press, i, press.last(i)) for i in indicators}
    common = _common(press.frozen)
    header = [press.say("indicator"), press.say("period"), "{area}"]
    header += [press.pick(area.name) for area in common] + [press.say("rank")]
    sections = [Section(press.say("profiles"), 1)]
    for area in press.frozen.areas:
        name, rows = press.pick(area.name), []
        for indicator in indicators:
            period = press.last(indicator)
            own = press.cell(indicator, area.key, period)
            if not own:
                continue
            rank = ranked[indicator.key].get(area.key)
            of = len(ranked[indicator.key])
            rows.append(
                [
                    f"{press.pick(indicator.name)} ({press.pick(indicator.unit)})",
                    press.when(period),
                    own,
                    *(press.cell(indicator, above.key, period) for above in common),
                    press.say("rank_of", rank=rank, of=of) if rank else "",
                ]
            )
        if rows:
            caption = press.say("profile", area=name)
            titled = [name if column == "{area}" else column for column in header]
            sections.append(Section(name, 2, tables=[Table(caption, titled, rows)]))
    return sections if len(sections) > 1 else []


def _common(frozen: Frozen) -> list[FrozenArea]:
    """The nearest area that all areas are part of, to compare each with; none if there is none."""
    parents = {area.key: area.parent for area in (*frozen.areas, *frozen.above)}

    def chain(key: str | None) -> Iterable[str]:
        while key is not None and (key := parents.get(key)) is not None:
            yield key

    chains = [set(chain(area.key)) for area in frozen.areas]
    shared = set.intersection(*chains) if chains else set()
    return [area for area in frozen.above if area.key in shared][:1]

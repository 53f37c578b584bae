"""What a report tells behind its chapters: methods, rules, what is hidden, signs, sources."""

from collections.abc import Sequence

from services.contracts.indicators.values import STATUS_TEXTS, ValueStatus
from services.indicators.reports.frozen import FrozenIndicator
from services.indicators.reports.press import Press
from services.indicators.reports.words import WORDS
from services.kit.printing.document import Section, Table


def appendix(press: Press, indicators: Sequence[FrozenIndicator], last: int) -> list[Section]:
    """How the indicators are computed, what is hidden and why, signs and sources; of so many of the
    `last` periods."""
    name = {indicator.key: press.pick(indicator.name) for indicator in indicators}
    places = {a.key: press.pick(a.name) for a in (*press.frozen.areas, *press.frozen.above)}
    hidden = [
        [name[f.indicator], places[f.area], press.when(f.period), press.reason(f.rule)]
        for f in press.by_place.values()
        if f.status == ValueStatus.confidential
        and f.indicator in name
        and f.period in press.periods[f.indicator][-last:]
    ]
    hidden_header = [press.say(word) for word in ("indicator", "area", "period", "reason")]
    method = [press.say("method_text")]
    if any(area.schematic for area in press.frozen.areas) and press.pictures:
        method.append(press.say("schematic"))
    signs = [[text.marker, press.pick(text.label)] for text in STATUS_TEXTS.values() if text.marker]
    sources = [
        [press.pick(i.name), i.published_in(), i.source.get("licence") or ""] for i in indicators
    ]
    rules = [[press.pick(i.name), _rule(press, i)] for i in indicators]
    return [
        Section(press.say("method"), 1, method),
        Section(
            press.say("rules"),
            2,
            tables=[
                Table(
                    press.say("rules"),
                    [press.say("indicator"), press.say("rule")],
                    rules,
                    texts=True,
                )
            ],
        ),
        Section(
            press.say("hidden"),
            2,
            [] if hidden else [press.say("hidden_none")],
            tables=[Table(press.say("hidden_table"), hidden_header, hidden, texts=True)]
            if hidden
            else [],
        ),
        Section(
            press.say("signs"),
            2,
            tables=[
                Table(
                    press.say("signs"), [press.say("sign"), press.say("meaning")], signs, texts=True
                )
            ],
        ),
        Section(
            press.say("sources"),
            1,
            tables=[
                Table(
                    press.say("sources"),
                    [press.say(word) for word in ("indicator", "source_head", "licence")],
                    sources,
                    texts=True,
                )
            ],
        ),
    ]


def _rule(press: Press, indicator: FrozenIndicator) -> str:
    kind = indicator.protection.get("kind", "threshold")
    word = f"rule.{kind}"
    reason = str(indicator.protection.get("reason") or "")
    said = kind
    if word in WORDS[press.lang]:
        said = press.say(word, minimum=indicator.protection.get("minimum"))
    return f"{said}. {reason}" if reason else said

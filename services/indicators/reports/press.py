"""What is at hand while a report is composed."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.contracts.indicators.disclosure import reason_text
from services.contracts.indicators.values import ValueStatus
from services.contracts.shared.base import Language
from services.indicators.analyses import texts, words
from services.indicators.analyses.rules import Figure
from services.indicators.reports.frozen import Frozen, FrozenIndicator, Printed
from services.indicators.reports.words import WORDS
from services.kit import writing
from services.kit.printing.document import Picture


@dataclass(frozen=True)
class Press:
    """What is at hand while a report is composed."""

    lang: Language
    frozen: Frozen
    by_place: Mapping[tuple[str, str, str], Printed]
    periods: Mapping[str, list[str]]
    pictures: Mapping[str, Picture]

    def say(self, word: str, **values: object) -> str:
        return WORDS[self.lang][word].format(**values)

    def pick(self, texts: Mapping[Language, str]) -> str:
        return writing.text(texts, self.lang)

    def when(self, period: str | None) -> str:
        return words.period(period, self.lang) if period else ""

    def reason(self, rule: str) -> str:
        text = reason_text(rule)
        return self.pick(text.label) if text else rule

    def last(self, indicator: FrozenIndicator) -> str | None:
        known = self.periods.get(indicator.key)
        return known[-1] if known else None

    def cell(self, indicator: FrozenIndicator, area: str, period: str | None) -> str:
        figure = self.by_place.get((indicator.key, area, period or ""))
        if figure is None:
            return ""
        if figure.value is None:
            return words.marker(figure.status)
        shown = Figure(float(figure.value), figure.status, figure.rule, figure.provisional)
        places = texts.places_of({"decimals": indicator.decimals}, shown)
        text = writing.number(figure.value, places, self.lang)
        text = f"({text})" if figure.status == ValueStatus.limited else text
        return text + self.say("provisional_mark") if figure.provisional else text

"""Charts: a Vega-Lite specification, or a picture drawn from it."""

from typing import Any, Literal

from services.contracts.shared.base import Answer, example

ChartKind = Literal["time-series", "ranking", "map", "index-matrix"]
ChartForm = Literal["vega-lite", "svg", "png"]
VEGA_LITE = "https://vega.github.io/schema/vega-lite/v6.json"


class VegaLite(Answer):
    """A Vega-Lite specification with its data, ready to be drawn without asking further.

    `description` says the essential numbers in words: use it as the alternative text.
    """

    model_config = {
        **example(
            **{
                "$schema": VEGA_LITE,
                "title": {"text": "SGB-II-Quote", "subtitle": "Prozent · Stadtbezirk · 2024"},
                "description": "SGB-II-Quote (Prozent), Stadtbezirk, 2024. 10 Gebiete mit Wert ...",
                "usermeta": {"planraum": {"release": 3, "indicator": "sgb2-quote"}},
                "vconcat": [],
                "config": {},
            }
        ),
        "extra": "allow",
    }

    title: dict[str, Any]
    description: str
    usermeta: dict[str, Any]
    vconcat: list[dict[str, Any]]
    config: dict[str, Any]

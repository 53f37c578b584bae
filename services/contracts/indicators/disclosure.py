"""Why figures are hidden, and whether what is hidden can be inferred (Geheimhaltung)."""

from typing import Literal

from pydantic import Field

from services.contracts.shared.base import Answer, Texts, example

ConfidentialityStatus = Literal["C", "D"]
"""SDMX CONF_STATUS: C for a figure that its own rule hides, D for one hidden beside it."""

_REASONS: dict[str, tuple[ConfidentialityStatus, str, str]] = {
    "threshold": ("C", "Weniger als {0} Fälle", "fewer than {0} cases"),
    "linked": (
        "C",
        "Weniger als {0} Fälle, oder aus solchen berechenbar",
        "fewer than {0} cases, or they could be calculated from it",
    ),
    "secondary": (
        "D",
        "Sonst wäre ein geheimer Wert berechenbar (Gegensperrung)",
        "a secret figure could be calculated from it otherwise",
    ),
    "complement": (
        "C",
        "Weniger als {0} Fälle gehören nicht dazu",
        "fewer than {0} cases do not belong to it",
    ),
    "dominance": (
        "C",
        "Wenige Beitragende bestimmen den Wert ({0})",
        "few contributors dominate the figure ({0})",
    ),
    "p-percent": (
        "C",
        "Der größte Beitrag wäre auf {0} % genau zu schätzen",
        "the largest contribution could be estimated to within {0} %",
    ),
    "cases": (
        "C",
        "Betrag von weniger als {0} Fällen",
        "an amount of fewer than {0} cases",
    ),
    "contributor": ("C", "Beitrag eines Einzelnen", "what a single contributor holds"),
    "rate": ("C", "Zu wenige Fälle dahinter ({0})", "too few cases behind it ({0})"),
    "ratio": ("C", "Zu wenige Fälle dahinter ({0})", "too few cases behind it ({0})"),
    "mean": ("C", "Zu wenige Fälle dahinter ({0})", "too few cases behind it ({0})"),
    "index": ("C", "Zu wenige Fälle dahinter ({0})", "too few cases behind it ({0})"),
    "input": (
        "D",
        "Berechnet aus einem geheimen Wert ({0})",
        "computed from a hidden figure ({0})",
    ),
    "precision": (
        "C",
        "Der Nenner ist zu klein für eine Angabe",
        "the denominator is too small for any digit",
    ),
    "retracted": (
        "D",
        "Zurückgenommen mit Veröffentlichungsstand {0}",
        "taken back with release {0}",
    ),
}


class ReasonText(Answer):
    """How a reason is read, and how SDMX writes it."""

    model_config = example(
        reason="threshold:3",
        confidentiality="C",
        label={"de": "Weniger als 3 Fälle", "en": "fewer than 3 cases"},
    )

    reason: str
    confidentiality: ConfidentialityStatus
    label: Texts


def reason_text(reason: str) -> ReasonText | None:
    """The words for a reason such as `threshold:3`; None for one that hides nothing.

    Reasons are written `name` or `name:detail`. `rounded:5` and `precision:1` stand beside figures
    that are shown, but less exactly than they are known; only a rate without any safe digit is
    hidden for its `precision`.
    """
    name, _, detail = reason.partition(":")
    if name not in _REASONS:
        return None
    status, german, english = _REASONS[name]
    label = {"de": german.format(detail), "en": english.format(detail)}
    return ReasonText.model_validate({"reason": reason, "confidentiality": status, "label": label})


class InferredFigure(Answer):
    """A hidden figure of which an outsider knows more than its rule allows.

    Bounds are those of the figure; of a rate or mean those of the cases or the sum behind it.
    """

    model_config = example(
        indicator="empfaenger",
        area="winzerla",
        period="2024-12-31",
        breakdown="GES=GESW",
        reason="threshold:3",
        lower=2,
        upper=2,
        expected_lower=0,
        expected_upper=3,
        from_reasons=False,
    )

    indicator: str
    area: str
    period: str
    breakdown: str
    reason: str = Field(description="Why it is hidden; empty where it only follows from others.")
    lower: float | None = Field(description="No less, for an outsider; null: no bound is known.")
    upper: float | None = Field(description="No more, for an outsider; null: no bound is known.")
    expected_lower: float = Field(description="What has to be possible at least.")
    expected_upper: float = Field(description="What has to be possible at most.")
    from_reasons: bool = Field(
        description="Only whoever draws conclusions from the reasons and the shown zeros knows it."
    )


class DisclosureAudit(Answer):
    """What an outsider can infer from all releases together."""

    model_config = example(
        release=3,
        safe=True,
        hidden=2,
        secrets=1,
        reasons={"secondary": 1, "threshold:3": 1},
        problems=[],
        unchecked_areas=["lobeda-west"],
        unchecked_dimensions=[],
    )

    release: int | None = Field(description="Looked at is what is shown up to this release.")
    safe: bool = Field(description="No secret can be inferred more closely than its rule allows.")
    hidden: int = Field(description="Versions of counts that are hidden.")
    secrets: int = Field(description="Of these and of what follows from them: secrets themselves.")
    reasons: dict[str, int] = Field(description="How many figures are hidden now for which reason.")
    problems: list[InferredFigure] = Field(description="Secrets that can be inferred too closely.")
    unchecked_areas: list[str] = Field(
        description=(
            "Areas that stand elsewhere in the tree, or at other times, since figures were "
            "protected last. The next release protects what they touch anew; it may bring no "
            "delivery."
        )
    )
    unchecked_dimensions: list[str] = Field(
        description="Codes of dimensions whose attributes add up otherwise since then."
    )

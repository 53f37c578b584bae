"""What chapters name: pure functions."""

from collections.abc import Iterator, Mapping

from services.boards.report_bindings.rules import Binding
from services.boards.report_markup.rules import places
from services.contracts.boards.report_editions import BindingKind, Bound, ReportContent
from services.contracts.shared.threads import NodeRef, NodeType

_LISTED: Mapping[BindingKind, NodeType] = {
    BindingKind.findings: NodeType.finding,
    BindingKind.recommendations: NodeType.recommendation,
    BindingKind.resolutions: NodeType.resolution,
    BindingKind.measures: NodeType.measure,
}
Named = dict[str, str]
"""Type and key of what is named, and `at`, the period of a figure."""


def named(content: ReportContent, place: int) -> list[Named]:
    """What is bound into a chapter, each once, in the order of the text."""
    found = (
        one
        for binding in dict.fromkeys(at.binding for at in places([content.chapters[place]]))
        for one in _named(binding, content.bindings[binding.wording])
    )
    return [{"type": kind, "key": key, "at": at} for kind, key, at in dict.fromkeys(found)]


def _named(binding: Binding, bound: Bound) -> Iterator[tuple[NodeType, str, str]]:
    for figure in bound.figures:
        yield NodeType.observation, f"{figure.indicator}/{figure.area}", figure.period
    for entry in bound.entries:
        if binding.kind in _LISTED:
            yield _LISTED[binding.kind], entry.key, ""
        elif binding.kind is BindingKind.gaps:
            ref = NodeRef.read(entry.key.partition(" ")[2])
            yield ref.type, ref.key, ""
    if binding.kind is BindingKind.evidence:
        ((of, key),) = binding.asked
        yield NodeType(of), key, ""
    if bound.picture is not None:
        for indicator in binding.indicators:
            for area in binding.areas:
                yield NodeType.observation, f"{indicator}/{area}", ""
            if not binding.areas:
                yield NodeType.indicator, indicator, ""

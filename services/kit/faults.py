"""What is wrong with what was sent, place by place (RFC 6901 pointers, or query parameters)."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from services.contracts.shared.problems import Fault

_MISLEADING = ("value error, ", "assertion failed, ")
_MOST_FAULTS = 100


def pointer(parts: Iterable[str | int]) -> str:
    """RFC 6901 pointer of a path into the body."""
    return "".join("/" + str(p).replace("~", "~0").replace("/", "~1") for p in parts)


def _places(path: Iterable[str | int], sent: Any) -> Iterator[str | int]:
    """The parts of the path that are in the body: no validators, no tags of unions (its `kind`)."""
    for part in path:
        if isinstance(part, str) and _names_type(part, sent):
            continue
        yield part
        if isinstance(sent, Mapping):
            sent = sent.get(part)
        elif isinstance(sent, list) and isinstance(part, int) and part < len(sent):
            sent = sent[part]
        else:
            sent = None


def _names_type(part: str, sent: Any) -> bool:
    if isinstance(sent, Mapping) and part in sent:
        return False
    tag = isinstance(sent, Mapping) and sent.get("kind") == part
    known = "[" in part or part.startswith("function-") or part[:1].isupper()
    return tag or known or isinstance(sent, str | int | float)


def _said(error: Mapping[str, Any]) -> str:
    if error["type"] == "union_tag_invalid":  # its message quotes what was sent
        return "{discriminator} must be one of {expected_tags}".format(**error["ctx"])
    detail = str(error["msg"])
    for prefix in _MISLEADING:
        detail = detail[len(prefix) :] if detail.lower().startswith(prefix) else detail
    return detail


def faults_of(
    errors: Iterable[Mapping[str, Any]], at: str | None = None, sent: Any = None
) -> list[Fault]:
    """Pydantic's errors as faults: where in `sent` and what, never the value that was sent.

    The first hundred: a body of a hundred thousand faults is not answered with as many.
    """
    faults = []
    for error in islice(errors, _MOST_FAULTS):
        where, *path = [at, *error["loc"]] if at else error["loc"]
        path = list(_places(path, sent if where == "body" else None))
        detail = _said(error)
        place = {"query": "parameter", "path": "parameter", "header": "header"}.get(str(where))
        if error["type"] == "json_invalid":
            faults.append(Fault(pointer="", code="json_invalid", detail="The body is not JSON."))
        elif place:
            faults.append(
                Fault(code=error["type"], detail=detail, **{place: ".".join(map(str, path))})
            )
        else:
            faults.append(Fault(pointer=pointer(path), code=error["type"], detail=detail))
    return faults

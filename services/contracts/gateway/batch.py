"""Several reads in one call (gebündeltes Lesen)."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from services.contracts.shared.base import Answer, Request, example

MOST = 20
"""Reads in one call; each of them counts."""
_BODY = {"key": "biwaq-lobeda", "title": {"de": "Jobladen Lobeda"}, "grants": ["biwaq-2023"]}


class BatchRead(Request):
    """One read (Abfrage)."""

    model_config = example(path="/v1/jena/measures/biwaq-lobeda?fields=key", if_none_match='"r3"')

    path: Annotated[
        str,
        StringConstraints(pattern=r"^/v1/[^\s#]+$", max_length=2000),
        Field(description="Address with its query, as `next` has it; of this municipality."),
    ]
    if_none_match: Annotated[
        str | None,
        StringConstraints(pattern=r"^[\x21-\x7e ]+$", max_length=300),
        Field(description="The ETag that you have: unchanged, the answer is 304 without a body."),
    ] = None


class NewBatch(Request):
    """What is to be read in one call (Bündel)."""

    model_config = example(
        requests=[
            {"path": "/v1/jena/measures/biwaq-lobeda"},
            {"path": "/v1/jena/bodies?fields=key,name", "if_none_match": '"0c1d2e3f"'},
        ]
    )

    requests: Annotated[list[BatchRead], Field(min_length=1, max_length=MOST)]


class BatchAnswer(Answer):
    """The answer to one read, as it would have been given alone."""

    model_config = example(
        path="/v1/jena/measures/biwaq-lobeda", status=200, headers={"etag": '"r3"'}, body=_BODY
    )

    path: str
    status: int
    headers: Mapping[str, str] = Field(
        description="Of `etag`, `link`, `location` and `retry-after` those that were given."
    )
    body: Any = Field(description="JSON; a refusal is a problem here as well. Null after 304.")


class Batch(Answer):
    """The answers, in the order of the requests (Antworten)."""

    model_config = example(
        answers=[
            {
                "path": "/v1/jena/measures/biwaq-lobeda",
                "status": 200,
                "headers": {"etag": '"r3"'},
                "body": _BODY,
            }
        ]
    )

    answers: Sequence[BatchAnswer]

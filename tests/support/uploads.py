"""Files that are uploaded: where a refusal points, and what an installation takes."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from fastapi import FastAPI


def assert_refused(answer: httpx.Response, status: int, place: str | None) -> None:
    """Refused, with its first fault at the parameter, header or pointer; None: at no place."""
    assert answer.status_code == status, answer.text
    if place is not None:
        fault = answer.json()["errors"][0]
        assert place in (fault.get("parameter"), fault.get("header"), fault.get("pointer"))


@contextmanager
def taking_at_most(megabytes: int, app: FastAPI) -> Iterator[None]:
    """In here the installation takes no larger bodies."""
    usual = app.state.settings
    app.state.settings = usual.model_copy(update={"max_body_megabytes": megabytes})
    try:
        yield
    finally:
        app.state.settings = usual

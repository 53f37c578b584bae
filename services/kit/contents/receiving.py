"""Files as they are uploaded: the body is the file itself."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from hashlib import sha256
from typing import Annotated, Any, BinaryIO, NamedTuple, TypeVar

from fastapi import Depends, Header, Request
from pydantic import BaseModel, ValidationError

from services.kit.bodies import as_bytes, as_text, taking
from services.kit.contents.rules import Recognised, check_declared, recognise
from services.kit.faults import faults_of
from services.kit.problems import Invalid, TooLarge

M = TypeVar("M", bound=BaseModel)
MOST_BYTES = 1024**3
"""Whatever the settings say, no more is taken."""
UPLOAD = taking(
    {
        "application/octet-stream": as_bytes(),
        "application/pdf": as_bytes(),
        "text/plain": as_text("Niederschrift ..."),
    }
)
"""How an upload is described."""


class Received(NamedTuple):
    """A body as it was received, and what it is."""

    file: BinaryIO
    found: Recognised
    declared: str


def said(model: type[M], **values: Any) -> M:
    """What the query says of a file. Refused (422) with the parameters that are wrong."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        faults = faults_of(error.errors(), "query")
        raise Invalid("The file cannot be kept like this.", faults=faults) from None


@asynccontextmanager
async def receiving(request: Request, content_type: str) -> AsyncIterator[Received]:
    """The body, in a file without a name, until it is answered.

    Refused: what is no file (415), more than the installation takes (413), and what `recognise`
    does not know (422).
    """
    check_declared(content_type)
    megabytes = request.app.state.settings.max_body_megabytes
    digest, size = sha256(), 0
    with tempfile.TemporaryFile(prefix="planraum-") as file:
        async for part in request.stream():
            size += len(part)
            if size > megabytes * 1024 * 1024:
                raise TooLarge(f"A file may have {megabytes} MB at most.")
            file.write(part)
            digest.update(part)
        request.state.digest = digest.digest()
        found = await asyncio.to_thread(recognise, file)
        yield Received(file, found, content_type)


def received_after(said: Callable[..., BaseModel]) -> Callable[..., AsyncIterator[Received]]:
    """The dependency of a route that takes an upload: what is `said` of the file (a dependency that
    reads the query) is checked before its body is taken."""

    async def received(
        request: Request,
        _: Annotated[BaseModel, Depends(said)],
        content_type: Annotated[str, Header(include_in_schema=False)] = "",
    ) -> AsyncIterator[Received]:
        async with receiving(request, content_type) as body:
            yield body

    return received

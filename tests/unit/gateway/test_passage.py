"""How long a service may take, and how much it may be sent."""

import asyncio

import pytest
from starlette.types import Message, Receive, Scope, Send

from services.gateway.dispatch import Passage
from services.kit.problems import TooLarge, Unexpected, UpstreamTimeout

SCOPE: Scope = {"type": "http"}
SLOW = 0.25


async def nothing() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


async def ignore(_: Message) -> None:
    return None


async def answer(_: Scope, receive: Receive, send: Send) -> None:
    """A service that reads everything and answers."""
    while (message := await receive()).get("more_body"):
        pass
    if message["type"] == "http.disconnect":
        raise RuntimeError("the caller is gone")
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"done", "more_body": True})
    await send({"type": "http.response.body", "body": b""})


async def hang(_: Scope, receive: Receive, send: Send) -> None:
    await asyncio.Event().wait()


async def hang_halfway(_: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await asyncio.Event().wait()


async def test_a_slow_caller_is_not_the_services_fault() -> None:
    sent: list[Message] = []

    async def slowly() -> Message:
        await asyncio.sleep(SLOW)
        return await nothing()

    async def read_slowly(message: Message) -> None:
        await asyncio.sleep(SLOW / 2)
        sent.append(message)

    await Passage(SLOW / 2, 1000)(answer, SCOPE, slowly, read_slowly)
    assert [message.get("body") for message in sent] == [None, b"done", b""]


async def test_a_service_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(UpstreamTimeout):
        await Passage(0.02, 1000)(hang, SCOPE, nothing, ignore)


async def test_an_answer_that_stops_halfway_is_broken_off() -> None:
    with pytest.raises(TimeoutError):
        await Passage(0.02, 1000)(hang_halfway, SCOPE, nothing, ignore)


@pytest.mark.parametrize(("size", "refused"), [(1000, False), (1001, True)])
async def test_a_body_is_counted_to_the_byte(size: int, refused: bool) -> None:
    pieces = [b"x" * 500, b"x" * (size - 500)]

    async def receive() -> Message:
        return {"type": "http.request", "body": pieces.pop(0), "more_body": bool(pieces)}

    passed = Passage(5, 1000)(answer, SCOPE, receive, ignore)
    if refused:
        with pytest.raises(TooLarge):
            await passed
    else:
        await passed


async def test_a_service_that_says_nothing_has_failed() -> None:
    async def mute(_: Scope, receive: Receive, send: Send) -> None:
        return None

    async def fall(_: Scope, receive: Receive, send: Send) -> None:
        raise RuntimeError("secret")

    for broken in (mute, fall):
        with pytest.raises(Unexpected) as refused:
            await Passage(5, 1000)(broken, SCOPE, nothing, ignore)
        assert "secret" not in refused.value.detail

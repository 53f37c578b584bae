"""What is told in one language is in that of `lang`, or else in that which a browser asks for."""

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType

import httpx

BRITISH = {"Accept-Language": "fr, en-GB;q=0.8, de;q=0.5"}
FRENCH = {"Accept-Language": "fr"}
Get = Callable[..., Awaitable[httpx.Response]]


async def is_told_as_asked(
    get: Get, path: str, also: Mapping[str, str] = MappingProxyType({})
) -> None:
    """German without a wish that can be met, English by `lang` or by the header, and no cache takes
    one for the other; `also` are headers of every request."""
    and_, asked = "&" if "?" in path else "?", {**also}
    german, english = (
        await get(path, headers=asked),
        await get(f"{path}{and_}lang=en", headers=asked),
    )
    by_header = await get(path, headers={**asked, **BRITISH})
    both = await get(f"{path}{and_}lang=de", headers={**asked, **BRITISH})
    foreign = await get(path, headers={**asked, **FRENCH})
    for answer, language in (
        (german, "de"),
        (english, "en"),
        (by_header, "en"),
        (both, "de"),
        (foreign, "de"),
    ):
        assert answer.status_code == 200, (path, answer.text)
        assert answer.headers["content-language"] == language, path
        varies = [name.strip() for name in answer.headers["vary"].split(",")]
        assert "Accept-Language" in varies, (path, varies)
    assert by_header.content == english.content != german.content, path
    assert foreign.content == german.content == both.content, path
    tags = [answer.headers["etag"] for answer in (german, english, by_header)]
    assert tags[0] != tags[1] == tags[2], path
    known = {**asked, "If-None-Match": tags[0]}
    assert (await get(path, headers={**known, **BRITISH})).status_code == 200, path
    assert (await get(path, headers=known)).status_code == 304, path

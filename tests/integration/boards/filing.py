"""Files as the office uploads them."""

import httpx

from tests.support.documents import PDF
from tests.support.towns import Door


async def sent(
    door: Door, content: bytes = PDF, file_name: str = "Vorlage.pdf", kind: str = "", **said: str
) -> httpx.Response:
    drafts = said.get("subject_kind") in (None, "publication")
    shown = {"visibility": "public"} if drafts else {}
    params = {"file_name": file_name, **shown, **said}
    headers = {"Content-Type": kind} if kind else {}
    return await door.post("/files", content=content, params=params, headers=headers)


async def kept(door: Door, content: bytes = PDF, **said: str) -> str:
    answer = await sent(door, content, **said)
    assert answer.status_code in (200, 201), answer.text
    key: str = answer.json()["key"]
    return key

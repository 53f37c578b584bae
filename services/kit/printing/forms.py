"""The forms in which a document is sent: HTML, or PDF/UA one at a time."""

import asyncio
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from fastapi import Depends, Header, Query, Response

from services.kit.languages import told_in
from services.kit.printing import html, pdf
from services.kit.printing.document import Document

Form = Literal["html", "pdf"]
MEDIA: Mapping[Form, str] = {"html": "text/html; charset=utf-8", "pdf": "application/pdf"}
RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {
            "text/html": {"schema": {"type": "string"}},
            "application/pdf": {"schema": {"type": "string", "format": "binary"}},
        }
    }
}
"""For `responses=` of an operation that answers with a document."""
_one_at_a_time = asyncio.Semaphore(1)


async def _form(
    format: Annotated[Form | None, Query(description="Or by the header `Accept`.")] = None,
    accept: Annotated[str, Header(include_in_schema=False)] = "",
) -> Form:
    return format or ("pdf" if "application/pdf" in accept else "html")


InForm = Annotated[Form, Depends(_form)]
"""The form that the query or else the header `Accept` asks for."""


async def made(document: Document, form: Form) -> bytes:
    """The document in the form; a PDF is set off the event loop."""
    if form == "html":
        return html.page(document).encode()
    async with _one_at_a_time:
        return await asyncio.to_thread(pdf.pdf, document)


async def sent(document: Document, form: Form, name: str) -> Response:
    """The document as an answer with a file name."""
    body = await made(document, form)
    headers = {
        "Content-Disposition": f'inline; filename="{name}-{document.lang}.{form}"',
        **told_in(document.lang, "Accept"),
    }
    return Response(body, media_type=MEDIA[form], headers=headers)

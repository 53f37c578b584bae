"""The forms in which a proof of use is sent: JSON, a workbook, accessible PDF."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from fastapi import Depends, Header, Query, Response
from pydantic import BaseModel

from services.contracts.projects.proofs_of_use import ProofOfUse
from services.contracts.shared.base import GermanOrEnglish
from services.kit.downloads import disposition
from services.kit.languages import told_in
from services.kit.negotiation import representation
from services.kit.printing import forms
from services.kit.spreadsheets import XLSX, as_workbook
from services.projects.printed_proofs import rules
from services.projects.printed_proofs.rules import Frozen
from services.projects.printed_proofs.words import WORDS

Form = Literal["json", "xlsx", "pdf"]
_MEDIA: Mapping[str, Form] = {"application/json": "json", XLSX: "xlsx", "application/pdf": "pdf"}
RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {
            XLSX: {"schema": {"type": "string", "format": "binary"}},
            "application/pdf": {"schema": {"type": "string", "format": "binary"}},
        }
    }
}
"""For `responses=` of an operation that answers with a proof of use."""


async def _form(
    format: Annotated[Form | None, Query(description="Or by the header `Accept`.")] = None,
    accept: Annotated[str, Header(include_in_schema=False)] = "",
) -> Form:
    taken = representation(accept, list(_MEDIA))
    return format or (_MEDIA[taken.media_type] if taken else "json")


InForm = Annotated[Form, Depends(_form)]
"""The form that the query or else the header `Accept` asks for."""


async def sent(
    told: BaseModel,
    proof: ProofOfUse,
    name: str,
    *,
    form: Form,
    lang: GermanOrEnglish,
    frozen: Frozen | None = None,
) -> BaseModel | Response:
    """The proof in the form that is asked for; JSON is `told`."""
    if form == "json":
        return told
    if form == "pdf":
        return await forms.sent(rules.document(proof, lang, frozen), "pdf", name)
    headers = {
        "Content-Disposition": disposition("attachment", f"{WORDS[lang]['title']} {name}.xlsx"),
        **told_in(lang, "Accept"),
    }
    body = as_workbook(rules.sheets(proof, lang, frozen))
    return Response(body, media_type=XLSX, headers=headers)

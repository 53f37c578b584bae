"""Evidence files over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Depends, Query, Request, Response

from services.contracts.projects.evidence_files import EvidenceFile, NewEvidenceFile
from services.contracts.shared.base import Key, Page, Revision
from services.contracts.shared.files import FileName, Sha512, Withdrawn
from services.kit.access import requires
from services.kit.app import router
from services.kit.contents.receiving import MOST_BYTES, UPLOAD, Received, received_after, said
from services.kit.contents.sending import BYTES, given
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.projects.evidence_files import commands, queries
from services.projects.evidence_files.queries import CONTENTS, EVIDENCE_FILES
from services.projects.evidence_files.tables import EvidenceFileRow

evidence_files = router("Evidence files")
READ, WRITE = requires("projects.money:inspect"), requires("projects.evidence_files:write")


async def _new(
    file_name: Annotated[FileName, Query()],
    key: Annotated[Key | None, Query(description="Leave it out to get one.")] = None,
) -> NewEvidenceFile:
    return said(NewEvidenceFile, key=key, file_name=file_name)


New = Annotated[NewEvidenceFile, Depends(_new)]
Upload = Annotated[Received, Depends(received_after(_new), scope="function")]


@evidence_files.get("/evidence-files", response_model=Page[EvidenceFile], dependencies=[READ])
async def list_evidence_files(
    session: Reading,
    paging: PageOf,
    sha512: Annotated[Sha512 | None, Query(description="With these bytes.")] = None,
    withdrawn: Annotated[bool, Query(description="The withdrawn ones instead.")] = False,
) -> Mapping[str, Any]:
    """List evidence files.

    Receipts and what else proves what was paid or reached (Belegdateien), in the order of their
    keys. For the administration alone.
    """
    return await queries.page(session, paging, sha512=sha512, withdrawn=withdrawn)


@evidence_files.post(
    "/evidence-files",
    status_code=201,
    response_model=EvidenceFile,
    max_body_size=MOST_BYTES,
    dependencies=[WRITE],
    responses={200: {"model": EvidenceFile, "description": "The same file is there already."}},
    openapi_extra=UPLOAD,
)
async def create_evidence_file(
    response: Response,
    received: Upload,
    new: New,
    session: Writing,
) -> EvidenceFileRow:
    """Upload an evidence file.

    The body is the file itself, its name stands in the query. Taken are PDF, Office documents (ODF,
    OOXML), PNG, JPEG, SVG, text, CSV and HTML, as large as the installation allows (64 MB by
    default). What it is, is found out from its content; refused (422) are a name or a Content-Type
    that say something else, encrypted or damaged documents and macros. The same bytes are kept
    once; with the same name they are the same file (200). Name its key as `file` in the evidence of
    an expenditure or a target update.
    """
    row, is_new = await commands.upload(session, received, new)
    response.status_code = 201 if is_new else 200
    return row


@evidence_files.get("/evidence-files/{key}", response_model=EvidenceFile, dependencies=[READ])
async def read_evidence_file(session: Reading, key: str) -> EvidenceFileRow:
    """Read what is known of an evidence file.

    By its key or its UUID; also of one that was withdrawn.
    """
    return await EVIDENCE_FILES.one(session, key)


@evidence_files.get(
    "/evidence-files/{key}/content", response_class=Response, responses=BYTES, dependencies=[READ]
)
async def read_evidence_file_content(request: Request, session: Reading, key: str) -> Response:
    """Download an evidence file.

    For saving it, under its name. `ETag` is its checksum; one part of it can be asked for with
    `Range`. Refused (410) when it was withdrawn.
    """
    row = await EVIDENCE_FILES.one(session, key)
    return await given(request, session, CONTENTS, row, "attachment")


@evidence_files.post(
    "/evidence-files/{key}/withdrawal", response_model=EvidenceFile, dependencies=[WRITE]
)
async def withdraw_evidence_file(
    session: Writing, key: str, withdrawn: Withdrawn
) -> EvidenceFileRow:
    """Withdraw an evidence file.

    With a reason (Zurückziehung), such as one that was uploaded by mistake. Its content is gone
    (410) for good, and is deleted when no other file has the same bytes; what is known of it stays.
    Refused (409) while an expenditure or a target update names it, for good when a proof of use
    does, and when it was withdrawn already.
    """
    return await commands.withdraw(session, key, withdrawn.reason)


@evidence_files.get(
    "/evidence-files/{key}/history", response_model=list[Revision], dependencies=[READ]
)
async def read_evidence_file_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of an evidence file.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await EVIDENCE_FILES.history(session, key)

"""Link the files of what was read; their bytes stay where they are."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.files.commands import restore, withdraw
from services.boards.files.queries import FILES, linked, linked_of
from services.boards.files.tables import FileRow
from services.boards.harvests.intake import Given, Intake
from services.boards.harvests.meanings import rules
from services.boards.harvests.meanings.rules import digest
from services.boards.harvests.repairs.rules import Repaired, Type
from services.boards.harvests.repairs.values import Repair
from services.contracts.boards.files import FileRole, NewLinkedFile, SubjectKind
from services.contracts.shared.base import Visibility

ROLES: Mapping[str, FileRole] = {
    "mainFile": FileRole.main,
    "invitation": FileRole.invitation,
    "resultsProtocol": FileRole.results_protocol,
    "verbatimProtocol": FileRole.verbatim_protocol,
    "resolutionFile": FileRole.resolution,
    "auxiliaryFile": FileRole.auxiliary,
}
"""The properties that hold files, and what these are for the object."""
_NO_LONGER = "Das Ratsinformationssystem nennt die Datei nicht mehr."


class Subject(NamedTuple):
    """What files belong to, and the object that names them."""

    kind: SubjectKind
    key: str
    of: Repaired


async def link(intake: Intake, subjects: Sequence[Subject]) -> None:
    """Link the files that the objects name; what an object names no longer is withdrawn.

    An object without any of the properties says nothing of its files.
    """
    telling = [one for one in subjects if ROLES.keys() & one.of.values.keys()]
    if not telling:
        return
    given = {one.id: one for one in _given(intake, telling)}
    before = await linked(intake.session, given.keys())
    for address, row in before.items():
        fields = given[address].fields
        if (row.subject_kind, row.subject) != (fields["subject_kind"], fields["subject"]):
            intake.note([Repair("file_repeated", "id", address)])
            del given[address]
    rows = await intake.put(FILES, NewLinkedFile, Type.file, list(given.values()))
    for row in rows.values():
        await restore(intake.session, row)
    for kind in {one.kind for one in telling}:
        await _withdraw(intake, kind, [one.key for one in telling if one.kind == kind], given)


def _given(intake: Intake, subjects: Iterable[Subject]) -> Iterable[Given]:
    seen: set[str] = set()
    for subject in subjects:
        for role, one in _files(subject.of):
            meant = rules.file(one)
            if isinstance(meant, Repair):
                intake.leave_out(Type.file, meant)
            elif one.id in seen:
                intake.note([Repair("file_repeated", "id", one.id)])
            else:
                seen.add(one.id)
                intake.note(meant.repairs)
                place = {"subject_kind": subject.kind, "subject": subject.key, "role": role}
                once = {"visibility": Visibility.public}
                yield Given(one.id, {**meant.fields, **place}, once, f"f-{digest(one.id)}")


def _files(of: Repaired) -> Iterable[tuple[FileRole, Repaired]]:
    for name, role in ROLES.items():
        held = of.values.get(name, ())
        for one in [held] if isinstance(held, Repaired) else held:
            if not one.deleted:
                yield role, one


async def _withdraw(
    intake: Intake, kind: SubjectKind, keys: Sequence[str], given: Mapping[str, Given]
) -> None:
    session: AsyncSession = intake.session
    gone: Sequence[FileRow] = [
        row for row in await linked_of(session, kind, keys) if row.external_id not in given
    ]
    for row in gone:
        await withdraw(session, row.key, _NO_LONGER)
    intake.count("deleted", Type.file, len(gone))

"""What holds for versions of publications: pure functions."""

from collections.abc import Mapping, Sequence, Set
from typing import Protocol

from services.boards.files.rules import OPENNESS, openness
from services.contracts.boards.publication_versions import NewPublicationVersion
from services.contracts.shared.base import Visibility
from services.contracts.shared.problems import Fault
from services.kit.problems import Invalid


class Attached(Protocol):
    """A file of the publication."""

    key: str
    visibility: str
    narrowed: bool


class Version(Protocol):
    """A version, with its files."""

    files: list[str]
    visibility: str


def check_changes(new: NewPublicationVersion, number: int) -> None:
    """Refuse (422) a later version that does not say what is different."""
    if number > 1 and new.changes is None:
        raise Invalid(
            "Say what is different from the version before.", pointer="/changes", code="missing"
        )


def drafts(attached: Mapping[str, Attached]) -> set[str]:
    """The files that only the administration sees because no version shows them to others.

    One that somebody hid on purpose is none: only who opens it takes that back.
    """
    hidden = (Visibility.administration, False)
    return {key for key, file in attached.items() if (file.visibility, file.narrowed) == hidden}


def check_files(
    new: NewPublicationVersion,
    attached: Mapping[str, Attached],
    drafts: Set[str],
    gone: Sequence[str] = (),
) -> None:
    """Refuse (422) files of something else, and those that not all readers of the version may see.

    The `drafts` among them are opened with the version. Those that are `gone` were published and
    then withdrawn.
    """
    faults = []
    for place, key in enumerate(new.files):
        known = attached.get(key)
        if known is None and key in gone:
            continue
        if known is None:
            code, detail = "unknown", "No such file is attached to the publication."
        elif key not in drafts and openness(known.visibility) < openness(new.visibility):
            code, detail = "hidden", f"Only {known.visibility} may see this file."
        else:
            continue
        faults.append(Fault(pointer=f"/files/{place}", code=code, detail=detail))
    if faults:
        raise Invalid("Not all files can be published.", faults=faults)


def only_here(files: Sequence[str], others: Sequence[Version]) -> list[str]:
    """Those of the files that no other version has."""
    kept = {key for version in others for key in version.files}
    return [key for key in files if key not in kept]


def to_open(version: Version, drafts: Set[str]) -> list[str]:
    """The drafts that others see from now on, because they see the version."""
    if version.visibility == Visibility.administration:
        return []
    return [key for key in version.files if key in drafts]


def too_open(
    files: Sequence[str], versions: Sequence[Version], attached: Mapping[str, Attached]
) -> dict[str, Visibility]:
    """Those of the files that more people may see than any of the versions with them, and who may
    see those; nothing of a file that none of the versions has."""
    closed = {}
    for key in files:
        having = [openness(one.visibility) for one in versions if key in one.files]
        if having and key in attached and openness(attached[key].visibility) > max(having):
            closed[key] = OPENNESS[max(having)]
    return closed

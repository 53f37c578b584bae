"""What holds for evidence files and for evidence that names them: pure functions."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from services.contracts.projects.proofs_of_use import ProofOfUse
from services.contracts.projects.receipts import ReceiptFile
from services.contracts.projects.target_updates import Proof
from services.contracts.shared.problems import Fault
from services.kit.problems import Conflict, Invalid

E = TypeVar("E", ReceiptFile, Proof)


class Kept(NamedTuple):
    """What is known of a file that is kept here."""

    file_name: str
    sha512: str


def files_of(evidence: Sequence[ReceiptFile] | Sequence[Proof]) -> set[str]:
    """Keys of the files that are named."""
    return {one.file for one in evidence if one.file is not None}


def completed(evidence: Sequence[E], kept: Mapping[str, Kept]) -> list[E]:
    """Evidence with name and checksum of the files that it names.

    Refused (422): a file that is not there or was withdrawn, and a name or a checksum of a receipt
    that is not that of its file. What shows that a figure is right may have a title of its own.
    """
    faults = list(_faults(evidence, kept))
    if faults:
        raise Invalid("The evidence is not there like this; nothing was stored.", faults=faults)
    return [_completed(one, kept) for one in evidence]


def _faults(evidence: Sequence[E], kept: Mapping[str, Kept]) -> Iterator[Fault]:
    for place, one in enumerate(evidence):
        if one.file is None:
            continue
        file = kept.get(one.file)
        if file is None:
            text = "There is no such evidence file."
            yield Fault(pointer=f"/evidence/{place}/file", code="unknown", detail=text)
            continue
        if one.sha512 not in (None, file.sha512):
            text = "The file that is named has another checksum."
            yield Fault(pointer=f"/evidence/{place}/sha512", code="differs", detail=text)
        if isinstance(one, ReceiptFile) and one.name not in (None, file.file_name):
            text = f"The file that is named is called {file.file_name}."
            yield Fault(pointer=f"/evidence/{place}/name", code="differs", detail=text)


def _completed(one: E, kept: Mapping[str, Kept]) -> E:
    if one.file is None:
        return one
    name, sha512 = kept[one.file]
    if isinstance(one, ReceiptFile):
        return one.model_copy(update={"name": name, "sha512": sha512})
    return one.model_copy(update={"title": one.title or name, "sha512": sha512})


def check_unused(key: str, naming: Sequence[str]) -> None:
    """Refuse (409) to withdraw what proves something."""
    if naming:
        text = f"{key} is evidence of {', '.join(naming)}; take it out there before."
        raise Conflict(text, code="used")


def check_kept(proof: ProofOfUse, kept: Mapping[str, Kept]) -> None:
    """Refuse (409) a proof of use whose receipts name what was withdrawn while it was made."""
    gone = sorted(proof_files(proof) - kept.keys())
    if gone:
        raise Conflict(f"{', '.join(gone)} was withdrawn meanwhile; make the proof again.")


def proof_files(proof: ProofOfUse) -> set[str]:
    """Keys of the files that the receipts of a proof of use name."""
    return {
        file.file for receipt in proof.receipts for file in receipt.files if file.file is not None
    }

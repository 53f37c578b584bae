"""A proof of use in tables, for paper and for spreadsheets: pure functions."""

from collections.abc import Iterator
from dataclasses import dataclass

from services.contracts.projects.proofs_of_use import ProofOfUse
from services.contracts.shared.base import GermanOrEnglish
from services.kit.printing.document import Document, Section, Table
from services.kit.spreadsheets import Cell
from services.projects.printed_proofs import numbers, report
from services.projects.printed_proofs.parts import Part, Speech
from services.projects.printed_proofs.words import WORDS


@dataclass(frozen=True)
class Frozen:
    """Which edition it is."""

    number: int
    sha256: str


def document(proof: ProofOfUse, lang: GermanOrEnglish, frozen: Frozen | None) -> Document:
    """The proof on paper."""
    say = Speech(lang, WORDS[lang])
    state = say("edition", number=frozen.number) if frozen else say("draft")
    sections = [section for part in parts(proof, say, frozen) for section in _sections(part, say)]
    return Document(
        title=say("title"),
        subtitle=say.text(proof.project_name, proof.project) or proof.project,
        stand=say("stand", day=say.day(proof.on), state=state),
        lang=lang,
        day=proof.on,
        contents=None,
        sections=[*sections, Section(say("declaration"), 1, [say("declared")])],
        signatures=[say("place"), say("signature")],
    )


def sheets(
    proof: ProofOfUse, lang: GermanOrEnglish, frozen: Frozen | None
) -> dict[str, list[list[Cell]]]:
    """The proof as sheets by name."""
    found: dict[str, list[list[Cell]]] = {}
    for part in parts(proof, Speech(lang, WORDS[lang]), frozen):
        header, rows = part.full or (part.header, part.rows)
        found[part.title] = [list(header), *(list(row) for row in rows)]
    return found


def _sections(part: Part, say: Speech) -> Iterator[Section]:
    if part.chapter is not None:
        yield Section(part.chapter, 1)
    rows = [[say.cell(cell) for cell in row] for row in part.rows]
    caption = say("euros") if part.numbers and not part.mixed else ""
    table = Table(caption, list(part.header), rows, True, part.numbers, wide=part.wide)
    yield Section(
        part.title,
        part.level,
        paragraphs=[] if rows or part.empty is None else [part.empty],
        tables=[table] if rows else [],
        notes=list(part.notes),
    )


def parts(proof: ProofOfUse, say: Speech, frozen: Frozen | None) -> list[Part]:
    """All parts in the order of a proof of use: the numbers, the receipts, the report. What is
    missing is for the office that drafts it, not for the funder."""
    return [
        _frame(proof, say, frozen),
        numbers.income(proof, say),
        numbers.expenditure(proof, say),
        numbers.by_year(proof, say),
        numbers.settlement(proof, say),
        numbers.receipts(proof, say),
        numbers.onward(proof, say),
        report.targets(proof, say),
        report.deviations(proof, say),
        report.measures(proof, say),
        report.decisions(proof, say),
        report.conditions(proof, say),
        *([] if frozen else [report.checks(proof, say)]),
    ]


def _frame(proof: ProofOfUse, say: Speech, frozen: Frozen | None) -> Part:
    period = None
    if proof.starts_on and proof.ends_on:
        period = f"{say.day(proof.starts_on)} – {say.day(proof.ends_on)}"
    about: dict[str, Cell] = {
        "grantee": say.text(proof.grantee_name, proof.grantee),
        "project": say.text(proof.project_name, proof.project),
        "programme": say.text(proof.programme_name, proof.programme),
        "reference": proof.reference,
        "notice": proof.notice,
        "period": period,
        "financing": say(f"financing.{proof.financing}"),
        "due": proof.due_on,
    }
    if frozen is not None:
        about["digest"] = frozen.sha256
    rows = [[say(word), say("unknown") if cell is None else cell] for word, cell in about.items()]
    return Part(say("frame"), [say("what"), say("value")], rows, wide=False, level=1)

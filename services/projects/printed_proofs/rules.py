"""A proof of use in tables, for paper and for spreadsheets: pure functions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from services.contracts.projects.figures import Clause, Figure, FigureStatus
from services.contracts.projects.proofs_of_use import ProofOfUse, ProofOnward, ProofReceipt
from services.contracts.shared.base import Texts
from services.kit import writing
from services.kit.printing.document import Document, Section, Table
from services.kit.spreadsheets import Cell
from services.projects.computing import known, missing
from services.projects.printed_proofs.words import WORDS, Spoken

_MOST = 3
"""So many details of a check are printed; the workbook has all."""


@dataclass(frozen=True)
class Part:
    """One part of the proof: what the paper shows as a table and the workbook as a sheet."""

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    numbers: int = 0
    mixed: bool = False
    """Whether the numbers are no amounts in euros."""
    wide: bool = True
    level: int = 2
    chapter: str | None = None
    """The chapter that it begins."""
    empty: str | None = None
    """What the paper says instead of a table without rows."""
    notes: Sequence[str] = ()
    full: tuple[Sequence[str], Sequence[Sequence[Cell]]] | None = None
    """Heading and rows of the sheet, where they are not those of the paper."""


@dataclass(frozen=True)
class Frozen:
    """Which edition it is."""

    number: int
    sha256: str


@dataclass(frozen=True)
class Speech:
    """The words of one language."""

    lang: Spoken
    words: Mapping[str, str] = field(repr=False)

    def __call__(self, word: str, **values: object) -> str:
        return self.words[word].format(**values)

    def text(self, texts: Texts | None, key: str | None) -> str | None:
        """A text, German where it is not translated; the key where there is none."""
        return writing.text(texts, self.lang) if texts else key

    def day(self, day: date) -> str:
        """A day as people write it."""
        return writing.day_on_paper(day, self.lang)

    def cell(self, cell: Cell) -> str:
        """A cell on paper; unknown is a dash, never a zero."""
        if cell is None:
            return "–"
        if isinstance(cell, Decimal):
            return self.number(cell)
        return self.day(cell) if isinstance(cell, date) else str(cell)

    def number(self, number: Decimal) -> str:
        """With a mark for thousands, and as many decimals as it has."""
        return writing.in_signs(f"{number:,f}", self.lang)


def document(proof: ProofOfUse, lang: Spoken, frozen: Frozen | None) -> Document:
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


def sheets(proof: ProofOfUse, lang: Spoken, frozen: Frozen | None) -> dict[str, list[list[Cell]]]:
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
        _income(proof, say),
        _expenditure(proof, say),
        _by_year(proof, say),
        _settlement(proof, say),
        _receipts(proof, say),
        _onward(proof, say),
        _targets(proof, say),
        _deviations(proof, say),
        _measures(proof, say),
        _decisions(proof, say),
        _conditions(proof, say),
        *([] if frozen else [_checks(proof, say)]),
    ]


def _sum(amounts: Sequence[Decimal | None]) -> Decimal | None:
    return None if missing(*amounts) else known(amounts) + Decimal("0.00")


def _number(figure: Figure | None) -> Decimal | None:
    """The number of a figure; one that was kept as JSON comes back as a text."""
    return None if figure is None or figure.value is None else Decimal(str(figure.value))


def _clauses(clauses: Sequence[Clause]) -> str:
    return "; ".join(clause.text for clause in clauses)


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


def _income(proof: ProofOfUse, say: Speech) -> Part:
    rows: list[list[Cell]] = []
    for one in proof.income:
        name = say(f"source.{one.kind}")
        for year in one.years if len(one.years) > 1 else ():
            rows.append([name, _year(year.year, say), year.planned, None])
        only = one.years[0].year if len(one.years) == 1 else None
        rows.append([name, _year(only, say), one.planned, one.received])
    if rows:
        planned = _sum([one.planned for one in proof.income])
        rows.append([say("total"), "", planned, _sum([one.received for one in proof.income])])
    notes = [say("divided")] if any(one.divided for one in proof.income) else []
    if any(one.reason == "no_actual" for one in proof.income):
        notes.append(say("not_kept"))
    header = [say("source"), say("year"), say("planned"), say("received")]
    return Part(
        say("income"), header, rows, 2, chapter=say("numbers"), empty=say("unknown"), notes=notes
    )


def _year(year: int | None, say: Speech) -> str:
    return say("whole") if year is None else str(year)


def _expenditure(proof: ProofOfUse, say: Speech) -> Part:
    rows: list[list[Cell]] = [
        [
            say(f"category.{one.category}"),
            _status(one.deviation.status, say),
            one.planned,
            one.spent,
            one.actual,
            one.difference,
            _number(one.deviation),
        ]
        for one in proof.expenditure
    ]
    if rows:
        lines = proof.expenditure
        columns = ("planned", "spent", "actual", "difference")
        sums = [_sum([getattr(line, name) for line in lines]) for name in columns]
        rows.append([say("total"), "", *sums, None])
    words = ("category", "judged", "planned", "spent", "actual", "difference", "percent")
    clauses = {clause.text: clause for one in proof.expenditure for clause in one.deviation.clauses}
    notes = [say("clauses", clauses=_clauses(list(clauses.values())))] if clauses else []
    header = [say(word) for word in words]
    return Part(say("expenditure"), header, rows, 5, empty=say("unknown"), notes=notes)


def _status(status: FigureStatus, say: Speech) -> str:
    return say(f"{status}_status" if status in ("review", "unknown") else status)


def _by_year(proof: ProofOfUse, say: Speech) -> Part:
    rows: list[list[Cell]] = [
        [say(f"category.{one.category}"), _year(year.year, say), year.planned, year.actual]
        for one in proof.expenditure
        for year in one.years
    ]
    header = [say("category"), say("year"), say("planned"), say("actual")]
    return Part(say("by_year"), header, rows, 2, empty=say("unknown"))


def _settlement(proof: ProofOfUse, say: Speech) -> Part:
    end = proof.settlement
    amounts: dict[str, Cell] = {
        "eligible_plan": end.planned,
        "eligible": end.actual,
        "savings": _number(end.savings),
        "granted": end.granted,
        "payable": _number(end.payable),
        "paid_out": end.paid_out,
        "repaid": end.repaid,
        "to_claim": end.to_claim,
        "to_repay": end.to_repay,
    }
    notes = [say("by", clauses=_clauses(end.payable.clauses))] if end.payable.clauses else []
    if end.payable.status is FigureStatus.review:
        notes.insert(0, say("review"))
    rows = [[say(word), amount] for word, amount in amounts.items()]
    return Part(say("settlement"), [say("what"), say("amount")], rows, 1, notes=notes)


def _receipts(proof: ProofOfUse, say: Speech) -> Part:
    rows: list[list[Cell]] = []
    full: list[list[Cell]] = []
    for one in proof.receipts:
        files = [file.name for file in one.files]
        told = [one.supplier_name, one.purpose, one.invoice_number, *files]
        category, result = say(f"category.{one.category}"), _result(one, say)
        rows.append(
            [
                f"{one.number}. {', '.join(text for text in told if text)}",
                category,
                result,
                one.paid_on,
                one.amount,
                one.counted,
            ]
        )
        full.append(
            [
                one.number,
                one.invoiced_on,
                one.paid_on,
                one.supplier_name,
                one.purpose,
                one.invoice_number,
                category,
                one.gross,
                one.share,
                one.amount,
                one.counted,
                result,
                "; ".join(files) or one.evidence,
            ]
        )
    put, counted = (
        _sum([getattr(one, name) for one in proof.receipts]) for name in ("amount", "counted")
    )
    if rows:
        rows.append([say("total"), "", "", "", put, counted])
        full.append([None, say("total"), *[None] * 7, put, counted, None, None])
    words = ("receipt", "category", "result", "paid_on", "put", "actual")
    wide = (
        *("number", "invoiced_on", "paid_on", "supplier", "purpose", "invoice", "category"),
        *("gross", "share", "put", "actual", "result", "files"),
    )
    return Part(
        say("receipts"),
        [say(word) for word in words],
        rows,
        3,
        level=1,
        empty=say("no_receipts"),
        full=([say(word) for word in wide], full),
    )


def _result(one: ProofReceipt, say: Speech) -> str:
    if one.verification is None:
        return say("unchecked")
    found = []
    if one.verification.reduced:
        found.append(say("reduced", amount=say.number(one.verification.reduced)))
    if one.verification.parked:
        found.append(say("parked", amount=say.number(one.verification.parked)))
    return ", ".join(found) or say("accepted")


def _onward(proof: ProofOfUse, say: Speech) -> Part:
    rows: list[list[Cell]] = [
        [
            say.text(one.recipient_name, one.recipient) or say("person"),
            say.text(one.title, None),
            _proven(one, say),
            one.awarded,
            one.paid,
            one.repaid,
            one.accepted,
        ]
        for one in proof.onward_grants
    ]
    if rows:
        columns = ("awarded", "paid", "repaid", "accepted")
        sums = [_sum([getattr(one, name) for one in proof.onward_grants]) for name in columns]
        rows.append([say("total"), "", "", *sums])
    words = ("recipient", "purpose", "proof", "awarded", "paid_out", "repaid", "actual")
    return Part(say("onward"), [say(word) for word in words], rows, 4, level=1, empty="–")


def _proven(one: ProofOnward, say: Speech) -> str:
    if one.checked_on is not None:
        return say("proven", day=say.day(one.checked_on))
    if one.proof_received_on is not None:
        return say("came", day=say.day(one.proof_received_on))
    return say("open_until", day=say.day(one.proof_due_on)) if one.proof_due_on else say("open")


def _targets(proof: ProofOfUse, say: Speech) -> Part:
    rows: list[list[Cell]] = [
        [
            f"{say.text(one.title, one.indicator)} ({say.text(one.unit, '')})",
            say(f"target.{one.state}"),
            _reason(proof, one.indicator, say),
            one.baseline,
            one.target,
            one.actual,
            one.achievement,
        ]
        for one in proof.targets
    ]
    words = ("target", "state", "reasons", "baseline", "wanted", "reached", "achievement")
    header = [say(word) for word in words]
    return Part(
        say("targets"), header, rows, 4, True, chapter=say("report"), empty=say("no_targets")
    )


def _deviations(proof: ProofOfUse, say: Speech) -> Part:
    off = {about for one in proof.checks if one.key == "deviation" for about in one.about}
    rows: list[list[Cell]] = [
        [
            say(f"category.{one.category}"),
            _status(one.deviation.status, say),
            _reason(proof, one.category, say),
            one.difference,
        ]
        for one in proof.expenditure
        if one.category in off or _reason(proof, one.category, say)
    ]
    header = [say("category"), say("judged"), say("reasons"), say("difference")]
    return Part(say("deviations"), header, rows, 1, empty=say("no_deviations"))


def _reason(proof: ProofOfUse, about: str, say: Speech) -> str:
    """What a person said of it; else empty, to be written."""
    said = next((one.text for one in proof.reasons if one.about == about), None)
    return say.text(said, None) or ""


def _measures(proof: ProofOfUse, say: Speech) -> Part:
    rows: list[list[Cell]] = [
        [say.text(one.title, one.measure), say(f"measure.{one.state}"), one.mandate]
        for one in proof.measures
    ]
    header = [say("measure"), say("state"), say("mandate")]
    return Part(say("measures"), header, rows, empty=say("no_measures"))


def _decisions(proof: ProofOfUse, say: Speech) -> Part:
    rows: list[list[Cell]] = [
        [
            say.text(one.name, one.resolution),
            one.resolution,
            "; ".join([*one.measures, *one.onward_grants]),
        ]
        for one in proof.decisions
    ]
    header = [say("resolution"), say("reference"), say("about")]
    return Part(say("decisions"), header, rows, empty="–")


def _conditions(proof: ProofOfUse, say: Speech) -> Part:
    rows: list[list[Cell]] = [
        [say.text(one.text, None), one.clause, one.due_on, ""] for one in proof.conditions
    ]
    rows += [[say("publicity_duty"), one.text, None, ""] for one in proof.publicity]
    header = [say(word) for word in ("condition", "clause", "due", "fulfilled")]
    return Part(say("publicity"), header, rows, empty=say("no_conditions"))


def _checks(proof: ProofOfUse, say: Speech) -> Part:
    rows: list[list[Cell]] = []
    full: list[list[Cell]] = []
    for one in proof.checks:
        begin: list[Cell] = [say(f"check.{one.key}"), say("met" if one.met else "unmet")]
        told = [_detail(about, proof, say) for about in one.about]
        full.append([*begin, "; ".join(told)])
        if len(told) > _MOST:
            told = [*told[:_MOST], say("more", count=len(told) - _MOST)]
        rows.append([*begin, "; ".join(told)])
    header = [say("check"), say("state"), say("details")]
    return Part(say("checks"), header, rows, level=1, full=(header, full))


def _detail(about: str, proof: ProofOfUse, say: Speech) -> str:
    """What a check found, in words: an obligation by its title, a code by its name."""
    for one in proof.obligations:
        if one.obligation == about:
            day = f" ({say.day(one.due_on)})" if one.due_on else ""
            return f"{say.text(one.title, about)}{day}"
    code, colon, count = about.partition(": ")
    for word in (f"category.{code}", f"lack.{code}", f"broken.{code}"):
        if word in say.words:
            return say(word) + colon + count
    return about

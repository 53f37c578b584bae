"""The numbers of a proof of use in tables (zahlenmäßiger Nachweis): pure functions."""

from collections.abc import Sequence
from decimal import Decimal

from services.contracts.projects.figures import Clause, Figure, FigureStatus
from services.contracts.projects.proofs_of_use import ProofOfUse, ProofOnward, ProofReceipt
from services.kit.spreadsheets import Cell
from services.projects.computing import known, missing
from services.projects.printed_proofs.parts import Part, Speech, judged


def _sum(amounts: Sequence[Decimal | None]) -> Decimal | None:
    return None if missing(*amounts) else known(amounts) + Decimal("0.00")


def _number(figure: Figure | None) -> Decimal | None:
    """The number of a figure; one that was kept as JSON comes back as a text."""
    return None if figure is None or figure.value is None else Decimal(str(figure.value))


def _clauses(clauses: Sequence[Clause]) -> str:
    return "; ".join(clause.text for clause in clauses)


def income(proof: ProofOfUse, say: Speech) -> Part:
    """What was planned and received, by source and year."""
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


def expenditure(proof: ProofOfUse, say: Speech) -> Part:
    """What was planned and spent, by category, what of it is a flat amount without receipts, and
    what is said of the difference."""
    flats = [one.flat for one in proof.expenditure if one.flat is not None]
    rows: list[list[Cell]] = [
        [
            say(f"category.{one.category}"),
            judged(one.deviation.status, say),
            one.planned,
            one.spent,
            one.actual,
            *([_number(one.flat)] if flats else []),
            one.difference,
            _number(one.deviation),
        ]
        for one in proof.expenditure
    ]
    if rows:
        lines = proof.expenditure
        columns = ("planned", "spent", "actual", "difference")
        sums = [_sum([getattr(line, name) for line in lines]) for name in columns]
        if flats:
            sums.insert(3, known(_number(flat) for flat in flats) + Decimal("0.00"))
        rows.append([say("total"), "", *sums, None])
    words = (
        *("category", "judged", "planned", "spent", "actual"),
        *(("flat",) if flats else ()),
        *("difference", "percent"),
    )
    clauses = {clause.text: clause for one in proof.expenditure for clause in one.deviation.clauses}
    notes = [say("clauses", clauses=_clauses(list(clauses.values())))] if clauses else []
    by = {clause.text: clause for flat in flats for clause in flat.clauses}
    notes += [say("flats", clauses=_clauses(list(by.values())))] if flats else []
    header = [say(word) for word in words]
    return Part(say("expenditure"), header, rows, len(words) - 2, empty=say("unknown"), notes=notes)


def by_year(proof: ProofOfUse, say: Speech) -> Part:
    """The same by year."""
    rows: list[list[Cell]] = [
        [say(f"category.{one.category}"), _year(year.year, say), year.planned, year.actual]
        for one in proof.expenditure
        for year in one.years
    ]
    header = [say("category"), say("year"), say("planned"), say("actual")]
    return Part(say("by_year"), header, rows, 2, empty=say("unknown"))


def settlement(proof: ProofOfUse, say: Speech) -> Part:
    """What is left, owed and still to be paid."""
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


def receipts(proof: ProofOfUse, say: Speech) -> Part:
    """Every receipt (Belegliste); the workbook tells more of each."""
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


def onward(proof: ProofOfUse, say: Speech) -> Part:
    """What was passed on to others, and how far they have proven it."""
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

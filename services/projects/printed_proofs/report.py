"""What was reached, in tables (Sachbericht): pure functions."""

from services.contracts.projects.proofs_of_use import ProofOfUse
from services.kit.spreadsheets import Cell
from services.projects.printed_proofs.parts import Part, Speech, judged

_MOST = 3
"""So many details of a check are printed; the workbook has all."""


def targets(proof: ProofOfUse, say: Speech) -> Part:
    """What was to be reached and what was."""
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


def deviations(proof: ProofOfUse, say: Speech) -> Part:
    """Categories in which more or less was spent, with the reason."""
    off = {about for one in proof.checks if one.key == "deviation" for about in one.about}
    rows: list[list[Cell]] = [
        [
            say(f"category.{one.category}"),
            judged(one.deviation.status, say),
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


def measures(proof: ProofOfUse, say: Speech) -> Part:
    """The measures that were carried out."""
    rows: list[list[Cell]] = [
        [say.text(one.title, one.measure), say(f"measure.{one.state}"), one.mandate]
        for one in proof.measures
    ]
    header = [say("measure"), say("state"), say("mandate")]
    return Part(say("measures"), header, rows, empty=say("no_measures"))


def decisions(proof: ProofOfUse, say: Speech) -> Part:
    """The resolutions that stand behind them."""
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


def conditions(proof: ProofOfUse, say: Speech) -> Part:
    """Conditions of the notice and duties of publicity, to be signed off."""
    rows: list[list[Cell]] = [
        [say.text(one.text, None), one.clause, one.due_on, ""] for one in proof.conditions
    ]
    rows += [[say("publicity_duty"), one.text, None, ""] for one in proof.publicity]
    header = [say(word) for word in ("condition", "clause", "due", "fulfilled")]
    return Part(say("publicity"), header, rows, empty=say("no_conditions"))


def checks(proof: ProofOfUse, say: Speech) -> Part:
    """What the office that drafts it has still to do."""
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

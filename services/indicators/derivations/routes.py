"""Formulas and lineage over HTTP."""

from services.contracts.indicators.formulas import FormulaCheck, Lineage, NewFormulaCheck
from services.indicators.derivations import commands
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Reading

derivations = router("Indicators")
READ, WRITE = requires("indicators.catalogue:read"), requires("indicators.catalogue:write")


@derivations.get("/indicators/{key}/lineage", response_model=Lineage, dependencies=[READ])
async def read_indicator_lineage(session: Reading, key: str) -> Lineage:
    """Read where figures come from.

    What the indicator is computed from, what is computed from it, and the indices that have it as
    a component (Herkunft und Verwendung), step by step, as far as you may see.
    """
    return await commands.lineage(session, key)


@derivations.post("/formulas/checks", response_model=FormulaCheck, dependencies=[WRITE])
async def check_formula(session: Reading, new: NewFormulaCheck) -> FormulaCheck:
    """Try a formula out.

    Tells its unit, what it is computed from, and its figures in up to ten areas, from protected
    figures only (Formelprüfung). Nothing is stored. A formula that cannot be read, that names no
    indicator or mixes units is refused (422) with the character at which it goes wrong.
    """
    return await commands.check(session, new)

"""The list of operations in the table schema of the European Commission (Kohesio): CSV.

Article 49(3) and (4) of Regulation (EU) 2021/1060. The schema's headers are exact in their case.
It knows no funds and no programmes of 2021-2027, so that both columns are empty for them.
"""

import csv
import io
from collections.abc import Iterable
from datetime import date

from services.contracts.projects.operations import ProgrammingPeriod
from services.contracts.shared.base import shortest
from services.projects.exports.identifiers import Scheme
from services.projects.exports.works import Work

COLUMNS = (
    "Operation_Unique_Identifier",
    "CountryID",
    "Operation_Name_Programme_Language",
    "Operation_Name_English",
    "Country",
    "Location_Indicator_Postcode",
    "Operation_Start_Date",
    "Operation_Expected_End_Date",
    "Operation_End_Date",
    "CoFinancing_Rate",
    "Total_Eligible_Expenditure_amount",
    "Total_Eligible_Expenditure_Currency",
    "Total_Eligible_Expenditure_Exchange_Rate",
    "Location_Indicator_NUTS_code",
    "Beneficiary_Name",
    "Location_Indicator_latitude_longitude",
    "Category_Of_Intervention",
    "Fund_Code",
    "Programme_Code",
    "Operation_Summary_English",
    "Operation_Summary_Programme_Language",
    "Programming_Period",
    "Programme_Name",
    "Program_Priority_Axis_Code",
    "Program_Priority_Axis_Name",
    "Program_Specific_Objective_Code",
    "Program_Specific_Objective_Name",
    "Program_Thematic_Objective_Code",
    "Program_Thematic_Objective_Name",
    "Fund_Name",
    "Date_Of_Last_Update",
    "Beneficiary_Unique_Identifier",
    "Social_Media_Links",
)
_FUNDS = frozenset({"CF", "EAFRD", "EMFF", "ENI", "ERDF", "ESF", "YEI", "IPA II"})
_PROGRAMMES = frozenset(
    {f"2014DE05SFOP{n:03d}" for n in range(1, 17)}
    | {f"2014DE16RFOP{n:03d}" for n in range(1, 16)}
    | {"2014DE16M2OP001"}
)
"""German programmes that the schema knows."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def written(works: Iterable[Work], scheme: Scheme) -> str:
    """One line for each piece of work; all of them complete."""
    out = io.StringIO()
    table = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\r\n")
    table.writeheader()
    for work in works:
        table.writerow({name: _cell(text) for name, text in _row(work, scheme).items()})
    return out.getvalue()


def _row(work: Work, scheme: Scheme) -> dict[str, str | None]:
    assert work.beneficiary
    assert work.summary
    assert work.starts_on
    assert work.ends_on
    assert work.rate is not None
    earlier = work.period == ProgrammingPeriod.earlier
    return {
        "Operation_Unique_Identifier": work.identifier or scheme.work(work),
        "CountryID": work.country,
        "Operation_Name_Programme_Language": work.title["de"],
        "Operation_Name_English": work.title.get("en"),
        "Country": work.country,
        "Location_Indicator_Postcode": work.postcode,
        "Operation_Start_Date": _day(work.starts_on),
        "Operation_End_Date": _day(work.ends_on),
        "CoFinancing_Rate": str(shortest(work.rate)),
        "Total_Eligible_Expenditure_amount": f"{work.cost:.2f}",
        "Total_Eligible_Expenditure_Currency": "EUR",
        "Location_Indicator_NUTS_code": work.nuts,
        "Beneficiary_Name": work.beneficiary.name,
        "Category_Of_Intervention": str(work.intervention_code),
        "Fund_Code": work.fund if earlier and work.fund in _FUNDS else None,
        "Programme_Code": work.cci if earlier and work.cci in _PROGRAMMES else None,
        "Operation_Summary_English": work.summary.get("en"),
        "Operation_Summary_Programme_Language": work.summary["de"],
        "Programming_Period": work.period,
        "Programme_Name": work.programme_name,
        "Program_Specific_Objective_Name": work.objective,
        "Fund_Name": work.fund,
        "Date_Of_Last_Update": _day(work.changed_at.date()),
        "Beneficiary_Unique_Identifier": scheme.party(work.beneficiary),
    }


def _day(day: date) -> str:
    return f"{day:%d/%m}/{day.year:04d}"


def _cell(text: str | None) -> str:
    """A cell that a spreadsheet would run as a formula begins with an apostrophe (OWASP)."""
    if not text:
        return ""
    return f"'{text}" if text.startswith(_FORMULA) else text

"""Each figure of each pack, written down a second time from what is published of it.

A row: parameter, scope, figure, unit; a question mark where nobody has read it at its source.
"""

import pytest

from services.projects.rule_packs.packs.programmes import PACKS

GENERAL = """
base_rate - -0.63 percent ? 2014-01-01 2014-06-30
base_rate - -0.73 percent ? 2014-07-01 2014-12-31
base_rate - -0.83 percent ? 2015-01-01 2016-06-30
base_rate - -0.88 percent ? 2016-07-01 2022-12-31
base_rate - 1.62 percent ? 2023-01-01 2023-06-30
base_rate - 3.12 percent ? 2023-07-01 2023-12-31
base_rate - 3.62 percent ? 2024-01-01 2024-06-30
base_rate - 3.37 percent ? 2024-07-01 2024-12-31
base_rate - 2.27 percent ? 2025-01-01 2025-06-30
base_rate - 1.27 percent ? 2025-07-01 2025-12-31
interest_margin - 5 percent ?
interest_from - deadline text ?
pace_tolerance - 10 percent ?
"""
PROJECTS = """
deviation - 20 percent ?
proof_due - 6 months ?
interim_proof_due - 4 months ?
final_instalment - 2 months ?
retention - 5 years ?
early_start - no text ?
"""
STATE = f"{PROJECTS}spend_within - 2 months ?\n"
FEDERAL = f"{PROJECTS}spend_within - 6 weeks ?\n"
UNION = """
indirect_rate direct 7 percent
indirect_rate staff 15 percent
indirect_rate calculated 25 percent
staff_rate - 20 percent
annual_hours - 1720 hours
remaining_cost_rate - 40 percent ?
simplified_below - 200000 euro ?
final_expenditure - 2029-12-31 day ?
payment_by_authority - 80 days ?
retention eu 5 years ?
reporting financial 01-31_04-30_07-31_09-30_11-30 day
reporting indicators 01-31_07-31 day
reporting final 2031-02-15 day
"""
EACH = {
    "armutspraeventionsrichtlinie-2-1": f"""
        financing - share text ?
        max_rate eu 80 percent
        lowest_grade - E_9 text ?
        highest_grade - E_13 text ?
        social_security_rate - 20.175 percent ?
        eligible_category staff Personalausgaben text ?
        {STATE}""",
    "sozialstrategierichtlinie-2-1": f"""
        applicants - Landkreise_und_kreisfreie_Städte text
        financing - share text
        max_rate eu 60 percent
        regular_rate state 20 percent
        max_positions - 4 fte
        max_positions praeventionsketten 0.5 fte
        social_security_rate - 19.975 percent 2022-01-01 -
        eligible_category staff tatsächliche_Personalausgaben text
        ineligible_cost staff Umlage_U1 text
        max_rate third_party.1 100 percent
        max_rate third_party.2 90 percent
        max_rate third_party.3 80 percent
        minimum_amount eligible_cost 7500 euro
        {STATE}{UNION}""",
    "thilik": f"""
        max_rate eu 80 percent
        financing - share text ?
        {STATE}""",
    "lsz": f"""
        cofinancing_rate municipal 30 percent
        precondition - Integrierter_Plan text
        precondition fields Vorhaben_der_Handlungsfelder_2.2_bis_2.6 text
        precondition steps Stufenplan text
        decided_by plan Kreistag text
        decided_by micro Kreisausschuss text
        max_rate onward.saale-holzland 80 percent
        maximum_amount micro.erfurt 4999.99 euro
        maximum_amount micro.saalfeld 1500 euro
        own_share micro.saalfeld 10 percent
        application_due micro.saalfeld 8 weeks
        application_due sonneberg 07-31 day
        application_due saalfeld 08-31 day
        application_due erfurt 09-30 day
        proof_due micro.gera 03-31 day
        proof_due gera 06-30 day
        {STATE}""",
    "biwaq": f"""
        applicants - Kommunen_mit_Teilvorhabenpartnern text
        {FEDERAL}{UNION}""",
    "bildung-integriert": FEDERAL,
}


def test_every_pack_is_here() -> None:
    assert set(EACH) == set(PACKS)


@pytest.mark.parametrize("pack", EACH)
def test_a_pack_says_what_is_published_and_no_more(pack: str) -> None:
    said = [
        " ".join(
            [
                one.parameter.value,
                one.scope or "-",
                (one.text or f"{one.value:f}").replace(" ", "_"),
                one.unit.value,
                *([] if one.verified else ["?"]),
                *([str(one.starts_on)] if one.starts_on else []),
                *([str(one.ends_on or "-")] if one.starts_on else []),
            ]
        )
        for one in PACKS[pack].rules(pack)
    ]
    lines = (line.strip() for line in (GENERAL + EACH[pack]).splitlines())
    assert sorted(said) == sorted(line for line in lines if line)


@pytest.mark.parametrize(
    ("pack", "periods", "successor_of"),
    [
        ("armutspraeventionsrichtlinie-2-1", ["2014-01-01 2020-12-31"], None),
        (
            "sozialstrategierichtlinie-2-1",
            ["2022-01-01 2028-12-31"],
            "armutspraeventionsrichtlinie-2-1",
        ),
        ("thilik", ["2014-01-01 2020-12-31"], None),
        ("lsz", [], None),
        ("biwaq", ["2023-01-01 2026-12-31"], None),
        ("bildung-integriert", [], None),
    ],
)
def test_a_pack_lasts_as_long_as_its_programme_and_continues_another(
    pack: str, periods: list[str], successor_of: str | None
) -> None:
    programme = PACKS[pack].programme
    assert [f"{one.starts_on} {one.ends_on}" for one in programme.periods] == periods
    assert programme.successor_of == successor_of

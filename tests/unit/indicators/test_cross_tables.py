"""GENESIS cross tables: headings that span, indented areas, a foot that ends them."""

from decimal import Decimal

import pytest

from services.contracts.indicators.mappings import FileLayout, ProtectionMethod
from services.contracts.indicators.values import ValueStatus
from services.indicators.deliveries.formats import FileRefused, Format, Hints, Summary
from tests.unit.indicators.delivered import read, recognised

FOOT = (
    '__________\n"Hinweise"\n"© Statistische Ämter\nDatenlizenz Deutschland"\n'
    "Stand: 10.10.2017 / 15:05"
)
BODY = (
    "2016;DG;Deutschland;männlich;500;-;1,5\n"
    "2016;16;  Thüringen;männlich;50;.;2,25\n"
    "2016;16053;      Jena, krsfr. Stadt;männlich;5;x;/\n"
    "2016;16053;      Jena, krsfr. Stadt;Insgesamt;9;...;0,5\n"
)
HEAD = (
    "GENESIS-Tabelle: 22151-01-02-4\n"
    "Empfänger von Grundsicherung;;;;;;\n"
    ";;;;Empfänger;Empfänger;Anteil\n"
    ";;;;Insgesamt;unter 18 Jahre;Insgesamt\n"
    ";;;;Anzahl;Anzahl;%\n"
)


def table(head: str = HEAD, body: str = BODY, foot: str = FOOT) -> bytes:
    return (head + body + foot).encode()


def layout(data: bytes, **fields: object) -> FileLayout:
    return FileLayout.model_validate({"fingerprint": recognised(data).fingerprint, **fields})


def tree(summary: Summary) -> dict[str, str | None]:
    return {
        place.code: summary.places[parent].code if parent is not None else None
        for place, parent in zip(summary.places, summary.parents, strict=True)
    }


def test_every_figure_can_be_found_by_its_column() -> None:
    """What the check names by measure and breakdown stands in one column of the table."""
    found = read(table())
    summary = found.summary
    named = {
        (summary.measures[one.measure].measure, summary.breakdowns[one.breakdown or 0]): one.column
        for one in summary.value_columns
    }
    assert named == {
        ("empfaenger", "D1=maennlich"): "column 5",
        ("empfaenger", "D1=maennlich&D2=unter-18-jahre"): "column 6",
        ("anteil", "D1=maennlich"): "column 7",
        ("empfaenger", ""): "column 5",
        ("empfaenger", "D2=unter-18-jahre"): "column 6",
        ("anteil", ""): "column 7",
    }
    assert {(r.measure, r.breakdown) for r in found.rows} == set(named)


def test_every_heading_becomes_a_code_and_keeps_its_words() -> None:
    found = read(table())
    summary = found.summary
    assert summary.format is Format.genesis
    assert not found.issues
    assert [(m.statistic, m.measure, m.unit, m.label) for m in summary.measures] == [
        ("22151", "empfaenger", "Anzahl", "Empfänger"),
        ("22151", "anteil", "%", "Anteil"),
    ]
    assert summary.dimensions["D1"].attributes == {"maennlich": "männlich"}
    assert summary.dimensions["D1"].total == "Insgesamt"
    assert summary.dimensions["D2"].attributes == {"unter-18-jahre": "unter 18 Jahre"}
    jena = {(r.measure, r.breakdown): (r.value, r.status) for r in found.rows if r.area == "16053"}
    assert jena == {
        ("empfaenger", "D1=maennlich"): (Decimal(5), ValueStatus.normal),
        ("empfaenger", "D1=maennlich&D2=unter-18-jahre"): (None, ValueStatus.not_meaningful),
        ("anteil", "D1=maennlich"): (None, ValueStatus.unreliable),
        ("empfaenger", ""): (Decimal(9), ValueStatus.normal),
        ("empfaenger", "D2=unter-18-jahre"): (None, ValueStatus.pending),
        ("anteil", ""): (Decimal("0.5"), ValueStatus.normal),
    }
    assert tree(summary) == {"DG": None, "16": "DG", "16053": "16"}
    assert str(summary.as_of) == "2017-10-10"


def test_a_mapping_names_measures_dimensions_and_attributes() -> None:
    data = table()
    mapping = layout(
        data,
        columns=[
            {"name": "D1", "role": "dimension", "code": "GES", "codes": {"männlich": "GESM"}},
            {"name": "D2", "role": "dimension", "code": "ALT"},
            {"name": "Empfänger", "role": "value", "measure": "22151:BEZ001:Anzahl"},
            {"name": "Anteil", "role": "ignore"},
            {"name": "area", "role": "area", "codes": {"DG": "de"}},
        ],
    )
    found = read(data, Hints(mapping))
    assert {r.measure for r in found.rows} == {"BEZ001"}
    assert {r.area for r in found.rows} == {"de", "16", "16053"}
    assert "ALT=unter-18-jahre&GES=GESM" in {r.breakdown for r in found.rows}


def test_a_mapping_may_refuse_labels_it_does_not_know() -> None:
    data = table()
    listed = {"name": "D1", "role": "dimension", "code": "GES", "codes": {"weiblich": "GESW"}}
    also = {"name": "D2", "role": "dimension", "code": "ALT", "codes": {"unter 18 Jahre": "U18"}}
    refusing = layout(data, columns=[listed, also], unknown_codes="refuse")
    found = read(data, Hints(refusing))
    assert [(i.line, i.column, i.code) for i in found.issues] == [
        (n, "D1", "code_unknown") for n in (6, 7, 8)
    ]
    also["codes"] = {"unter 21 Jahre": "U21"}
    skipping = layout(data, columns=[listed, also], unknown_codes="skip")
    rows = read(data, Hints(skipping)).rows
    assert [(r.area, r.measure, r.breakdown) for r in rows] == [
        ("16053", "empfaenger", ""),
        ("16053", "anteil", ""),
    ]


def test_the_proposal_holds_what_the_head_says() -> None:
    proposal = recognised(table()).proposal
    assert proposal is not None
    columns = {column.name: column for column in proposal.columns}
    assert columns["D1"].codes == {"männlich": "maennlich", "Insgesamt": ""}
    assert columns["Anteil"].measure == "22151:anteil"
    data = table()
    assert read(data, Hints(proposal)).rows == read(data).rows


def test_the_next_year_has_the_same_structure() -> None:
    later = table(body=BODY.replace("2016;", "31.12.2017;"))
    assert recognised(later).fingerprint == recognised(table()).fingerprint
    other = table(head=HEAD.replace("unter 18", "unter 21"))
    assert recognised(other).fingerprint != recognised(table()).fingerprint


def test_periods_may_stand_in_the_head() -> None:
    head = (
        "Tabelle: 12411-0015\nBevölkerung;;;;\nBevölkerungsstand (Anzahl);;;;\n"
        ";;;31.12.2022;31.12.2023\n"
    )
    body = "16053;Jena, krsfr. Stadt;männlich;55;56\n16053;Jena, krsfr. Stadt;weiblich;57;58\n"
    found = read(table(head, body))
    assert not found.issues
    assert [(r.period, r.breakdown, r.value) for r in found.rows] == [
        ("2022-12-31", "D1=maennlich", Decimal(55)),
        ("2023-12-31", "D1=maennlich", Decimal(56)),
        ("2022-12-31", "D1=weiblich", Decimal(57)),
        ("2023-12-31", "D1=weiblich", Decimal(58)),
    ]
    assert found.summary.measures[0][:3] == ("12411", "bevoelkerungsstand", "Anzahl")


def test_two_totals_of_one_measure_are_told_apart() -> None:
    head = HEAD.replace("unter 18 Jahre", "zusammen")
    found = read(table(head))
    first = [r.breakdown for r in found.rows if r.line == 6]
    assert len({(r.measure, r.breakdown) for r in found.rows if r.line == 6}) == len(first) == 3


@pytest.mark.parametrize(
    ("note", "method", "base"),
    [
        ("Die Werte sind auf ein Vielfaches von 5 gerundet.", ProtectionMethod.rounded, 5),
        ("Dargestellt mit 3er-Rundung.", ProtectionMethod.rounded, 3),
        ("Geheimhaltung nach der Cell-Key-Methode.", ProtectionMethod.cell_key, None),
        ("Zahlen unterliegen der Geheimhaltung.", ProtectionMethod.suppressed, None),
        ("Ergebnisse des Zensus 2011.", None, None),
    ],
)
def test_the_foot_says_how_the_figures_were_protected(
    note: str, method: ProtectionMethod | None, base: int | None
) -> None:
    summary = read(table(foot=FOOT.replace("Hinweise", note))).summary
    assert (summary.protection_method, summary.protection_base) == (method, base)
    assert (summary.protection_note == note) == (method is not None)


@pytest.mark.parametrize("cut", [5, 20, 60, len(FOOT) - 1])
def test_a_table_without_its_foot_was_cut_off(cut: int) -> None:
    data = table().decode()[: -len(FOOT) - 1 + max(0, 5 - cut)]
    found = read(data.encode())
    assert [i.code for i in found.issues][-1] == "cut_off"
    assert found.summary.errors


def test_a_row_that_breaks_off_is_named() -> None:
    found = read(table(body=BODY + "2016;16054;      Suhl;männl"))
    assert (found.issues[0].line, found.issues[0].code) == (10, "columns")


def test_a_cell_that_is_no_number_costs_itself() -> None:
    found = read(table(body=BODY.replace(";50;", ";fifty;")))
    assert [(i.line, i.column, i.code) for i in found.issues] == [
        (7, "column 5", "number_unreadable")
    ]
    assert len(found.rows) == 11


@pytest.mark.parametrize(
    "data",
    [
        "GENESIS-Tabelle: 22151-01-02-4\n",
        "GENESIS-Tabelle: 22151-01-02-4\nTitel;;\n;;Anzahl\n",
        HEAD + "2016;Jena;männlich;x;1;2;3\n" + FOOT,
        HEAD + "16053;Jena;männlich;x;1;2;3\n" + FOOT,
    ],
)
def test_a_head_that_names_no_area_or_period_refuses_the_file(data: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read(data.encode())
    assert refused.value.code == "header"

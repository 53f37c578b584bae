"""SDMX-CSV messages: what they bring, replace and take back."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.contracts.indicators.mappings import FileLayout
from services.contracts.indicators.values import ValueStatus, has_value
from services.indicators.deliveries.formats import FileRefused, Format, Hints
from tests.unit.indicators.delivered import read, recognised

HEADER = (
    "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,INDICATOR,REF_AREA,GES,TIME_PERIOD,OBS_VALUE,"
    "OBS_STATUS,CONF_STATUS,UNIT_MEASURE,UNIT_MULT"
)


def row(
    value: str = "7",
    *,
    action: str = "M",
    area: str = "jena",
    sex: str = "F",
    period: str = "2024",
    indicator: str = "bevoelkerung",
    obs: str = "A",
    conf: str = "F",
    mult: str = "",
) -> str:
    return (
        f"dataflow,PLANRAUM:FIGURES(1.0.0),{action},A,{indicator},{area},{sex},{period},"
        f"{value},{obs},{conf},PS,{mult}"
    )


def message(*rows: str, header: str = HEADER) -> bytes:
    return "\r\n".join([header, *rows, ""]).encode()


def test_a_message_is_recognised_and_read() -> None:
    table = read(message(row("54933")))
    assert table.summary.format is Format.sdmx_csv
    assert table.summary.all_or_nothing
    assert table.summary.action == "merge"
    assert not table.issues
    (figure,) = table.rows
    assert (figure.area, figure.measure, figure.unit) == ("jena", "bevoelkerung", "PS")
    assert (figure.period, figure.breakdown, figure.value) == ("2024", "GES=F", Decimal(54933))


@pytest.mark.parametrize(
    ("value", "obs", "conf", "status", "provisional"),
    [
        ("7", "A", "F", ValueStatus.normal, False),
        ("7", "", "", ValueStatus.normal, False),
        ("7", "P", "F", ValueStatus.normal, True),
        ("7", "E", "F", ValueStatus.limited, False),
        ("7", "U", "F", ValueStatus.limited, False),
        ("7", "B", "F", ValueStatus.normal, False),
        ("NaN", "", "", ValueStatus.missing, False),
        ("#N/A", "M", "", ValueStatus.nothing, False),
        ("NaN", "L", "", ValueStatus.unknown, False),
        ("NaN", "Q", "", ValueStatus.unknown, False),
        ("", "M", "C", ValueStatus.unknown, False),
        ("NaN", "A", "D", ValueStatus.unknown, False),
        ("NaN", "U", "F", ValueStatus.unreliable, False),
    ],
)
def test_statuses_keep_their_meaning(
    value: str, obs: str, conf: str, status: ValueStatus, provisional: bool
) -> None:
    (figure,) = read(message(row(value, obs=obs, conf=conf))).rows
    assert (figure.status, figure.provisional) == (status, provisional)


@pytest.mark.parametrize("status", list(ValueStatus))
@pytest.mark.parametrize("provisional", ["true", "false"])
def test_the_messages_of_this_service_come_back_sign_for_sign(
    status: ValueStatus, provisional: str
) -> None:
    value = "7" if has_value(status) else "NaN"
    line = f"{row(value, obs='M', conf='F')},{status},{provisional}"
    (figure,) = read(message(line, header=f"{HEADER},STATUS,PROVISIONAL")).rows
    hidden = status is ValueStatus.confidential
    assert figure.status is (ValueStatus.unknown if hidden else status)
    assert figure.provisional is (provisional == "true")
    assert (figure.value is None) != has_value(status)


def test_an_empty_value_without_a_status_changes_nothing() -> None:
    table = read(message(row("", obs="", conf=""), row("7")))
    assert len(table.rows) == 1
    assert table.summary.counts["skipped"] == 1


def test_totals_and_powers_of_ten_are_understood() -> None:
    total, thousands = read(message(row(sex="_T"), row("1.5", mult="3"))).rows
    assert total.breakdown == ""
    assert thousands.value == Decimal(1500)


def test_a_replacement_names_what_it_replaces() -> None:
    table = read(message(row(action="R"), row(action="R", area="gera"), row(period="2023")))
    summary = table.summary
    assert summary.action == "replace"
    assert [
        (summary.measures[measure].measure, summary.periods[period].text)
        for measure, period in summary.replaced
    ] == [("bevoelkerung", "2024")]
    assert len(table.rows) == 3


def test_a_full_key_takes_one_figure_back() -> None:
    table = read(message(row("", action="D", obs="", conf="")))
    (figure,) = table.rows
    assert figure.gone
    assert (figure.area, figure.period, figure.breakdown) == ("jena", "2024", "GES=F")
    assert table.summary.action == "delete"


def test_an_empty_dimension_stands_for_all_its_codes() -> None:
    table = read(
        message(
            row("", action="D", sex="", obs="", conf=""),
            row("", action="D", area="", period="", obs="", conf=""),
            row("", action="D", area="", sex="", period="", indicator="", obs="", conf=""),
        )
    )
    summary = table.summary
    assert not table.rows
    assert [
        (d.line, d.place is None, d.period is None, d.measure is None, d.attributes)
        for d in summary.deletions
    ] == [
        (2, False, False, False, {}),
        (3, True, True, False, {"GES": "F"}),
        (4, True, True, True, {}),
    ]
    assert summary.action == "delete"


def test_a_part_of_a_key_may_be_the_total() -> None:
    (deletion,) = read(
        message(row("", action="D", sex="_T", area="", obs="", conf=""))
    ).summary.deletions
    assert deletion.attributes == {"GES": ""}


def test_labels_beside_codes_are_told_from_them() -> None:
    both = (
        "STRUCTURE[|];STRUCTURE_ID;ACTION;INDICATOR: Indicator;REF_AREA: Area;GES: Sex;"
        "TIME_PERIOD: Time;OBS_VALUE: Value\r\n"
        "dataflow;PLANRAUM:FIGURES(1.0.0): Figures;I;bevoelkerung: Bevölkerung;jena: Jena;"
        "F: weiblich;2024;1,5\r\n"
    )
    table = read(both.encode())
    (figure,) = table.rows
    assert (figure.area, figure.area_label) == ("jena", "Jena")
    assert (figure.measure, figure.measure_label) == ("bevoelkerung", "Bevölkerung")
    assert (figure.breakdown, figure.value) == ("GES=F", Decimal("1.5"))
    assert table.summary.dimensions["GES"].attributes == {"F": "weiblich"}


def test_columns_of_names_are_passed_over() -> None:
    named = (
        "STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,ACTION,INDICATOR,Indicator,REF_AREA,Area,GES,Sex,"
        "TIME_PERIOD,Time,OBS_VALUE,Value\r\n"
        "dataflow,PLANRAUM:FIGURES(1.0.0),Figures,I,bevoelkerung,Bevölkerung,jena,Jena,F,weiblich,"
        "2024,2024,1.5,1.5\r\n"
    )
    (figure,) = read(named.encode()).rows
    assert (figure.area, figure.breakdown, figure.value) == ("jena", "GES=F", Decimal("1.5"))


def test_a_message_of_another_house_is_read_by_its_mapping() -> None:
    header = HEADER.replace("REF_AREA", "KREIS").replace("GES", "SEX")
    data = message(row("7"), header=header)
    with pytest.raises(FileRefused, match="map it"):
        read(data)
    layout = FileLayout.model_validate(
        {
            "fingerprint": recognised(data).fingerprint,
            "area_scheme": "ags",
            "columns": [
                {"name": "KREIS", "role": "area", "codes": {"jena": "16053"}},
                {"name": "SEX", "role": "dimension", "code": "GES", "codes": {"F": "GESW"}},
                {"name": "INDICATOR", "role": "measure", "codes": {"bevoelkerung": "12411:BEVSTD"}},
            ],
        }
    )
    (figure,) = read(data, Hints(layout)).rows
    assert (figure.area, figure.area_scheme, figure.breakdown) == ("16053", "ags", "GES=GESW")
    assert (figure.statistic, figure.measure) == ("12411", "BEVSTD")


@pytest.mark.parametrize(
    ("line", "column", "code"),
    [
        (row("seven"), "OBS_VALUE", "number_unreadable"),
        (row("Infinity"), "OBS_VALUE", "number_unreadable"),
        (row(action="X"), "ACTION", "action_unknown"),
        (row(area=""), "REF_AREA", "area_missing"),
        (row(sex="m f"), "GES", "code_unreadable"),
        (row(period="soon"), "TIME_PERIOD", "period_unreadable"),
        (row(mult="many"), "UNIT_MULT", "number_unreadable"),
        (row("", action="D", obs="-", conf=""), "ACTION", "attribute_deleted"),
        (row() + ",", None, "columns"),
    ],
)
def test_every_bad_cell_is_named(line: str, column: str | None, code: str) -> None:
    table = read(message(row(), line))
    assert [(i.line, i.column, i.code) for i in table.issues] == [(3, column, code)]


@pytest.mark.parametrize(
    "header",
    [
        HEADER.replace(",OBS_VALUE", ",VALUE"),
        HEADER.replace(",TIME_PERIOD", ",TIME"),
        HEADER.replace(",GES", ",INDICATOR"),
        HEADER.replace(",GES", ",G$S"),
    ],
)
def test_a_header_that_is_not_complete_refuses_the_file(header: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read(message(row(), header=header))
    assert refused.value.code == "header"


CODES = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9\-]{0,8}", fullmatch=True)
PERIODS = st.sampled_from(["2024", "2023-Q4", "2024-02", "2024-12-31", "2023-08-01/P1Y"])
AMOUNTS = st.none() | st.decimals(-(10**12), 10**12, allow_nan=False, places=3)


@settings(deadline=None)
@given(st.lists(st.tuples(CODES, PERIODS, CODES, AMOUNTS), min_size=1, max_size=20))
def test_what_is_written_as_a_message_comes_back(
    cells: list[tuple[str, str, str, Decimal | None]],
) -> None:
    rows = [
        row("NaN" if value is None else f"{value}", area=area, period=period, sex=sex)
        for area, period, sex, value in cells
        if sex.upper() not in ("TOTAL",)
    ]
    table = read(message(*rows))
    assert not table.issues
    assert [(f.area, f.period, f.dimensions["GES"], f.value) for f in table.rows] == [
        cell for cell in cells if cell[2].upper() not in ("TOTAL",)
    ]

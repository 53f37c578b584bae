"""The social atlas and the social report: bound to a release, the same whenever printed."""

from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from tests.integration.indicators import test_indices as index
from tests.integration.indicators.figures import equip, released, tidy
from tests.integration.indicators.territory import area
from tests.support.towns import Door

ATLAS: dict[str, Any] = {
    "key": "sozialatlas-2024",
    "title": {"de": "Sozialatlas 2024", "en": "Social atlas 2024"},
    "kind": "atlas",
    "release": 1,
    "level": "statistischer-bezirk",
}
FIRST = tidy(
    "jena,2023,bevoelkerung,,110731",
    "lobeda-west,2023,bevoelkerung,,10410",
    "winzerla,2023,bevoelkerung,,12066",
    "jena,2024,bevoelkerung,,111191",
    "lobeda-west,2024,bevoelkerung,,10502",
    "winzerla,2024,bevoelkerung,,12080",
    "lobeda-west,2024,empfaenger,,2",
    "winzerla,2024,empfaenger,,400",
)


async def printed(door: Door, key: str = "sozialatlas-2024", query: str = "") -> str:
    answer = await door.as_().get(f"/reports/{key}/document?{query}")
    assert answer.status_code == 200, answer.text
    return answer.text


async def test_an_atlas_shows_every_topic_and_every_area(indicators: Door) -> None:
    await equip(indicators)
    await released(indicators, FIRST)
    await indicators.made("/reports", ATLAS)
    page = await printed(indicators)
    assert '<html lang="de">' in page
    assert "Bevölkerung nach Gebieten, 2024 (Personen)" in page
    row = '<tr><th scope="row">Winzerla</th><td class="n">12.066</td><td class="n">12.080</td>'
    assert row in page
    assert "Veröffentlichungsstand 1 vom" in page
    assert "Lobeda-West: alle Indikatoren" in page
    assert "1 von 2" in page


async def test_an_atlas_compares_every_area_with_the_one_that_all_are_part_of(
    indicators: Door,
) -> None:
    await equip(indicators)
    await indicators.made("/area-levels", {"key": "raum", "name": {"de": "Raum"}, "position": 3})
    await indicators.made("/areas", area("lobeda", "raum", "jena"))
    changed = await indicators.patch("/areas/lobeda-west", {"parent": "lobeda"}, 1)
    assert changed.status_code == 200, changed.text
    await released(indicators, FIRST)
    await indicators.made("/reports", ATLAS)
    page = await printed(indicators)
    profile = page[page.index("Winzerla: alle Indikatoren") :]
    header = profile[: profile.index("</tr>")]
    assert '<th scope="col" class="n">Jena</th>' in header, header
    assert "111.191" in profile


async def test_an_atlas_shows_a_rate_with_no_more_decimals_than_were_published(
    indicators: Door,
) -> None:
    await equip(indicators)
    counts = "winzerla,2024,bevoelkerung,,600", "winzerla,2024,empfaenger,,100"
    await released(indicators, tidy(*counts, "winzerla,2024,quote,,16.67"))
    await indicators.made("/reports", ATLAS)
    found = await indicators.as_().get("/observations?indicator=quote&format=csv")
    assert ",17,normal," in found.text
    page = await printed(indicators)
    assert '<td class="n">17</td>' in page
    assert ">17,00<" not in page


async def test_a_hidden_figure_says_why_and_is_never_a_zero(indicators: Door) -> None:
    await equip(indicators)
    await released(indicators, FIRST)
    await indicators.made("/reports", ATLAS)
    page = await printed(indicators)
    assert '<th scope="row">Lobeda-West</th><td class="n">*</td>' in page
    assert "Ein Wert ist verborgen" in page
    assert "Was verborgen ist, und warum" in page
    assert "threshold:3" not in page
    assert "Weniger als 3 Fälle" in page


async def test_a_report_is_printed_again_identically_after_later_releases(
    indicators: Door,
) -> None:
    await equip(indicators)
    await released(indicators, FIRST)
    await indicators.made("/reports", ATLAS)
    html, pdf = await printed(indicators), await _pdf(indicators)
    await released(indicators, tidy("winzerla,2024,bevoelkerung,,99999"))
    renamed = await indicators.get("/indicators/bevoelkerung")
    await indicators.patch(
        "/indicators/bevoelkerung", {"name": {"de": "Einwohner"}}, renamed.json()["revision"]
    )
    assert await printed(indicators) == html
    assert await _pdf(indicators) == pdf


async def test_the_pdf_is_accessible(indicators: Door) -> None:
    await equip(indicators)
    await released(indicators, FIRST)
    await indicators.made("/reports", ATLAS)
    reader = PdfReader(BytesIO(await _pdf(indicators, "lang=en")))
    assert reader.metadata is not None
    assert reader.metadata.title == "Social atlas 2024"
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    text = "\n".join(page.extract_text() for page in reader.pages)
    assert "What is hidden, and why" in text
    assert "12,080" in text


async def test_a_social_report_has_chapters_of_its_own_and_a_series(indicators: Door) -> None:
    await equip(indicators)
    await released(indicators, FIRST)
    chapters = [
        {
            "title": {"de": "Wie viele wir sind"},
            "text": {"de": "Jena wächst.\n\nLobeda-West auch."},
            "indicators": ["bevoelkerung"],
        }
    ]
    await indicators.made(
        "/reports",
        {**ATLAS, "key": "bericht", "kind": "social_report", "chapters": chapters},
    )
    page = await printed(indicators, "bericht")
    assert "<p>Jena wächst.</p><p>Lobeda-West auch.</p>" in page
    assert "Bevölkerung im Zeitverlauf (Personen)" in page
    assert '<th scope="row">2023</th><td class="n">110.731</td>' in page
    assert "alle Indikatoren" not in page
    assert "Empfängerinnen" not in page


@pytest.mark.parametrize(
    ("changed", "pointer"),
    [
        ({"release": 9}, "/release"),
        ({"level": "land"}, "/level"),
        ({"level": "gibt-es-nicht"}, "/level"),
        (
            {"chapters": [{"title": {"de": "A"}, "indicators": ["quote"]}]},
            "/chapters/0/indicators/0",
        ),
        (
            {"chapters": [{"title": {"de": "A"}, "indicators": ["bevoelkerung"] * 2}]},
            "/chapters",
        ),
    ],
)
async def test_a_report_of_what_is_not_there_is_refused(
    indicators: Door, changed: dict[str, Any], pointer: str
) -> None:
    await equip(indicators)
    await released(indicators, FIRST)
    answer = await indicators.post("/reports", {**ATLAS, **changed})
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["pointer"] == pointer


async def test_a_report_shows_its_readers_only_what_they_may_see(indicators: Door) -> None:
    await equip(indicators)
    await released(indicators, FIRST)
    hidden = await indicators.get("/indicators/empfaenger")
    await indicators.patch(
        "/indicators/empfaenger", {"visibility": "administration"}, hidden.json()["revision"]
    )
    await indicators.made("/reports", ATLAS)
    await indicators.made("/reports", {**ATLAS, "key": "intern", "visibility": "administration"})
    assert "Empfängerinnen" not in await printed(indicators)
    assert (await indicators.as_().get("/reports/intern/document")).status_code == 404
    inside = await indicators.get("/reports/intern/document")
    assert "Empfängerinnen" in inside.text
    row = (await indicators.get("/reports/intern")).json()
    shown = await indicators.patch("/reports/intern", {"visibility": "public"}, row["revision"])
    assert shown.status_code == 200, shown.text
    assert "Empfängerinnen" not in await printed(indicators, "intern")


async def test_a_changed_foreword_is_another_edition(indicators: Door) -> None:
    await equip(indicators)
    await released(indicators, FIRST)
    made = await indicators.made("/reports", ATLAS)
    words = {"foreword": {"de": "Zum <Geleit> & so weiter."}}
    await indicators.patch("/reports/sozialatlas-2024", words, made["revision"])
    page = await printed(indicators)
    assert "Zum &lt;Geleit&gt; &amp; so weiter." in page
    assert "Fassung 2" in page


async def _pdf(door: Door, query: str = "") -> bytes:
    address = f"/reports/sozialatlas-2024/document?format=pdf&{query}"
    answer = await door.as_().get(address)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/pdf"
    return answer.content


async def test_the_map_of_an_index_is_printed_with_the_classes_of_its_recipe(
    indicators: Door,
) -> None:
    await index.equip(indicators)
    changed = await indicators.patch("/areas/lobeda-west", {"geometry_is_schematic": True}, 1)
    assert changed.status_code == 200, changed.text
    await released(indicators, index.USUAL)
    await indicators.made("/reports", ATLAS)
    page = await printed(indicators)
    for said in ("günstig: unter −1", "mittel: ab −1 bis 1", "ungünstig: über 1"):
        assert said in page, said
    assert "Schematische Karte: Kacheln statt der wirklichen Grenzen." in page
    await indicators.patch(
        "/indices/soziale-lage",
        {"classes": [index.CLASSES[0], {"code": "9", "label": {"de": "übrige"}}]},
    )
    await indicators.made("/releases", {"title": {"de": "Neue Klassen"}, "deliveries": []})
    assert await printed(indicators) == page, "bound to its release, the report stays as it was"

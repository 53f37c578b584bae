"""The catalogue as open data portals harvest it, read with an RDF library."""

from typing import Any

import pytest
import rdflib
from fastapi import FastAPI
from rdflib import DCAT, DCTERMS, FOAF, RDF, XSD, Graph, Literal, URIRef

from tests.integration.indicators.figures import COUNT, POPULATION, equip, released, tidy
from tests.support.towns import Door

pytestmark = pytest.mark.filterwarnings(
    "ignore:ConjunctiveGraph:DeprecationWarning"
)  # of rdflib itself
DCATDE = rdflib.Namespace("http://dcat-ap.de/def/dcatde/")
PORTAL = "https://planraum.example.org"


async def graph(door: Door, path: str = "/catalogue.jsonld") -> Graph:
    answer = await door.as_().get(path)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/ld+json"
    address = f"{PORTAL}/v1/{door.municipality.key}{path}"
    return Graph().parse(data=answer.text, format="json-ld", publicID=address)


async def offered(door: Door) -> dict[str, Any]:
    """A topic with two indicators of different licence, one without topic, one without figures."""
    await equip(door)
    await door.made("/topics", {"key": "soziales", "name": {"de": "Soziales", "en": "Social"}})
    for key, licence in (("leistungen", "dl-de/by-2-0"), ("beratungen", None)):
        source = {"publisher": f"Amt {key}", "licence": licence}
        new = {**COUNT, "key": key, "name": {"de": key}, "topic": "soziales", "source": source}
        await door.made("/indicators", new)
    secret = {**COUNT, "key": "intern", "name": {"de": "intern"}, "visibility": "administration"}
    await door.made("/indicators", secret)
    rows = [f"jena,2020-12-31,{i},,100" for i in ("leistungen", "beratungen", "bevoelkerung")]
    rows += ["jena,2021-12-31,leistungen,,200", "jena,2021-12-31,intern,,9"]
    return await released(door, tidy(*rows))


async def test_the_catalogue_has_what_the_profile_requires(indicators: Door) -> None:
    release = await offered(indicators)
    found = await graph(indicators)
    (catalogue,) = found.subjects(RDF.type, DCAT.Catalog)
    for required in (DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCAT.dataset):
        assert list(found.objects(catalogue, required)), required
    datasets = set(found.objects(catalogue, DCAT.dataset))
    assert datasets == set(found.subjects(RDF.type, DCAT.Dataset))
    base = f"{PORTAL}/v1/{indicators.municipality.key}/catalogue/datasets"
    assert datasets == {URIRef(f"{base}/soziales"), URIRef(f"{base}/bevoelkerung")}
    moment = Literal(release["created_at"][:19] + "+00:00", datatype=XSD.dateTime)
    region = f"{indicators.municipality.id:012d}"
    for dataset in datasets:
        for required in (DCTERMS.title, DCTERMS.description, DCAT.distribution, DCTERMS.temporal):
            assert list(found.objects(dataset, required)), required
        assert found.value(dataset, DCTERMS.modified) == moment
        theme = URIRef("http://publications.europa.eu/resource/authority/data-theme/SOCI")
        assert found.value(dataset, DCAT.theme) == theme
        place = URIRef(f"http://dcat-ap.de/def/politicalGeocoding/regionalKey/{region}")
        assert found.value(dataset, DCATDE.politicalGeocodingURI) == place
        assert found.value(dataset, DCATDE.politicalGeocodingLevelURI) is not None
        (publisher,) = found.objects(dataset, DCTERMS.publisher)
        assert (publisher, RDF.type, FOAF.Organization) in found
        assert found.value(publisher, FOAF.name) is not None
    assert "intern" not in found.serialize()


async def test_every_form_is_a_distribution_with_the_licence_of_its_source(
    indicators: Door,
) -> None:
    await offered(indicators)
    found = await graph(indicators, "/catalogue/datasets/soziales")
    (dataset,) = found.subjects(RDF.type, DCAT.Dataset)
    distributions = list(found.objects(dataset, DCAT.distribution))
    assert len(distributions) == 10, "five forms of two licences"
    licences = {}
    for one in distributions:
        assert found.value(one, DCTERMS["format"]) is not None
        assert found.value(one, DCATDE.licenseAttributionByText) is not None
        address = str(found.value(one, DCAT.accessURL))
        assert address.startswith(f"{PORTAL}/v1/{indicators.municipality.key}/observations?")
        answer = await indicators.as_().get(address.removeprefix(PORTAL))
        assert answer.status_code == 200, answer.text
        media_type = str(found.value(one, DCAT.mediaType)).partition("media-types/")[2]
        assert answer.headers["content-type"].startswith(media_type)
        licences[address.partition("indicator=")[2].partition("&")[0]] = str(
            found.value(one, DCTERMS.license)
        )
    assert licences == {
        "leistungen": "http://dcat-ap.de/def/licenses/dl-by-de/2.0",
        "beratungen": "http://dcat-ap.de/def/licenses/other-closed",
    }
    span = [next(found.objects(None, end)) for end in (DCAT.startDate, DCAT.endDate)]
    assert list(map(str, span)) == ["2020-12-31", "2021-12-31"]


async def test_a_dataset_is_a_topic_or_an_indicator_with_public_figures(indicators: Door) -> None:
    await offered(indicators)
    found = await graph(indicators, "/catalogue/datasets/leistungen")
    assert len(list(found.subjects(RDF.type, DCAT.Distribution))) == 5
    for key in ("intern", "empfaenger", "nowhere"):
        assert (await indicators.get(f"/catalogue/datasets/{key}")).status_code == 404


async def test_a_town_without_figures_has_an_empty_catalogue(indicators: Door) -> None:
    await indicators.made("/indicators", POPULATION)
    found = await graph(indicators)
    assert len(list(found.subjects(RDF.type, DCAT.Catalog))) == 1
    assert list(found.subjects(RDF.type, DCAT.Dataset)) == []


async def test_an_unchanged_catalogue_is_not_sent_again(indicators: Door) -> None:
    await offered(indicators)
    answer = await indicators.as_().get("/catalogue.jsonld")
    known = {"If-None-Match": answer.headers["etag"]}
    assert (await indicators.as_().get("/catalogue.jsonld", headers=known)).status_code == 304


async def test_addresses_are_those_by_which_the_installation_is_known(
    indicators: Door, apps: dict[str, FastAPI]
) -> None:
    """A portal that keeps the document elsewhere still finds the figures."""
    await offered(indicators)
    state = apps["indicators"].state
    usual = state.settings
    try:
        state.settings = usual.model_copy(update={"public_url": "https://daten.example.org"})
        answer = await indicators.as_().get("/catalogue.jsonld")
    finally:
        state.settings = usual
    kept = "https://portal.example.net/cache/77.jsonld"
    found = Graph().parse(data=answer.text, format="json-ld", publicID=kept)
    base = f"https://daten.example.org/v1/{indicators.municipality.key}"
    (catalogue,) = found.subjects(RDF.type, DCAT.Catalog)
    assert str(catalogue) == f"{base}/catalogue.jsonld"
    for address in found.objects(None, DCAT.accessURL):
        assert str(address).startswith(f"{base}/observations?")

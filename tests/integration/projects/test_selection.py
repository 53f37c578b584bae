"""A measure with its project and grants, a grant with its notices: one call."""

from tests.integration.projects.samples import GRANT, MEASURE, NOTICE
from tests.support.towns import Door


async def test_a_measure_brings_its_project_and_its_grants(settled: Door) -> None:
    funded = {**MEASURE, "key": "gefoerdert", "grants": [GRANT["key"]]}
    await settled.made("/measures", funded)
    found = (await settled.as_().get("/measures/gefoerdert?include=project,grants")).json()
    assert set(found["included"]["grants"]) == {GRANT["key"]}
    assert set(found["included"]["project"]) == {MEASURE["project"]}
    shown = (await settled.as_().get(f"/grants/{GRANT['key']}")).json()
    assert found["included"]["grants"][GRANT["key"]] == shown


async def test_a_grant_brings_the_measures_that_name_it_and_its_notices(settled: Door) -> None:
    await settled.made("/notices", NOTICE)
    await settled.made("/measures", {**MEASURE, "key": "gefoerdert", "grants": [GRANT["key"]]})
    found = (await settled.get("/grants?include=notices,measures,project,programme")).json()
    assert set(found["included"]["notices"]) == {NOTICE["key"]}
    assert set(found["included"]["measures"]) == {"gefoerdert"}
    shown = (await settled.get("/measures/gefoerdert")).json()
    assert found["included"]["measures"]["gefoerdert"] == shown


async def test_a_hidden_grant_is_neither_named_nor_brought(settled: Door) -> None:
    hidden = {**GRANT, "key": "geheim", "visibility": "administration"}
    await settled.made("/grants", hidden)
    await settled.made("/measures", {**MEASURE, "key": "gefoerdert", "grants": ["geheim"]})
    office = (await settled.get("/measures/gefoerdert?include=grants")).json()
    assert set(office["included"]["grants"]) == {"geheim"}
    public = (await settled.as_().get("/measures/gefoerdert?include=grants")).json()
    assert (public["grants"], public["hidden_links"]) == ([], 1)
    assert public["included"] == {"grants": {}}

"""A measure with its project and grants, a grant with its notices: one call."""

from tests.integration.projects.samples import (
    GRANT,
    MEASURE,
    NOTICE,
    POSITION,
    PROJECT,
    RESULT,
    TARGET_INDICATOR,
    TARGET_PERIOD,
)
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


async def test_a_project_brings_its_targets_and_a_grant_its_positions(
    settled: Door,
) -> None:
    hidden = {**RESULT, "key": "geheim", "visibility": "administration"}
    await settled.made("/results", hidden)
    await settled.made(
        "/target-indicators", {**TARGET_INDICATOR, "key": "zwei", "result": "geheim"}
    )
    asked = f"/projects/{PROJECT['key']}?include=results,target_indicators"
    office = (await settled.get(asked)).json()["included"]
    public = (await settled.as_().get(asked)).json()["included"]
    assert set(office["results"]) == {RESULT["key"], "geheim"}
    assert set(office["target_indicators"]) == {TARGET_INDICATOR["key"], "zwei"}
    assert set(public["results"]) == {RESULT["key"]}
    shown = (await settled.as_().get(f"/target-indicators/{TARGET_INDICATOR['key']}")).json()
    assert public["target_indicators"] == {shown["key"]: shown}
    asked = f"/target-indicators/{TARGET_INDICATOR['key']}?include=result,periods"
    brought = (await settled.as_().get(asked)).json()["included"]
    assert set(brought["result"]) == {RESULT["key"]}
    assert set(brought["periods"]) == {TARGET_PERIOD["key"]}


async def test_positions_are_brought_by_the_grants_that_pay_for_them(
    settled: Door, statements: list[str]
) -> None:
    halved = await settled.patch(f"/positions/{POSITION['key']}", {"count": 2})
    assert halved.status_code == 200, halved.text
    secret = {**POSITION, "key": "geheim", "count": 2, "visibility": "administration"}
    await settled.made("/positions", secret)
    await settled.made("/positions", {**POSITION, "key": "ohne", "funding": []})
    await settled.made("/grants", {**GRANT, "key": "anderer"})
    counted = []
    for address in (f"/grants/{GRANT['key']}", "/grants"):
        await settled.get(address)
        statements.clear()
        await settled.get(address)
        alone = len(statements)
        statements.clear()
        found = (await settled.get(f"{address}?include=positions")).json()["included"]
        counted.append(len(statements) - alone)
        assert set(found["positions"]) == {POSITION["key"], "geheim"}
    assert counted == [1, 1]
    public = (await settled.as_().get("/grants?include=positions")).json()["included"]
    assert set(public["positions"]) == {POSITION["key"]}
    none = (await settled.get("/grants/anderer?include=positions")).json()["included"]
    assert none == {"positions": {}}

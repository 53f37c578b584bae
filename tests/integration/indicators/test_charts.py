"""Charts say in words what they show, and draw one mark for each area."""

from tests.integration.indicators.maps import prepared
from tests.support.towns import Door


async def test_every_kind(indicators: Door) -> None:
    await prepared(indicators)
    public = indicators.as_()
    for kind in ("time-series", "ranking", "map", "index-matrix"):
        for form in ("vega-lite", "svg", "png"):
            answer = await public.get(f"/charts/{kind}?indicator=quote&second=bevoelkerung&format={form}")
            assert answer.status_code == 200, answer.text
            open(f"/tmp/pr/an_int_{kind}.{form}", "wb").write(answer.content)
            print(kind, form, answer.headers, len(answer.content))
    assert 0

"""A map says what it shows, and nothing that is not published."""

from services.contracts.indicators.maps import ThematicMap
from tests.integration.indicators.maps import prepared
from tests.support.towns import Door


async def test_one_call_gives_everything_a_map_needs(indicators: Door) -> None:
    await prepared(indicators)
    answer = await indicators.as_().get("/maps/quote")
    assert answer.status_code == 200, answer.text
    told = answer.json()
    ThematicMap.model_validate(told)

"""The second time the same question is asked its parameters are not checked again; all else is."""

from tests.integration.indicators.figures import equip, released, tidy
from tests.support.towns import Door

QUESTION = "/observations?indicator=bevoelkerung&from=2024"


async def test_the_same_question_gives_the_same_answer_until_something_changes(
    indicators: Door,
) -> None:
    await equip(indicators)
    await released(indicators, tidy("16063,2024-12-31,bevoelkerung,,154957"))
    public = indicators.as_()
    first, again = await public.get(QUESTION), await public.get(QUESTION)
    assert first.status_code == again.status_code == 200
    assert first.content == again.content
    assert first.headers["etag"] == again.headers["etag"]
    known = await public.get(QUESTION, headers={"If-None-Match": first.headers["etag"]})
    assert known.status_code == 304
    await released(indicators, tidy("16063,2024-12-31,bevoelkerung,,154958"))
    later = await public.get(QUESTION)
    assert later.json()["columns"]["value"] == [154958]


async def test_the_format_is_part_of_the_question(indicators: Door) -> None:
    await equip(indicators)
    await released(indicators, tidy("16063,2024-12-31,bevoelkerung,,154957"))
    for _ in range(2):
        as_json = await indicators.get(QUESTION)
        as_csv = await indicators.get(QUESTION, headers={"Accept": "text/csv"})
        assert as_json.headers["content-type"] == "application/json"
        assert as_csv.headers["content-type"].startswith("text/csv")


async def test_what_one_may_see_another_does_not_get_by_asking_the_same(indicators: Door) -> None:
    await equip(indicators)
    await released(indicators, tidy("16063,2024-12-31,bevoelkerung,,154957"))
    await indicators.patch("/indicators/bevoelkerung", {"visibility": "administration"}, 1)
    for _ in range(2):
        assert (await indicators.get(QUESTION)).json()["columns"]["value"] == [154957]
        assert (await indicators.as_().get(QUESTION)).status_code == 422


async def test_a_wrong_question_is_wrong_every_time(indicators: Door) -> None:
    await equip(indicators)
    for _ in range(2):
        refused = await indicators.get("/observations?indicator=bevoelkerung&as_of=0")
        assert refused.status_code == 422
        assert refused.json()["errors"][0]["parameter"] == "as_of"


async def test_a_question_that_ends_before_it_begins_is_refused(indicators: Door) -> None:
    await equip(indicators)
    for _ in range(2):
        refused = await indicators.get("/observations?indicator=quote&from=2024&until=2020")
        assert refused.status_code == 422
        assert refused.json()["errors"][0]["parameter"] == "until"

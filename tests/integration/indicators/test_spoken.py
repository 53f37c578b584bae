"""Charts, maps, profiles and reports are in the language that a browser asks for."""

from tests.integration.indicators.maps import prepared
from tests.support.towns import Door

REPORT = {
    "key": "atlas",
    "title": {"de": "Sozialatlas", "en": "Social atlas"},
    "kind": "atlas",
    "release": 1,
    "level": "bezirk",
}


PATHS = (
    "/charts/ranking?indicator=quote",
    "/maps/quote?period=2024",
    "/areas/bezirk-03/profile?period=2024",
    "/reports/atlas/document?format=html",
)
BRITISH = {"Accept-Language": "fr, en-GB;q=0.8, de;q=0.5"}


async def test_the_language_is_that_of_lang_or_of_the_header(indicators: Door) -> None:
    await prepared(indicators)
    await indicators.made("/reports", REPORT)
    public = indicators.as_()
    for path in PATHS:
        german, english = await public.get(path), await public.get(f"{path}&lang=en")
        by_header = await public.get(path, headers=BRITISH)
        both = await public.get(f"{path}&lang=de", headers=BRITISH)
        foreign = await public.get(path, headers={"Accept-Language": "fr"})
        for answer in (german, english, by_header, both, foreign):
            assert answer.status_code == 200, answer.text
            assert "Accept-Language" in answer.headers["vary"], path
        assert by_header.content == english.content != german.content, path
        assert both.content == foreign.content == german.content, path
        assert by_header.headers["etag"] == english.headers["etag"] != german.headers["etag"]

        known = {"If-None-Match": german.headers["etag"]}
        assert (await public.get(path, headers={**known, **BRITISH})).status_code == 200, path
        same = await public.get(path, headers=known)
        assert (same.status_code, same.headers["vary"]) == (304, german.headers["vary"]), path

"""Releases: numbered states in which figures become public (Veröffentlichungsstände)."""

from typing import Annotated

from pydantic import Field

from services.contracts.shared.base import Key, Prose, Request, Stored, Texts, example


class ReleaseTexts(Request):
    """What is said of a release; the figures in it are for good."""

    model_config = example(
        title={"de": "Bevölkerung am 31.12.2024", "en": "Population on 31 December 2024"},
        note="Updated on the basis of the 2022 census.",
    )

    title: Texts
    note: Prose | None = None


class NewRelease(ReleaseTexts):
    """A release of approved deliveries, or of none: it computes and protects anew."""

    model_config = example(
        title={"de": "Bevölkerung am 31.12.2024", "en": "Population on 31 December 2024"},
        note="Updated on the basis of the 2022 census.",
        deliveries=["delivery-7", "delivery-8"],
    )

    deliveries: Annotated[
        list[Key],
        Field(
            max_length=100,
            description=(
                "Approved deliveries; where two hold one figure, the later counts. None where only "
                "rules, areas, code lists or recipes have changed."
            ),
        ),
    ]


class Release(Stored, NewRelease):
    """A release (Veröffentlichungsstand)."""

    model_config = {
        **Stored.model_config,
        **example(
            key="release-3",
            title={"de": "Bevölkerung am 31.12.2024", "en": "Population on 31 December 2024"},
            note="Updated on the basis of the 2022 census.",
            deliveries=["delivery-7", "delivery-8"],
            number=3,
            released_by="token:statistician",
            figures=69,
            published=66,
            hidden=2,
            withdraws=None,
        ),
        "extra": "ignore",
    }

    key: Key
    number: int = Field(description="Counts from 1 in each municipality; use it as `as_of`.")
    released_by: str = Field(description="Identifier of who released, never a name.")
    figures: int = Field(description="Figures that are new or changed.")
    published: int = Field(description="Figures that the public sees anew or otherwise.")
    hidden: int = Field(description="Of these, hidden to protect persons.")
    withdraws: Key | None = Field(
        description="The delivery whose figures this release takes back; it then holds no others."
    )
    deliveries: list[Key] = Field(description="The deliveries that it brought.")

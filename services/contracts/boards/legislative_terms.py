"""Legislative terms: for how long a council is elected (Wahlperioden)."""

from services.contracts.shared.base import Key, Request, Stored, Texts, Visibility, example
from services.contracts.shared.validity import EndsOn, StartsOn


class NewLegislativeTerm(Request):
    """A legislative term (Wahlperiode) of the municipality's council."""

    model_config = example(
        key="wahlperiode-2024-2029",
        name={"de": "Wahlperiode 2024 bis 2029", "en": "Term 2024 to 2029"},
        starts_on="2024-06-01",
        ends_on="2029-05-31",
        visibility="public",
    )

    key: Key
    name: Texts
    starts_on: StartsOn = None
    ends_on: EndsOn = None
    visibility: Visibility = Visibility.public


class LegislativeTerm(Stored, NewLegislativeTerm):
    """A legislative term as it is stored."""

    model_config = {**Stored.model_config, **NewLegislativeTerm.model_config, "extra": "ignore"}

"""The topics of both municipalities (Themenfelder)."""

from services.contracts.indicators.topics import NewTopic
from services.demo.texts import texts

TOPICS = [
    NewTopic(key=key, name=name, position=position)
    for position, (key, name) in enumerate(
        (
            ("bevoelkerung", texts("Bevölkerung", "Population", "Popolazione")),
            ("haushalte-familien", texts("Haushalte und Familien", "Households and families")),
            ("kinder-jugend", texts("Kinder und Jugend", "Children and youth")),
            ("mindestsicherung", texts("Mindestsicherung", "Minimum income benefits")),
        )
    )
]

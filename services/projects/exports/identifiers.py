"""Identifiers of organisations and of funded work, for good (decision 0059)."""

from services.projects.exports.works import Party, Work


class Scheme:
    """The scheme DE-ARS: the regional key of the municipality, then collection and key."""

    def __init__(self, municipality: int, name: str) -> None:
        self.municipality, self.name = f"DE-ARS-{municipality:012d}", name

    def party(self, party: Party) -> str | None:
        """Of an organisation of this municipality; None for one that only a list names."""
        return None if party.key is None else f"{self.municipality}-organisations-{party.key}"

    def work(self, work: Work) -> str:
        """Of a grant or an operation."""
        return self.named(work.resource, work.key)

    def named(self, resource: str, key: str) -> str:
        """Of anything by its collection and key."""
        return f"{self.municipality}-{resource}-{key}"

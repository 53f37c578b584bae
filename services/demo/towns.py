"""What a demo municipality consists of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from services.contracts.boards.coordinated_reports import NewCoordinatedReport
from services.contracts.gateway.municipalities import NewMunicipality
from services.contracts.indicators.areas import NewAreaVersion
from services.contracts.indicators.catalogue_versions import CatalogueVersionTexts
from services.contracts.indicators.reports import NewReport
from services.contracts.shared.base import Language, Request
from services.demo.figures import Table


@dataclass(frozen=True)
class Resources:
    """Resources of one collection in the order in which they can be created."""

    collection: str
    items: Sequence[Request]
    query: Mapping[str, str] = field(default_factory=dict)
    """With which the list shows all of them, those of former times included."""


@dataclass(frozen=True)
class Town:
    """A municipality, what it plans with, and its figures."""

    municipality: NewMunicipality
    resources: Sequence[Resources]
    later_versions: Mapping[str, NewAreaVersion]
    """Areas that became another on a day (Gebietsänderung)."""
    tables: Sequence[Table]
    release: Mapping[Language, str]
    """Title of the release that makes the figures public."""
    reports: Sequence[NewReport] = ()
    """Made afterwards, of that release whatever its number."""
    coordinated_reports: Sequence[NewCoordinatedReport] = ()
    """Made likewise, as of the day of the release, and published."""
    rule_packs: Sequence[str] = ()
    """Keys of the packs of rules that are adopted, each for the programme of the same key."""
    catalogue: CatalogueVersionTexts | None = None
    """With these words the catalogue is frozen at the end."""

    @property
    def key(self) -> str:
        return self.municipality.key

    def items(self, collection: str) -> Sequence[Request]:
        """The resources of a collection."""
        return [i for r in self.resources if r.collection == collection for i in r.items]

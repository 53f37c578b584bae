"""Contributions from other platforms (Übernahme von Beiträgen)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated

from pydantic import Field

from services.contracts.boards.contributions import Channel, ContributionState, NewContribution
from services.contracts.shared.base import Answer, Key, Visibility, example


class ImportedContribution(NewContribution):
    """A contribution as it comes from a file, with what we add to it."""

    model_config = {
        **NewContribution.model_config,
        **example(
            process="armutspraevention-2026",
            text="Der letzte Bus fährt zu früh.",
            channel="imported",
            consent=True,
            consent_version="2026-01",
            key="c-4m2xk7qa3z",
            origin="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            received_on="2026-04-15",
            answer_due_on="2026-06-14",
            delete_on="2027-03-31",
        ),
    }

    channel: Channel = Channel.imported
    key: Key
    origin: Annotated[str, Field(description="Digest of where it stood in the file.")]
    state: ContributionState = ContributionState.received
    visibility: Visibility = Visibility.administration
    received_on: date
    answer_due_on: date
    delete_on: date


class ContributionsImported(Answer):
    """What an import did, or would do."""

    model_config = example(
        dry_run=False,
        rows=3,
        new=1,
        known=2,
        keys=["c-4m2xk7qa3z"],
        columns={"text": ["title/de", "body/de"], "category": ["category/name/de"]},
    )

    dry_run: bool
    rows: Annotated[int, Field(description="Rows of the file that say something.")]
    new: Annotated[int, Field(description="Contributions that were not known.")]
    known: Annotated[int, Field(description="Rows that were imported before, erased ones too.")]
    keys: Annotated[Sequence[Key], Field(description="Of the new ones; none in a dry run.")]
    columns: Annotated[
        Mapping[str, Sequence[str]], Field(description="Field -> the columns it was read from.")
    ]

"""The way of a delivery (Datenlieferung) from receipt to release, and back."""

from enum import StrEnum


class DeliveryState(StrEnum):
    """Received, checked or refused, approved or rejected, released, withdrawn."""

    received = "received"
    refused = "refused"
    checked = "checked"
    approved = "approved"
    rejected = "rejected"
    released = "released"
    withdrawn = "withdrawn"

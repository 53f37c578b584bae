"""How a proof of use is frozen: pure functions."""

import json
from datetime import date
from hashlib import sha256
from typing import Any

from services.contracts.projects.proofs_of_use import ProofOfUse
from services.kit.problems import Invalid


def check_day(on: date, today: date) -> None:
    """Refuse (422) a day that has not come: nobody knows what will be paid by then."""
    if on > today:
        raise Invalid("That day has not come.", pointer="/on", code="future")


def frozen(proof: ProofOfUse) -> tuple[str, dict[str, Any]]:
    """What the proof says as JSON, and its digest."""
    content = proof.model_dump(mode="json")
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode()).hexdigest(), content

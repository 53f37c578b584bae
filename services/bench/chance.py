"""Chance that falls the same way in every run, so that two runs measure the same."""

import random


def chance(seed: int) -> random.Random:
    """What is drawn for one table; it guards nothing."""
    return random.Random(seed)  # noqa: S311 - drawn again by whoever measures, not guessed by others

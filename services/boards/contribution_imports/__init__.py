"""Contributions from the exports of other platforms (Übernahme von Beiträgen)."""

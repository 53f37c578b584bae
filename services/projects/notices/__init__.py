"""Notices: the versions of a grant (Zuwendungsbescheide)."""

"""What can stand in the way of the embedded server.

EmbeddedError
  InUse        another running server owns the directory
  WrongMajor   the data was written by another major version
  NoBinaries   no usable PostgreSQL was found

Each message is meant for the person at the keyboard: what is wrong, what to do.
"""


class EmbeddedError(RuntimeError):
    """The embedded PostgreSQL cannot be started."""


class InUse(EmbeddedError):
    """Another running server owns the directory."""


class WrongMajor(EmbeddedError):
    """The data directory belongs to another major version of PostgreSQL."""


class NoBinaries(EmbeddedError):
    """No PostgreSQL binaries were found that can be run here."""

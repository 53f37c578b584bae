"""What the database refuses, said in the client's words. Exception texts never leave."""

import re

import asyncpg
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError

from services.kit.problems import Conflict, Invalid, Problem, Stale, Unavailable

DATABASE = (
    SQLAlchemyError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    OSError,
    TimeoutError,
)
_RETRY = {"Retry-After": "2"}


def translate(error: Exception) -> Exception:
    """A problem where the client can do something about it, the error itself where it is ours."""
    if isinstance(error, StaleDataError):
        return Stale("The resource changed while you were changing it.")
    if isinstance(error, PoolTimeout):
        return Unavailable("Too much is going on; try again in a moment.", headers=_RETRY)
    cause = _cause(error)
    if isinstance(cause, asyncpg.IntegrityConstraintViolationError):
        return _integrity(cause)
    if isinstance(cause, asyncpg.DataError):
        return Invalid("A value cannot be stored: it is too large or has a forbidden character.")
    if isinstance(cause, (asyncpg.TransactionRollbackError, asyncpg.LockNotAvailableError)):
        return Unavailable("Others are changing the same; try again.", headers=_RETRY)
    if _is_away(error, cause):
        return Unavailable("The database is not reachable just now.", headers=_RETRY)
    return error


def _cause(error: BaseException) -> BaseException:
    if isinstance(error, (DBAPIError, IntegrityError)) and error.orig is not None:
        return error.orig.__cause__ or error.orig
    return error


def _is_away(error: BaseException, cause: BaseException) -> bool:
    away = (
        OSError,
        TimeoutError,
        asyncpg.InterfaceError,
        asyncpg.InternalClientError,
        asyncpg.ReadOnlySQLTransactionError,
        asyncpg.PostgresConnectionError,
        asyncpg.OperatorInterventionError,
        asyncpg.TooManyConnectionsError,
        asyncpg.CannotConnectNowError,
    )
    return isinstance(cause, away) or (
        isinstance(error, DBAPIError) and error.connection_invalidated
    )


def _integrity(cause: asyncpg.IntegrityConstraintViolationError) -> Problem:
    if isinstance(cause, asyncpg.NotNullViolationError):
        missing = str(getattr(cause, "column_name", None) or "")
        return Invalid(f"{missing} needs a value.", pointer=f"/{missing}", code="missing")
    name = getattr(cause, "constraint_name", None) or ""
    table = getattr(cause, "table_name", None) or ""
    column = re.sub(rf"^(fk|uq|ck|ex|pk)_{re.escape(table)}_?", "", name)
    place = f"/{column}" if column else ""
    if isinstance(cause, asyncpg.ForeignKeyViolationError):
        return Invalid(f"There is no such {column.replace('_', ' ')}.", pointer=place)
    if isinstance(cause, asyncpg.UniqueViolationError):
        return Conflict(f"This {column.replace('_', ' ')} exists already.", pointer=place)
    if isinstance(cause, asyncpg.ExclusionViolationError):
        return Conflict("This overlaps in time with what is stored.", pointer=place)
    return Invalid(
        f"The rule {column.replace('_', ' ')!r} is broken.", pointer="", code=column or "rule"
    )

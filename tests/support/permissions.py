"""Who may do what, as a table for people: python -m tests.support.permissions

writes docs/permissions.csv from the API documents and the grants of the roles. The table is part
of the review; tests/contract/test_permissions.py holds the running services against it.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

from services.commands.openapi import committed as committed_documents
from services.contracts.shared.access import Role
from services.kit.access import allows

TABLE = Path(__file__).parents[2] / "docs" / "permissions.csv"
COLUMNS = ("operationId", "method", "path", "permission", *Role)
METHODS = ("get", "post", "put", "patch", "delete")


def rows() -> list[dict[str, str]]:
    """One row for each operation that asks for a permission, in the order of addresses."""
    return sorted(_rows(), key=lambda row: (row["path"], METHODS.index(row["method"].lower())))


def _rows() -> Iterator[dict[str, str]]:
    for path, item in committed_documents()["platform"]["paths"].items():
        for method in METHODS:
            permission = item.get(method, {}).get("x-permission")
            if permission:
                may = {str(r): "yes" if allows(r, permission) else "no" for r in Role}
                yield {
                    "operationId": item[method]["operationId"],
                    "method": method.upper(),
                    "path": path,
                    "permission": permission,
                    **may,
                }


def committed() -> list[dict[str, str]]:
    """The table as it was reviewed."""
    with TABLE.open(newline="") as file:
        return list(csv.DictReader(file))


def main() -> None:
    with TABLE.open("w", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows())


if __name__ == "__main__":
    main()

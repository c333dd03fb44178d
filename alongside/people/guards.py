"""What the database itself refuses to change: the words of a consent text, and a decision once made.

Made after every migration rather than in one: SQLite loses the triggers of a table that a migration
rebuilds, and a database without them looks like one with them.
"""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

TEXT = "A consent text is never changed; publish a new version."
DECISION = "A decision is never changed; record the next one."
# Table, what may not change in it, and what is said. Whose decision it is may: of two entries of one person.
GUARDED = (
    (
        "people_consenttext",
        ("study_id", "purpose", "language", "version", "wording", "on_stop", "sha256", "published"),
        TEXT,
    ),
    ("people_consentevent", ("text_id", "decision", "at"), DECISION),
)


def raise_guards(sender: AppConfig, using: str = "default", **kwargs: Any) -> None:
    """Receives `post_migrate`."""
    connection = connections[using]
    if GUARDED[0][0] not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for table, columns, said in GUARDED:
            for statement in _statements(connection, table, columns, said):
                cursor.execute(statement)


def _statements(
    connection: BaseDatabaseWrapper, table: str, columns: tuple[str, ...], said: str
) -> list[str]:
    head = f"BEFORE UPDATE OF {', '.join(columns)} ON {table}"
    if connection.vendor == "sqlite":
        return [
            f"CREATE TRIGGER IF NOT EXISTS {table}_stands {head} BEGIN SELECT RAISE(ABORT, '{said}'); END"
        ]
    return [
        f"CREATE OR REPLACE FUNCTION {table}_stands() RETURNS trigger AS $$ BEGIN"
        f" RAISE EXCEPTION '{said}' USING ERRCODE = 'restrict_violation'; END $$ LANGUAGE plpgsql",
        f"CREATE OR REPLACE TRIGGER {table}_stands {head} FOR EACH ROW EXECUTE FUNCTION {table}_stands()",
    ]

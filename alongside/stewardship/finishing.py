"""What a machine that died left undone: files that were given up, and keys whose bridge is down already.

Done after each bringing up to date of the database, which every command of `alongside` begins with.
"""

from typing import Any

from django.apps import AppConfig
from django.db import connections

from alongside.people.models import Anonymisation
from alongside.stewardship.anonymising import destroy_keys
from alongside.stewardship.models import FileToErase
from alongside.stewardship.withdrawal import erase_files


def finish(sender: AppConfig, using: str = "default", **kwargs: Any) -> None:
    """Receives `post_migrate`."""
    there = set(connections[using].introspection.table_names())
    if {model._meta.db_table for model in (Anonymisation, FileToErase)} <= there:
        erase_files()
        destroy_keys()

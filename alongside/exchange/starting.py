"""What goes before the site is served: every command of `alongside` brings the database up to date first."""

from typing import Any

from django.apps import AppConfig
from django.db import connections

from alongside.audit.models import Entry
from alongside.exchange.models import PeopleFile
from alongside.exchange.people.actions import forget_old_people_files


def start(sender: AppConfig, using: str = "default", **kwargs: Any) -> None:
    """Receives `post_migrate`."""
    there = set(connections[using].introspection.table_names())
    if {model._meta.db_table for model in (PeopleFile, Entry)} <= there:
        forget_old_people_files()

from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class StewardshipConfig(AppConfig):
    name = "alongside.stewardship"

    def ready(self) -> None:
        # It needs the models of every room, which are there only now.
        finishing = import_module("alongside.stewardship.finishing")
        post_migrate.connect(finishing.finish, sender=self)

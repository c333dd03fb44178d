from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ExchangeConfig(AppConfig):
    name = "alongside.exchange"

    def ready(self) -> None:
        # It needs models, which are there only now.
        starting = import_module("alongside.exchange.starting")
        post_migrate.connect(starting.start, sender=self)

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from alongside.people.guards import raise_guards


class PeopleConfig(AppConfig):
    name = "alongside.people"

    def ready(self) -> None:
        post_migrate.connect(raise_guards, sender=self)

from importlib import import_module

from django.apps import AppConfig


class InterviewsConfig(AppConfig):
    name = "alongside.interviews"

    def ready(self) -> None:
        # Both need models, which are there only now.
        planning = import_module("alongside.interviews.planning")
        import_module("alongside.training.ingredients").register(planning.six_months_planned)

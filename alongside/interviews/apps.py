from django.apps import AppConfig


class InterviewsConfig(AppConfig):
    name = "alongside.interviews"

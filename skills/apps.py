"""The app that holds what is known and publishes it."""

from django.apps import AppConfig
from django.core import checks


class SkillsConfig(AppConfig):
    name = "skills"
    verbose_name = "Catalogue"

    def ready(self) -> None:
        from skills.report import readers_can_report

        checks.register(readers_can_report, checks.Tags.security, deploy=True)

"""The app that holds what is known and publishes it."""

from django.apps import AppConfig


class SkillsConfig(AppConfig):
    name = "skills"
    verbose_name = "Catalogue"

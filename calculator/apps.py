"""The app that answers one question with an edition; it owns no tables."""

from django.apps import AppConfig


class CalculatorConfig(AppConfig):
    name = "calculator"

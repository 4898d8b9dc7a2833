"""The parts of the world that evidence may be about."""

from django.db import models


class Region(models.TextChoices):
    """Where some premiums were measured apart; a place outside them uses worldwide evidence."""

    US = "us", "United States"
    WESTERN_EUROPE = "western-europe", "Western Europe"
    EASTERN_EUROPE = "eastern-europe", "Eastern Europe"
    LATIN_AMERICA = "latin-america", "Latin America"
    SOUTH_ASIA = "south-asia", "South Asia"

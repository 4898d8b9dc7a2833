"""The calculator's addresses; a page and its partial never share one."""

from django.urls import path

from calculator.views import card, compare, data, flips, home, latest, places, verdict

app_name = "calculator"

urlpatterns = [
    path("", home.home, name="home"),
    path("verdict/", verdict.verdict, name="verdict"),
    path("verdict/panel/", verdict.verdict_panel, name="verdict_panel"),
    path("verdict/latest/", latest.verdict_latest, name="verdict_latest"),
    path("verdict/changes/", latest.verdict_changes, name="verdict_changes"),
    path("verdict/flips/", flips.verdict_flips, name="verdict_flips"),
    path("verdict/what-would-change-it/", flips.what_would_change_it, name="what_would_change_it"),
    path("compare/", compare.compare, name="compare"),
    path("compare/with/", compare.compare_with, name="compare_with"),
    path("verdict/card.png", card.verdict_card, name="verdict_card"),
    path("verdict.json", data.verdict_data, name="verdict_data"),
    path("verdict.csv", data.verdict_csv, name="verdict_csv"),
    path("places/suggestions/", places.place_suggestions, name="place_suggestions"),
    path("places/currency/", places.place_currency, name="place_currency"),
]

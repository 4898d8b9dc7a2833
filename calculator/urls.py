"""The calculator's addresses; a page and its partial never share one."""

from django.urls import path

from calculator.views import data, places, verdict

app_name = "calculator"

urlpatterns = [
    path("", verdict.home, name="home"),
    path("verdict/", verdict.verdict, name="verdict"),
    path("verdict/panel/", verdict.verdict_panel, name="verdict_panel"),
    path("verdict.json", data.verdict_data, name="verdict_data"),
    path("places/suggestions/", places.place_suggestions, name="place_suggestions"),
    path("places/currency/", places.place_currency, name="place_currency"),
]

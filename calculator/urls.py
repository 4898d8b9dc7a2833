"""The calculator's addresses; a page and its partial never share one."""

from django.urls import path

from calculator import views

app_name = "calculator"

urlpatterns = [
    path("", views.home, name="home"),
    path("verdict/", views.verdict, name="verdict"),
    path("verdict/panel/", views.verdict_panel, name="verdict_panel"),
    path("verdict.json", views.verdict_data, name="verdict_data"),
    path("places/suggestions/", views.place_suggestions, name="place_suggestions"),
    path("places/currency/", views.place_currency, name="place_currency"),
]

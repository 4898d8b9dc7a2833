"""The catalogue's addresses."""

from django.urls import path

from skills import views

app_name = "skills"

urlpatterns = [path("skills/<slug:slug>/", views.skill, name="skill")]

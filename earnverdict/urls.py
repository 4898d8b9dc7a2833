"""The project's URL configuration."""

from __future__ import annotations

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from earnverdict import views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("", include("calculator.urls")),
    path("", include("skills.urls")),
    path(settings.ADMIN_PATH, admin.site.urls),
]

handler400 = "skills.views.errors.bad_request"
handler404 = "skills.views.errors.page_not_found"
handler500 = "skills.views.errors.server_error"

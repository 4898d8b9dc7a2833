"""The app that holds what is known and publishes it, and the admin that its editors work in."""

import django_stubs_ext
from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.core import checks

# Classes of Django that are generic for the type checker take type arguments when the site runs too.
django_stubs_ext.monkeypatch()


class SkillsConfig(AppConfig):
    name = "skills"
    verbose_name = "Catalogue"

    def ready(self) -> None:
        from earnverdict.admin_path import admin_has_a_place_of_its_own
        from earnverdict.sign_in import check_client_address_header
        from skills.presenters.report_link import readers_can_report

        checks.register(readers_can_report, checks.Tags.security, deploy=True)
        checks.register(check_client_address_header, checks.Tags.security, deploy=True)
        checks.register(admin_has_a_place_of_its_own, checks.Tags.urls)


class EditorsAdminConfig(admin_apps.AdminConfig):
    """Django's admin with the editors' site as the one that tables are registered with."""

    default = False
    default_site = "skills.admin_site.EditorsAdminSite"

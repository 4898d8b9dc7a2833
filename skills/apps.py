"""The app of the catalogue and its editions, and the configuration of the admin."""

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
        from earnverdict.admin_path import check_admin_path
        from earnverdict.sign_in import check_client_address_header
        from skills.presenters.report_link import readers_can_report

        checks.register(readers_can_report, checks.Tags.security, deploy=True)
        checks.register(check_client_address_header, checks.Tags.security, deploy=True)
        checks.register(check_admin_path, checks.Tags.urls)


class EditorsAdminConfig(admin_apps.AdminConfig):
    """Django's admin with `EditorsAdminSite` as the default site."""

    default = False
    default_site = "skills.admin_site.EditorsAdminSite"

"""The editors' pages: the catalogue's rows, and what was published of them, one concept a module."""

from django.contrib import admin

from skills.admin import article, edition, evidence, exchange_rate, location, skill, source

admin.site.site_header = admin.site.site_title = "EarnVerdict"
admin.site.index_title = "Catalogue"
admin.site.empty_value_display = "–"

__all__ = ["article", "edition", "evidence", "exchange_rate", "location", "skill", "source"]

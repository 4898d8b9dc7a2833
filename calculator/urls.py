"""The calculator's addresses; a page and its partial never share one."""

import re

from django.urls import path, re_path

from calculator.views import (
    compare,
    compare_form,
    details,
    downloads,
    escaped_links,
    home,
    pay_reading,
    places,
    share_image,
    skill_search,
    updates,
    verdict,
    ways,
)

app_name = "calculator"

urlpatterns = [
    path("", home.home, name="home"),
    path("verdict/", verdict.verdict, name="verdict"),
    path("verdict/panel/", verdict.verdict_panel, name="verdict_panel"),
    path("verdict/latest/", updates.verdict_latest, name="verdict_latest"),
    path("verdict/changes/", updates.verdict_changes, name="verdict_changes"),
    path("verdict/flips/", details.verdict_flips, name="verdict_flips"),
    path("verdict/calculation/", details.verdict_calculation, name="verdict_calculation"),
    path("verdict/evidence/", details.verdict_evidence, name="verdict_evidence"),
    path("verdict/market/", details.verdict_market, name="verdict_market"),
    path("verdict/ways/", ways.verdict_ways, name="verdict_ways"),
    path("verdict/ways.csv", downloads.verdict_ways_csv, name="verdict_ways_csv"),
    path("compare/", compare.compare, name="compare"),
    path("compare/card.png", share_image.compare_image, name="compare_image"),
    path("compare/with/", compare_form.compare_with, name="compare_with"),
    path("verdict/card.png", share_image.verdict_image, name="verdict_image"),
    path("verdict.json", downloads.verdict_data, name="verdict_data"),
    path("verdict.csv", downloads.verdict_csv, name="verdict_csv"),
    path("skill-search/", skill_search.skill_search, name="skill_search"),
    path("places/suggestions/", places.place_suggestions, name="place_suggestions"),
    path("places/currency/", places.place_currency, name="place_currency"),
    path("pay/reading/", pay_reading.pay_reading, name="pay_reading"),
]

_PAGE = "|".join(re.escape(str(each.pattern)) for each in urlpatterns)
urlpatterns.append(
    re_path(rf"^(?P<page>{_PAGE})\?(?P<query>.+)\Z", escaped_links.redirect_escaped, name="escaped_link")
)

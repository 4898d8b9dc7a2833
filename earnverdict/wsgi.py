"""The entry point of production servers: Django with the page cache in front of it."""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING

from django.core.wsgi import get_wsgi_application

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "earnverdict.settings")


def make_application() -> WSGIApplication:
    """Load the site's content, and put the page cache in front of Django, except in development."""
    application: WSGIApplication = get_wsgi_application()  # first, because it sets up Django

    from django.conf import settings

    from earnverdict.build import build
    from earnverdict.page_cache import PageCache
    from skills.editions.site_state import site_state
    from skills.places.gazetteer import open_gazetteer

    if settings.DEBUG:
        return application
    build()  # takes a moment, so no visitor should wait for it
    open_gazetteer(settings.GAZETTEER_FOLDER)  # as long; /readyz says whether it is open
    if not site_state.warm_up():
        logging.getLogger("earnverdict").error("There is no edition to show yet.")
    return PageCache(
        application,
        shown=lambda: site_state.shown,
        max_bytes=settings.PAGE_CACHE_BYTES,
        private_path=f"/{settings.ADMIN_PATH}",
        scheme_header="HTTP_X_FORWARDED_PROTO" if settings.BEHIND_PROXY else "",
    )


application = make_application()

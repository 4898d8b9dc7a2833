"""The entry point of production servers: Django and what stands before it. Beside the urls, it alone knows the apps."""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING

from django.core.wsgi import get_wsgi_application

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "earnverdict.settings")


def make_application() -> WSGIApplication:
    """Django with finished pages, limits, health and the log before it, and what the site shows loaded."""
    application: WSGIApplication = get_wsgi_application()  # first of all: it sets Django up

    from django.conf import settings

    from earnverdict.access_log import AccessLog
    from earnverdict.bodies import Bodies
    from earnverdict.build import build
    from earnverdict.finished_pages import FinishedPages
    from earnverdict.health import Health, Readiness
    from earnverdict.limits import Limits
    from skills.editions.current import current

    made_by = build()  # now, and not while a supervisor waits

    def readiness() -> Readiness:
        number = current.shown.newest.number if current.shown else None
        return Readiness(edition=number, database=current.database, build=made_by)

    if not settings.DEBUG:  # development sees each change of a template
        application = FinishedPages(
            application,
            shown=lambda: current.shown,
            most_bytes=settings.FINISHED_PAGES_BYTES,
            private_path=f"/{settings.ADMIN_PATH}",
            scheme_header="HTTP_X_FORWARDED_PROTO" if settings.BEHIND_PROXY else "",
        )
        if not current.warm_up():
            logging.getLogger("earnverdict").error("There is no edition to show yet.")
    application = Bodies(application, is_behind_proxy=settings.BEHIND_PROXY)
    application = Limits(
        application, private_path=f"/{settings.ADMIN_PATH}", most_body_bytes=settings.REQUEST_MOST_BYTES
    )
    application = Health(application, readiness=readiness)
    return AccessLog(
        application,
        edition=lambda: current.shown.newest.number if current.shown else None,
        is_behind_proxy=settings.BEHIND_PROXY,
    )


application = make_application()

"""What public views answer to."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe


def read_only[View: Callable[..., HttpResponse]](view: View) -> View:
    """GET and HEAD alone; anything else is told so (405), and not first asked for a token that no public page has."""
    exempt: View = csrf_exempt(require_safe(view))
    return exempt

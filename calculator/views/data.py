"""The verdict as data."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from calculator.address import write_query
from calculator.engine import assess
from calculator.export import verdict_json
from calculator.views.responses import as_verdict, etag, unsaved, verdict_form
from skills.editions.current import EditionUnreadable, EditionWithdrawn, NoSuchEdition, NothingPublished


@require_safe
def verdict_data(request: HttpRequest) -> HttpResponse:
    """The verdict as JSON; mistakes by field, 422."""
    try:
        form = verdict_form(request)
    except NoSuchEdition as error:
        return _refused({"edition": [str(error)]}, 404)
    except EditionWithdrawn as error:
        return _refused({"edition": [str(error)]}, 410)
    except (EditionUnreadable, NothingPublished) as error:
        return _refused({"edition": [str(error)]}, 503)
    if not form.is_valid():
        return _refused({name: [str(message) for message in messages] for name, messages in form.errors.items()}, 422)
    profile, published = form.profile(), form.published
    query = write_query(profile, published.number)
    tag = etag(published, "json", query)
    is_canonical = request.META["QUERY_STRING"] == query
    if is_canonical and (unchanged := get_conditional_response(request, etag=tag)) is not None:
        return as_verdict(unchanged, profile, published, tag)
    answer = verdict_json(assess(profile, published.edition), published.edition)
    response = JsonResponse(answer, json_dumps_params={"ensure_ascii": False})
    return as_verdict(response, profile, published, tag) if is_canonical else unsaved(response)


def _refused(errors: dict[str, list[str]], status: int) -> HttpResponse:
    return unsaved(JsonResponse({"errors": errors}, status=status, json_dumps_params={"ensure_ascii": False}))

"""What a browser would send of an admin page's form, and of a page that asks for confirmation."""

from __future__ import annotations

from typing import Any


def fields_of(response: Any) -> dict[str, Any]:
    """Return the fields of a form as it is on its page."""
    forms = [response.context["adminform"].form]
    for formset in response.context["inline_admin_formsets"]:
        forms += [formset.formset.management_form, *formset.formset.forms]
    fields: dict[str, Any] = {}
    for form in forms:
        for bound in form:
            value = bound.value()
            if value is True:
                fields[bound.html_name] = "on"
            elif isinstance(value, list | tuple):
                fields[bound.html_name] = [getattr(item, "pk", item) for item in value]
            elif value is not False:
                fields[bound.html_name] = "" if value is None else str(value)
    return fields


def confirm_deletion(client: Any, address: str, **typed: Any) -> Any:
    """Open the page that asks whether to delete, and press its button; `typed` is also sent to a list's page."""
    page = client.post(address, typed) if "action" in typed else client.get(address)
    return client.post(address, {**typed, "post": "yes", "version": page.context["version"]})

"""An editor in a browser without scripts, who signs in and changes the note of a source."""

from __future__ import annotations

import html
import re
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode
from xml.etree.ElementTree import Element

import html5lib

from ops.drill.load import Endpoint
from ops.drill.site import Site

NAME, PASSWORD = "drill", "a-long-password-of-the-drills"
SOURCES = "/admin/skills/source/"
PATIENCE = 90.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Editor:
    """A signed-in editor of a running server."""

    endpoint: Endpoint
    browser: urllib.request.OpenerDirector

    @classmethod
    def signed_in(cls, site: Site, endpoint: Endpoint) -> Self:
        make = f"from django.contrib.auth.models import User; User.objects.create_superuser('{NAME}', '', '{PASSWORD}')"
        site.manage("shell", "--command", make)
        editor = cls(endpoint=endpoint, browser=endpoint.browser())
        path = "/admin/login/?next=/admin/"
        answer = editor._post(path, {**editor._form(path, "login-form"), "username": NAME, "password": PASSWORD})
        assert 'id="logout-form"' in answer, "the editor could not sign in"
        return editor

    def save_note(self, note: str) -> None:
        path = self._first_source()
        self._post(path, {**self._form(path, "source_form"), "note": note, "_save": "Save"})

    def note(self) -> str:
        return self._form(self._first_source(), "source_form")["note"]

    def _first_source(self) -> str:
        found = re.search(rf'href="({SOURCES}\d+/change/)', self._get(SOURCES))
        assert found, "no source is listed"
        return found[1]

    def _form(self, path: str, name: str) -> dict[str, str]:
        """Return the fields that a page's form would send unchanged."""
        page = html5lib.parse(self._get(path), namespaceHTMLElements=False)
        form = next(form for form in page.iter("form") if form.get("id") == name)
        fields = [*form.iter("input"), *form.iter("textarea"), *form.iter("select")]
        return {
            field.attrib["name"]: value
            for field in fields
            if "name" in field.attrib and (value := _value(field)) is not None
        }

    def _get(self, path: str) -> str:
        return str(self.browser.open(f"{self.endpoint.root}{path}", timeout=PATIENCE).read().decode())

    def _post(self, path: str, fields: dict[str, str]) -> str:
        address = f"{self.endpoint.root}{path}"
        request = urllib.request.Request(address, urlencode(fields).encode(), {"Referer": self.endpoint.referer})
        return str(self.browser.open(request, timeout=PATIENCE).read().decode())


def _value(field: Element) -> str | None:
    """Return a field's value; None if a browser would not send it."""
    if field.tag == "textarea":
        return html.unescape(field.text or "").removeprefix("\n")
    if field.tag == "select":
        chosen = [option for option in field.iter("option") if "selected" in option.attrib]
        return chosen[0].get("value", "") if chosen else None
    if field.get("type") in ("submit", "button", "file", "reset"):
        return None
    if field.get("type") in ("checkbox", "radio"):
        return field.get("value", "on") if "checked" in field.attrib else None
    return field.get("value", "")

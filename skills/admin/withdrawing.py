"""The admin page that withdraws an edition."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from skills.admin.publishing import PERMISSION, log, name_of, refresh_site
from skills.editions.publish import PublishConflict, consistent_transaction, shown_editions, withdraw_edition
from skills.line_ends import normalize_line_ends
from skills.models import Edition, Withdrawal


class WithdrawForm(forms.Form):
    """The reason, and a confirmation."""

    reason = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Readers who open an address of this edition see it, for good.",
    )
    confirmed = forms.BooleanField(
        label="Nobody will see this edition's figures again",
        error_messages={"required": "Tick this to confirm."},
    )

    def clean_reason(self) -> str:
        return normalize_line_ends(self.cleaned_data["reason"])


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(PERMISSION, raise_exception=True)
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Ask for a reason and a confirmation, and withdraw the edition."""
    edition = get_object_or_404(Edition.objects.defer("content"), number=number)
    form = WithdrawForm(request.POST or None, label_suffix="")
    if form.is_valid() and _withdraw(request, edition, form.cleaned_data["reason"]):
        return redirect("admin:skills_edition_publish")
    return render(request, "admin/skills/edition/withdraw.html", _make_context(request, edition) | {"form": form})


def _withdraw(request: HttpRequest, edition: Edition, reason: str) -> bool:
    """Withdraw the edition and return whether it worked; if not, the editor gets a message."""
    try:
        with consistent_transaction():
            withdrawal = withdraw_edition(edition.number, reason=reason, by=name_of(request))
            log(request, withdrawal, ADDITION, f"Withdrew edition {edition.number}")
    except (ValueError, PublishConflict) as error:
        messages.error(request, str(error))
        return False
    refresh_site()
    changes = reverse("skills:change", args=[edition.number])
    said = 'Edition {} is withdrawn. <a href="{}">Its addresses</a> show the reason within seconds.'
    messages.success(request, format_html(said, edition.number, changes))
    return True


def _make_context(request: HttpRequest, edition: Edition) -> dict[str, Any]:
    shown = set(shown_editions().values_list("number", flat=True))
    others = shown - {edition.number}
    is_newest = edition.number in shown and edition.number == max(shown)
    return admin.site.each_context(request) | {
        "title": f"Withdraw edition {edition.number}",
        "opts": Edition._meta,
        "edition": edition,
        "withdrawal": Withdrawal.objects.filter(edition_number=edition.number).first(),
        "is_only": not others,
        "successor": max(others, default=None) if is_newest else None,
    }

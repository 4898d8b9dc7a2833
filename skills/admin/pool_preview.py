"""Previews a skill's pooled premium with the unsaved edits of its form."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST

from skills.catalogue.pooled_premium import pool_rows, published_premium
from skills.charts.pieces import region_name
from skills.editions.site import NothingPublished
from skills.editions.site_state import site_state
from skills.models import Evidence, Skill, Source
from skills.presenters.pool import Column, PoolText, present_pool

_MODEL_FIELDS = {field.name: field for field in Evidence._meta.fields}


def _is_free_text(name: str) -> bool:
    return isinstance(_MODEL_FIELDS[name], models.CharField) and not _MODEL_FIELDS[name].choices


_EDITED = tuple(name for name in Evidence.PUBLISHED_FIELDS if name != "skill")
#: A row of evidence, as the inline shows it: what is long has a line of its own.
SHORT_FIELDS = tuple(name for name in _EDITED if not _is_free_text(name))
LONG_FIELDS = tuple(name for name in _EDITED if _is_free_text(name))
FIELDS = (*SHORT_FIELDS, *LONG_FIELDS)
_PREFIX = "evidence"
_TWICE = "This source already has a figure for this skill and region."


@dataclass(frozen=True, slots=True, kw_only=True)
class Edits:
    """The rows of a form as saving would leave them, and messages about those that saving would refuse."""

    rows: tuple[Evidence, ...]
    refused: tuple[str, ...]


class _RowForm(forms.Form):
    """One row as typed. Sources are read once for all rows."""

    def __init__(self, *args: Any, sources: Mapping[int, Source], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields.update(forms.fields_for_model(Evidence, fields=[name for name in FIELDS if name != "source"]))
        self.fields["source"] = forms.TypedChoiceField(
            choices=[(pk, source.slug) for pk, source in sources.items()], coerce=lambda pk: sources[int(pk)]
        )


@require_POST
def work_out(request: HttpRequest, object_id: str, skill_admin: admin.ModelAdmin[Skill]) -> HttpResponse:
    """Render the pooled premium with the edits of the posted form: a partial for htmx, else a page."""
    skill = skill_admin.get_object(request, unquote(object_id))
    if skill is None:
        raise Http404(f"No skill {object_id}.")
    if not skill_admin.has_change_permission(request, skill):
        raise PermissionDenied
    pool = {"pool": skill_pool(skill, request.POST)}
    if request.headers.get("HX-Request"):
        return TemplateResponse(request, "admin/skills/skill/_pool_answer.html", pool)
    context = {
        **skill_admin.admin_site.each_context(request),
        "title": f"The pooled result: {skill.name}",
        "preview_name": "The pooled result",
        "opts": skill_admin.opts,
        "original": skill,
    }
    return TemplateResponse(request, "admin/skills/skill/pool.html", context | pool)


def skill_pool(skill: Skill, typed: QueryDict | None = None, *, may_edit: bool = True) -> PoolText:
    """Return the skill's pool in the newest edition and as saved; for those who may edit, also as `typed`."""
    saved = tuple(skill.evidence.select_related("source", "skill"))
    columns = [_find_published(skill), Column(name="Saved", pooled=pool_rows(saved))]
    if not may_edit:
        return present_pool(columns)
    edits = read_edits(skill, saved, typed) if typed is not None else Edits(rows=saved, refused=())
    columns.append(Column(name="With these edits", pooled=pool_rows(edits.rows)))
    return present_pool(columns, edits.refused)


def read_edits(skill: Skill, saved: Sequence[Evidence], typed: QueryDict) -> Edits:
    """Read the rows of the form. A form without rows, from editors who may not see them, changes nothing.

    Rows are validated as the model does, which queries the database; unchanged rows are not validated again.
    """
    sources = {source.pk: source for source in Source.objects.order_by("slug")}
    formset_class = forms.formset_factory(_RowForm, extra=0, can_delete=True)
    formset = formset_class(typed, prefix=_PREFIX, form_kwargs={"sources": sources})
    if not formset.management_form.is_valid():
        return Edits(rows=tuple(saved), refused=())
    known = {_read_values(row) for row in saved}
    taken: dict[tuple[Any, str], Evidence] = {}
    refused = []
    for number, form in enumerate(formset.forms, start=1):
        try:
            row = _read_row(skill, form, known)
            if row and taken.setdefault((row.source_id, row.region), row) is not row:
                raise ValidationError(_TWICE)
        except ValidationError as error:
            refused.append(f"{_name(number, form)}: {' '.join(_list_messages(error))}")
    return Edits(rows=tuple(taken.values()), refused=tuple(refused))


def _read_row(skill: Skill, form: forms.Form, known: Collection[tuple[Any, ...]]) -> Evidence | None:
    """Read one row; None if it is empty or to be deleted. Raises ValidationError if it could not be saved."""
    is_valid = form.is_valid()
    if form.cleaned_data.get("DELETE") or (form.empty_permitted and not form.has_changed()):
        return None
    if not is_valid:
        raise ValidationError(form.errors.as_data())
    row = Evidence(skill=skill, **{name: form.cleaned_data[name] for name in FIELDS})
    if _read_values(row) not in known:
        row.full_clean(exclude={"skill", "source"})
    return row


def _find_published(skill: Skill) -> Column:
    try:
        edition = site_state.edition().edition
    except NothingPublished:
        return Column(name="Not published", pooled=None)
    return Column(name=f"Edition {edition.number}", pooled=published_premium(edition, skill.slug))


def _read_values(row: Evidence) -> tuple[Any, ...]:
    return tuple(_MODEL_FIELDS[name].value_from_object(row) for name in FIELDS)


def _list_messages(error: ValidationError) -> Iterator[str]:
    """Yield each message, after its field's name if it has one."""
    if not hasattr(error, "error_dict"):
        yield from error.messages
        return
    for name, texts in error.message_dict.items():
        label = "" if name == NON_FIELD_ERRORS else f"{_MODEL_FIELDS[name].verbose_name}: "
        yield from (f"{label}{text}" for text in texts)


def _name(number: int, form: forms.Form) -> str:
    """Return a row's name as far as it is known: `Row 3, so-2021, South Asia`."""
    source, region = form.cleaned_data.get("source"), form.cleaned_data.get("region", "")
    return f"Row {number}, {source.slug}, {region_name(region)}" if source else f"Row {number}"

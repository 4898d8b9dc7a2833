"""Imports and exports a table as CSV: a file is checked, shown, and then imported completely, in the background."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from skills.catalogue.resources import Table
from skills.imports.job import Job, job_folder
from skills.imports.presenter import present_job, present_progress
from skills.imports.run import resolve_job, start_dry_run, start_import
from skills.imports.upload import BadUpload, check_content, check_size, describe_limits


class ImportForm(forms.Form):
    """The file to import. Its format and columns are checked at once, its rows in the background."""

    file = forms.FileField(label="CSV file", widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}))

    def __init__(self, *args: Any, table: type[Table], **options: Any) -> None:
        super().__init__(*args, **options)
        self._table = table

    def clean_file(self) -> UploadedFile[bytes]:
        upload: UploadedFile[bytes] = self.cleaned_data["file"]
        try:
            check_size(upload.size or 0)
            check_content(upload.read(), self._table)
        except BadUpload as error:
            raise forms.ValidationError(str(error)) from None
        upload.seek(0)
        return upload


class ImportsCsv(admin.ModelAdmin[Any]):
    """Adds CSV import and export to a table's admin."""

    table: ClassVar[type[Table]]
    change_list_template = "admin/skills/import_list.html"

    def has_import_permission(self, request: HttpRequest) -> bool:
        """Require the permissions to add and to change, because a file may do both."""
        return self.has_add_permission(request) and self.has_change_permission(request)

    def get_urls(self) -> list[URLPattern]:
        view, names = self.admin_site.admin_view, f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path("export/", view(self.export_view), name=f"{names}_export"),
            path("import/", view(self.import_view), name=f"{names}_import"),
            path("import/<uuid:job_id>/", view(self.job_view), name=f"{names}_import_job"),
            # Not an admin view, which would put a sign-in page in the middle of this page.
            path("import/<uuid:job_id>/progress/", self.progress_view, name=f"{names}_import_progress"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        context = {"may_import": self.has_import_permission(request)}
        return super().changelist_view(request, context | (extra_context or {}))

    @method_decorator(require_safe)
    def export_view(self, request: HttpRequest) -> HttpResponse:
        """Export the rows of the filtered list, in the table's own order."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            listed = self.get_changelist_instance(request).queryset
        except IncorrectLookupParameters:
            return redirect(self._find_address("changelist"))
        table = self.table()
        text = table.write(table.get_queryset().filter(pk__in=listed.order_by().values("pk")))
        return HttpResponse(
            # Excel reads a file without a byte-order mark as Windows-1252.
            f"\ufeff{text}",
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{self.table.file}"'},
        )

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def import_view(self, request: HttpRequest) -> HttpResponse:
        """Ask for a file, and start checking it if its format fits this table."""
        self._check_may_import(request)
        sent = (request.POST, request.FILES) if request.method == "POST" else ()
        form = ImportForm(*sent, table=self.table)
        if form.is_valid():
            upload = form.cleaned_data["file"]
            job = job_folder().add(
                file=self.table.file, upload_name=upload.name, content=upload.read(), user=request.user.pk or 0
            )
            start_dry_run(job)
            return redirect(self._find_address("import_job", job))
        context = self._make_context(request, f"Import {self.table.file}") | {
            "form": form,
            "key": " and ".join(field.column_name for field in self.table().key_fields),
            "columns": ", ".join(self.table().get_export_headers()),
            "limits": describe_limits(),
        }
        return render(request, "admin/skills/import.html", context, status=422 if form.errors else 200)

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def job_view(self, request: HttpRequest, job_id: UUID) -> HttpResponse:
        """Show an import's progress and result. A POST imports the file, or checks it again."""
        self._check_may_import(request)
        job = self._find_job(request, job_id)
        if request.method == "POST":
            if "import" in request.POST and job.may_be_imported:
                start_import(job)
            elif "check" in request.POST and job.may_be_checked:
                start_dry_run(job)
            return redirect(self._find_address("import_job", job))
        if job.is_under_way:
            content, title = self._make_progress(job), f"{job.file}: under way"
        else:
            words = present_job(job)
            content, title = {"words": words}, words.title
        context = (
            self._make_context(request, title)
            | content
            | {"job": job, "address": self._find_address("import_job", job)}
        )
        return render(request, "admin/skills/import_job.html", context)

    @method_decorator([require_safe, never_cache])
    def progress_view(self, request: HttpRequest, job_id: UUID) -> HttpResponse:
        """Render the progress, which htmx loads every second; at the end it reloads the whole page."""
        if self.admin_site.has_permission(request) and self.has_import_permission(request):
            job = self._find_job(request, job_id)
            if job.is_under_way:
                return render(request, "admin/skills/import_progress.html", self._make_progress(job))
        return HttpResponse(headers={"HX-Refresh": "true"})

    def _check_may_import(self, request: HttpRequest) -> None:
        if not self.has_import_permission(request):
            raise PermissionDenied

    def _find_job(self, request: HttpRequest, job_id: UUID) -> Job:
        """Return the job, if it belongs to this table and this editor."""
        job = job_folder().read(str(job_id))
        if job is None or job.file != self.table.file or job.user != request.user.pk:
            raise Http404("There is no such import, or it is more than a day old.")
        return resolve_job(job)

    def _make_progress(self, job: Job) -> dict[str, Any]:
        return {"progress": present_progress(job), "progress_address": self._find_address("import_progress", job)}

    def _make_context(self, request: HttpRequest, title: str) -> dict[str, Any]:
        addresses = {"list_address": self._find_address("changelist"), "import_address": self._find_address("import")}
        return {
            **self.admin_site.each_context(request),
            **addresses,
            "title": title,
            "opts": self.opts,
            "file": self.table.file,
        }

    def _find_address(self, view: str, job: Job | None = None) -> str:
        name = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_{view}"
        return reverse(name, args=[job.id] if job else [])

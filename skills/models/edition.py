"""Published snapshots of the catalogue, their withdrawals, and the number that tells processes to look again."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models
from django.db.models import Q


class PublishedIsFinal(TypeError):
    """Something tried to change or delete what was published."""


class FinalQuerySet(models.QuerySet[Any]):
    """Rows that are only ever added."""

    def update(self, **changes: Any) -> NoReturn:
        raise PublishedIsFinal(f"A {self.model._meta.verbose_name} never changes.")

    def delete(self) -> NoReturn:
        raise PublishedIsFinal(f"A {self.model._meta.verbose_name} is never deleted.")

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Any, *args: Any, **options: Any) -> Any:
        objs = list(objs)
        if options.get("update_conflicts") or any(row.pk for row in objs):
            raise PublishedIsFinal(f"A {self.model._meta.verbose_name} never changes.")
        return super().bulk_create(objs, *args, **options)


class Final(models.Model):
    """A row that is written once. The database refuses changes too: migration 0002 puts triggers on these tables."""

    objects = FinalQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise PublishedIsFinal(f"A {self._meta.verbose_name} never changes.")
        options["force_insert"] = True
        super().save(**options)

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        raise PublishedIsFinal(f"A {self._meta.verbose_name} is never deleted.")


class Edition(Final):
    """A snapshot of the catalogue: compressed canonical JSON and its checksum (skills/editions/document.py)."""

    number = models.PositiveIntegerField(unique=True)
    model_version = models.PositiveSmallIntegerField()
    published_at = models.DateTimeField()
    publisher = models.CharField(max_length=150, help_text="The publisher's name as it was then.")
    note = models.TextField(help_text="What changed, and why.")
    correction = models.TextField(
        blank=True, default="", help_text="What was wrong in earlier editions, if this one puts something right."
    )
    content = models.BinaryField()
    checksum = models.CharField("SHA-256", max_length=64)

    class Meta:
        ordering = ["-number"]
        permissions = [("publish_edition", "Can publish an edition")]
        constraints = [
            models.CheckConstraint(name="edition_number_above_zero", condition=Q(number__gt=0)),
            models.CheckConstraint(name="edition_note_given", condition=~Q(note="")),
        ]

    def __str__(self) -> str:
        return f"Edition {self.number}"


class Withdrawal(Final):
    """An edition that must not be shown any more, and why; its addresses say so."""

    edition_number = models.PositiveIntegerField(unique=True)
    reason = models.TextField()
    withdrawn_at = models.DateTimeField()
    withdrawn_by = models.CharField(max_length=150)

    class Meta:
        ordering = ["-edition_number"]
        constraints = [
            models.CheckConstraint(name="withdrawal_reason_given", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"Withdrawal of edition {self.edition_number}"


class SiteRevision(models.Model):
    """One row: a number that rises in every transaction that changes what the public sees."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(name="site_revision_single_row", condition=Q(id=1))]

    def __str__(self) -> str:
        return f"Revision {self.number}"

"""Articles with their revisions, which are final too, and what an edition corrects."""

from importlib import import_module

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

published_is_final = import_module("skills.migrations.0002_published_is_final")

TABLES = (*published_is_final.TABLES, "skills_revision")


def lock(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    published_is_final.lock(apps, schema_editor, TABLES)


def unlock(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    published_is_final.unlock(apps, schema_editor, TABLES)


class Migration(migrations.Migration):
    dependencies = [
        ("skills", "0002_published_is_final"),
    ]

    # Adding a column on SQLite makes the table anew, without its triggers: they are taken off before and put on after.
    operations = [
        migrations.RunPython(published_is_final.unlock, published_is_final.lock),
        migrations.CreateModel(
            name="Article",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "slug",
                    models.SlugField(help_text="The article's address: /articles/slug/.", max_length=80, unique=True),
                ),
                ("first_published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "updated_at",
                    models.DateTimeField(
                        blank=True, editable=False, help_text="When the text that readers see was published.", null=True
                    ),
                ),
                (
                    "reviewed_on",
                    models.DateField(
                        blank=True,
                        help_text="When an editor last checked the text against the figures. Readers see it.",
                        null=True,
                        verbose_name="last reviewed",
                    ),
                ),
            ],
            options={
                "ordering": ["slug"],
                "permissions": [("publish_article", "Can publish an article")],
            },
        ),
        migrations.AddField(
            model_name="edition",
            name="correction",
            field=models.TextField(
                blank=True,
                default="",
                help_text="What was wrong in earlier editions, if this one puts something right.",
            ),
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=120)),
                (
                    "standfirst",
                    models.CharField(help_text="One or two sentences: what the reader will know.", max_length=300),
                ),
                (
                    "text",
                    models.TextField(
                        help_text="Markdown. A heading may end in {skill=slug}: the figures of that skill follow."
                    ),
                ),
                ("author", models.CharField(help_text="Who wrote it, as readers see it.", max_length=150)),
                ("saved_by", models.CharField(max_length=150)),
                ("saved_at", models.DateTimeField()),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="revisions", to="skills.article"
                    ),
                ),
            ],
            options={
                "ordering": ["article", "-number"],
            },
        ),
        migrations.AddField(
            model_name="article",
            name="published_revision",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="skills.revision",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.UniqueConstraint(fields=("article", "number"), name="revision_number_unique"),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(condition=models.Q(("number__gt", 0)), name="revision_number_above_zero"),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="revision_title_given"
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="revision_text_given"
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(("slug", ""), _negated=True),
                name="article_slug_given",
                violation_error_message="An article needs a slug.",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("published_revision", None),
                    models.Q(
                        ("first_published_at__isnull", False),
                        ("updated_at__gte", models.F("first_published_at")),
                        ("updated_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="article_published_has_times",
                violation_error_message="A published article says since when.",
            ),
        ),
        migrations.RunPython(lock, unlock),
    ]

"""Sources link to https addresses alone."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models

import earnverdict.links


def rewrite_links(apps: Any, schema_editor: Any) -> None:
    """Every site that is cited answers on https too; any other link stays in the note, for an editor to replace."""
    sources = apps.get_model("skills", "Source").objects.exclude(url="").exclude(url__startswith="https://")
    for source in sources:
        scheme, _, rest = source.url.partition("://")
        if scheme.lower() in ("http", "https") and rest:
            source.url = f"https://{rest}"
        else:
            source.note, source.url = f"{source.note} Link: {source.url}".strip(), ""
        source.save(update_fields=["url", "note"])


class Migration(migrations.Migration):
    dependencies = [("skills", "0004_editors_room")]

    operations = [
        migrations.AlterField(
            model_name="source",
            name="url",
            field=models.URLField(
                blank=True,
                help_text="Begins with https://. Empty only for EarnVerdict's own analysis.",
                max_length=300,
                validators=[earnverdict.links.validate_link],
                verbose_name="link",
            ),
        ),
        migrations.RunPython(rewrite_links, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(("url", ""), ("url__startswith", "https://"), _connector="OR"),
                name="source_link_https",
                violation_error_message=earnverdict.links.ADVICE,
            ),
        ),
    ]

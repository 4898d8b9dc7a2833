"""Whether verdicts show a way: an editor says so, and no longer the code."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models

#: What the code showed before.
SHOWN = {"yes": ("ask-raise", "switch-employer"), "step": ("promotion-senior", "promotion-staff")}


def keep_what_was_shown(apps: Any, schema_editor: Any) -> None:
    ways = apps.get_model("skills", "Way").objects.using(schema_editor.connection.alias)
    for answer, slugs in SHOWN.items():
        ways.filter(slug__in=slugs).update(on_verdict=answer)


class Migration(migrations.Migration):
    dependencies = [("skills", "0012_price_sources")]

    operations = [
        migrations.AddField(
            model_name="way",
            name="on_verdict",
            field=models.CharField(
                choices=[
                    ("no", "no: on the page of all ways alone"),
                    ("yes", "yes"),
                    ("step", "yes, as a step up: of these, the last one for the visitor’s years of work"),
                ],
                db_default="no",
                default="no",
                help_text="Few fit: show what most developers think of. The page of all ways has the others, too. "
                "Of two steps up, the later one is that which begins with more years of work.",
                max_length=5,
                verbose_name="shown on a verdict",
            ),
        ),
        migrations.AddConstraint(
            model_name="way",
            constraint=models.CheckConstraint(
                condition=models.Q(("on_verdict__in", ["no", "yes", "step"])),
                name="way_on_verdict_known",
                violation_error_message="Choose whether verdicts show it.",
            ),
        ),
        migrations.RunPython(keep_what_was_shown, migrations.RunPython.noop),
    ]

"""Notes for editors have a column of their own, so that readers never see one."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models

#: What the first catalogue told editors behind a note for readers.
CHECK = "check against ONS ASHE Table 15"
FOR_READERS = "median read second-hand"


def move_known_notes(apps: Any, schema_editor: Any) -> None:
    """A note that editors have changed since stays as it is."""
    locations = apps.get_model("skills", "Location").objects.using(schema_editor.connection.alias)
    locations.filter(note=f"{FOR_READERS}; {CHECK}").update(note=FOR_READERS, editors_note=CHECK)


def editors_note() -> models.CharField[str, str]:
    return models.CharField(
        "note for editors",
        blank=True,
        help_text="What is still to be checked. Readers never see it.",
        max_length=300,
    )


class Migration(migrations.Migration):
    dependencies = [("skills", "0007_labels_and_help")]

    operations = [
        migrations.AddField("evidence", "editors_note", editors_note()),
        migrations.AddField("location", "editors_note", editors_note()),
        migrations.AddField("source", "editors_note", editors_note()),
        migrations.RunPython(move_known_notes, migrations.RunPython.noop),
    ]

"""Evidence says what it is about: having a skill, doing that work, or having a job title."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models

SKILL, DUTY, TITLE = "skill", "duty", "title"

#: Figures of the first catalogue that are not about having the skill, by skill and source. A source asks the same
#: question in every region, so its regional figures are about the same thing as its worldwide one.
KNOWN = {
    ("ai-ml-integration", "so-2021"): DUTY,
    ("ci-cd", "so-2021"): DUTY,
    ("data-engineering", "so-2021"): DUTY,
    ("site-reliability", "so-2021"): DUTY,
    ("ai-ml-integration", "compa-2025"): TITLE,
    ("ai-ml-integration", "unu-merit-ai"): TITLE,
    ("ci-cd", "so-2025-model"): TITLE,
    ("system-design", "dou-2025"): TITLE,
    ("system-design", "justjoin-2021"): TITLE,
    ("system-design", "so-2025-model"): TITLE,
}


def mark_known_figures(apps: Any, schema_editor: Any) -> None:
    """A figure that editors added since stays about the skill, until they say otherwise."""
    evidence = apps.get_model("skills", "Evidence").objects.using(schema_editor.connection.alias)
    for (skill, source), about in KNOWN.items():
        evidence.filter(skill__slug=skill, source__slug=source).update(about=about)


class Migration(migrations.Migration):
    dependencies = [("skills", "0005_source_links")]

    operations = [
        migrations.AddField(
            model_name="evidence",
            name="about",
            field=models.CharField(
                choices=[
                    ("skill", "having the skill"),
                    ("duty", "doing this work next to one's job"),
                    ("title", "having the job title"),
                ],
                default="skill",
                help_text="What the people it measures have in common. A job title is not a skill: its figure weighs "
                "as much as one of grade D, and counts only for visitors who let all evidence count.",
                max_length=10,
                verbose_name="what it is about",
            ),
        ),
        migrations.RunPython(mark_known_figures, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(("about__in", ["skill", "duty", "title"])),
                name="evidence_about_known",
                violation_error_message="Choose what the figure is about: skill, duty or title.",
            ),
        ),
    ]

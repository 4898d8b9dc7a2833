"""The labels of all columns, and what they mean: no table changes."""

from __future__ import annotations

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("skills", "0006_evidence_about"),
    ]

    operations = [
        migrations.AlterField(
            model_name="evidence",
            name="grade",
            field=models.CharField(
                choices=[
                    ("A", "A · other things held equal, and several samples agree"),
                    ("B", "B · other things held equal"),
                    (
                        "C",
                        "C · other things held equal, but narrow, about a duty or a job title, or from employers’ data",
                    ),
                    ("D", "D · a gap between adverts, a promotion, a headline, an estimate, or read second-hand"),
                ],
                help_text="How far the figure can be trusted, and so how much it weighs. D is shown as a claim.",
                max_length=1,
            ),
        ),
        migrations.AlterField(
            model_name="evidence",
            name="high_percent",
            field=models.DecimalField(
                decimal_places=2,
                help_text="P90, in percent of pay. One chance in ten that the difference is bigger.",
                max_digits=6,
                validators=[django.core.validators.MinValueValidator(-90)],
                verbose_name="high (% of pay)",
            ),
        ),
        migrations.AlterField(
            model_name="evidence",
            name="low_percent",
            field=models.DecimalField(
                decimal_places=2,
                help_text="P10, in percent of pay: 3 means +3%. One chance in ten that the difference is smaller.",
                max_digits=6,
                validators=[django.core.validators.MinValueValidator(-90)],
                verbose_name="low (% of pay)",
            ),
        ),
        migrations.AlterField(
            model_name="evidence",
            name="mid_percent",
            field=models.DecimalField(
                decimal_places=2,
                help_text="P50, in percent of pay: as likely too high as too low.",
                max_digits=6,
                validators=[django.core.validators.MinValueValidator(-90)],
                verbose_name="middle (% of pay)",
            ),
        ),
        migrations.AlterField(
            model_name="evidence",
            name="note",
            field=models.CharField(
                blank=True, help_text="What else a reader should know, in a sentence.", max_length=300
            ),
        ),
        migrations.AlterField(
            model_name="evidence",
            name="population",
            field=models.CharField(
                help_text="The people measured, in a few words. Readers see it.",
                max_length=120,
                verbose_name="whom it is about",
            ),
        ),
        migrations.AlterField(
            model_name="evidence",
            name="region",
            field=models.CharField(
                blank=True,
                choices=[
                    ("us", "United States"),
                    ("western-europe", "Western Europe"),
                    ("eastern-europe", "Eastern Europe"),
                    ("latin-america", "Latin America"),
                    ("south-asia", "South Asia"),
                ],
                help_text="Empty: the figure counts everywhere. With a region it counts only there, instead of the same source’s worldwide one.",
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="evidence",
            name="review_on",
            field=models.DateField(
                blank=True,
                help_text="When an editor should look for a newer figure; from then on readers see that it is due. Empty: five years after the year of its data.",
                null=True,
                verbose_name="review by",
            ),
        ),
        migrations.AlterField(
            model_name="evidence",
            name="sample_size",
            field=models.PositiveBigIntegerField(
                blank=True,
                help_text="People, answers or adverts behind the figure. Empty where that is not published.",
                null=True,
            ),
        ),
        migrations.AlterField(
            model_name="evidence",
            name="skill",
            field=models.ForeignKey(
                help_text="Whose premium the figure is.",
                on_delete=django.db.models.deletion.CASCADE,
                related_name="evidence",
                to="skills.skill",
            ),
        ),
        migrations.AlterField(
            model_name="evidence",
            name="source",
            field=models.ForeignKey(
                help_text="Where the figure is from. Readers see it.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="evidence",
                to="skills.source",
            ),
        ),
        migrations.AlterField(
            model_name="evidence",
            name="year",
            field=models.PositiveSmallIntegerField(
                help_text="The year that its data is of, not the year of the publication."
            ),
        ),
        migrations.AlterField(
            model_name="exchangerate",
            name="currency",
            field=models.CharField(
                help_text="ISO code, as EUR.",
                max_length=3,
                unique=True,
                validators=[django.core.validators.MinLengthValidator(3)],
            ),
        ),
        migrations.AlterField(
            model_name="exchangerate",
            name="note",
            field=models.CharField(
                blank=True, help_text="Readers never see it.", max_length=120, verbose_name="note for editors"
            ),
        ),
        migrations.AlterField(
            model_name="exchangerate",
            name="quoted_on",
            field=models.DateField(help_text="The day that the rate is of. Readers see it."),
        ),
        migrations.AlterField(
            model_name="exchangerate",
            name="source",
            field=models.ForeignKey(
                help_text="Who quotes it. Readers see it.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rates",
                to="skills.source",
            ),
        ),
        migrations.AlterField(
            model_name="exchangerate",
            name="units_per_usd",
            field=models.DecimalField(
                decimal_places=6,
                help_text="How much of the currency one US dollar buys: 0.92 of EUR means that $100 is €92.",
                max_digits=18,
                verbose_name="rate",
            ),
        ),
        migrations.AlterField(
            model_name="location",
            name="currency",
            field=models.CharField(
                help_text="ISO code, as USD. The pay below is in whole units of it, a year, before tax.",
                max_length=3,
                validators=[django.core.validators.MinLengthValidator(3)],
            ),
        ),
        migrations.AlterField(
            model_name="location",
            name="is_published",
            field=models.BooleanField(
                default=True,
                help_text="Part of the next edition. Without the tick the row stays here, and readers do not see it.",
                verbose_name="published",
            ),
        ),
        migrations.AlterField(
            model_name="location",
            name="kind",
            field=models.CharField(
                choices=[("country", "Country"), ("region", "Region"), ("metro", "Metro area")],
                help_text="A country lies in no other place.",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="location",
            name="latitude",
            field=models.DecimalField(
                blank=True,
                decimal_places=5,
                help_text="Degrees; south of the equator below 0. Readers do not see it.",
                max_digits=8,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(-90),
                    django.core.validators.MaxValueValidator(90),
                ],
            ),
        ),
        migrations.AlterField(
            model_name="location",
            name="longitude",
            field=models.DecimalField(
                blank=True,
                decimal_places=5,
                help_text="Degrees; west of Greenwich below 0. Readers do not see it.",
                max_digits=8,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(-180),
                    django.core.validators.MaxValueValidator(180),
                ],
            ),
        ),
        migrations.AlterField(
            model_name="location",
            name="name",
            field=models.CharField(help_text="As readers see it, without the country.", max_length=80),
        ),
        migrations.AlterField(
            model_name="location",
            name="note",
            field=models.CharField(blank=True, help_text="What a reader should know of the pay.", max_length=200),
        ),
        migrations.AlterField(
            model_name="location",
            name="p10",
            field=models.PositiveBigIntegerField(
                blank=True,
                help_text="P10: one developer in ten earns less.",
                null=True,
                verbose_name="pay, lowest tenth",
            ),
        ),
        migrations.AlterField(
            model_name="location",
            name="p25",
            field=models.PositiveBigIntegerField(
                blank=True, help_text="P25: a quarter earn less.", null=True, verbose_name="pay, lower quarter"
            ),
        ),
        migrations.AlterField(
            model_name="location",
            name="p50",
            field=models.PositiveBigIntegerField(
                blank=True,
                help_text="P50: half earn less. Empty: the pay of the place that this one lies in is used.",
                null=True,
                verbose_name="median pay",
            ),
        ),
        migrations.AlterField(
            model_name="location",
            name="p75",
            field=models.PositiveBigIntegerField(
                blank=True, help_text="P75: a quarter earn more.", null=True, verbose_name="pay, upper quarter"
            ),
        ),
        migrations.AlterField(
            model_name="location",
            name="p90",
            field=models.PositiveBigIntegerField(
                blank=True, help_text="P90: one in ten earns more.", null=True, verbose_name="pay, highest tenth"
            ),
        ),
        migrations.AlterField(
            model_name="location",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                help_text="Its pay is used for this place where this one has no median of its own.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="children",
                to="skills.location",
                verbose_name="lies in",
            ),
        ),
        migrations.AlterField(
            model_name="location",
            name="population",
            field=models.PositiveBigIntegerField(
                blank=True,
                help_text="How many people live there: of places with the same name the biggest is offered first.",
                null=True,
                verbose_name="people",
            ),
        ),
        migrations.AlterField(
            model_name="location",
            name="price_level",
            field=models.DecimalField(
                blank=True,
                decimal_places=1,
                help_text="Prices here where those of the United States are 100: 85 is 15% cheaper. Readers do not see it.",
                max_digits=6,
                null=True,
            ),
        ),
        migrations.AlterField(
            model_name="location",
            name="sample_size",
            field=models.PositiveBigIntegerField(
                blank=True, help_text="People or answers behind the pay. Empty where that is not published.", null=True
            ),
        ),
        migrations.AlterField(
            model_name="location",
            name="slug",
            field=models.SlugField(
                help_text="Part of shared addresses, as us-austin-tx. It never changes once published.",
                max_length=60,
                unique=True,
            ),
        ),
        migrations.AlterField(
            model_name="location",
            name="source",
            field=models.ForeignKey(
                blank=True,
                help_text="Where the pay is from. Readers see it.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="locations",
                to="skills.source",
            ),
        ),
        migrations.AlterField(
            model_name="location",
            name="year",
            field=models.PositiveSmallIntegerField(blank=True, help_text="The year that the pay is of.", null=True),
        ),
        migrations.AlterField(
            model_name="locationalias",
            name="alias",
            field=models.CharField(
                help_text="As people type it. A search finds the place by it.", max_length=80, verbose_name="other name"
            ),
        ),
        migrations.AlterField(
            model_name="locationalias",
            name="location",
            field=models.ForeignKey(
                help_text="The place that has this name too.",
                on_delete=django.db.models.deletion.CASCADE,
                related_name="aliases",
                to="skills.location",
            ),
        ),
        migrations.AlterField(
            model_name="skill",
            name="category",
            field=models.CharField(
                choices=[
                    ("ai", "AI"),
                    ("cloud", "Cloud and operations"),
                    ("architecture", "Architecture"),
                    ("data", "Data"),
                    ("language", "Languages"),
                ],
                help_text="Readers can list the skills by it.",
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="skill",
            name="exam_cost_usd",
            field=models.DecimalField(
                decimal_places=2,
                default=0,
                help_text="What the usual certificate costs, in US dollars; 0 where none is needed.",
                max_digits=8,
                validators=[django.core.validators.MinValueValidator(0)],
                verbose_name="exam cost",
            ),
        ),
        migrations.AlterField(
            model_name="skill",
            name="hours_basis",
            field=models.CharField(
                help_text="Where the hours come from. Readers see it.",
                max_length=120,
                verbose_name="basis of the hours",
            ),
        ),
        migrations.AlterField(
            model_name="skill",
            name="hours_high",
            field=models.PositiveSmallIntegerField(
                help_text="Hours of study; one learner in ten needs more.", verbose_name="study hours, high"
            ),
        ),
        migrations.AlterField(
            model_name="skill",
            name="hours_low",
            field=models.PositiveSmallIntegerField(
                help_text="Hours of study; one learner in ten needs less.", verbose_name="study hours, low"
            ),
        ),
        migrations.AlterField(
            model_name="skill",
            name="hours_mid",
            field=models.PositiveSmallIntegerField(
                help_text="Hours of study; half need less. Verdicts count with these.",
                verbose_name="study hours, middle",
            ),
        ),
        migrations.AlterField(
            model_name="skill",
            name="is_published",
            field=models.BooleanField(
                default=True,
                help_text="Part of the next edition. Without the tick the row stays here, and readers do not see it.",
                verbose_name="published",
            ),
        ),
        migrations.AlterField(
            model_name="skill",
            name="name",
            field=models.CharField(help_text="As readers see it.", max_length=60),
        ),
        migrations.AlterField(
            model_name="skill",
            name="prerequisites",
            field=models.ManyToManyField(
                blank=True,
                help_text="A path learns them before this one.",
                related_name="unlocks",
                to="skills.skill",
                verbose_name="skills to have first",
            ),
        ),
        migrations.AlterField(
            model_name="skill",
            name="slug",
            field=models.SlugField(
                help_text="Its address: kafka is /skills/kafka/. It never changes once published.",
                max_length=60,
                unique=True,
            ),
        ),
        migrations.AlterField(
            model_name="skill",
            name="summary",
            field=models.CharField(
                help_text="One line: what a developer with this skill does. Readers see it.", max_length=160
            ),
        ),
        migrations.AlterField(
            model_name="skill",
            name="tilt_percent",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                help_text="By how many log points the premium is higher at P75 of pay than at P25: 2 lifts it from about 3% to about 5%, −2 lowers it from about 5% to about 3%. Empty counts as 0.",
                max_digits=5,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(-20),
                    django.core.validators.MaxValueValidator(20),
                ],
                verbose_name="tilt",
            ),
        ),
        migrations.AlterField(
            model_name="source",
            name="kind",
            field=models.CharField(
                choices=[
                    ("controlled", "Controlled: other things held constant"),
                    ("employer", "Employers' own figures"),
                    ("advert_gap", "Gap between job adverts"),
                    ("headline", "Headline"),
                    ("pay_survey", "Pay by place"),
                    ("exchange_rate", "Exchange rates"),
                    ("places", "Names, people and prices of places"),
                ],
                help_text="Readers find the source under it.",
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="source",
            name="licence",
            field=models.CharField(help_text="On what terms its figures may be shown. Readers see it.", max_length=120),
        ),
        migrations.AlterField(
            model_name="source",
            name="publisher",
            field=models.CharField(help_text="Who published it. Readers see it.", max_length=120),
        ),
        migrations.AlterField(
            model_name="source",
            name="slug",
            field=models.SlugField(
                help_text="Its short name in CSV files and articles, as [@pooled-2026]. It never changes once published.",
                max_length=60,
                unique=True,
            ),
        ),
        migrations.AlterField(
            model_name="source",
            name="title",
            field=models.CharField(help_text="Of the publication. Readers see it.", max_length=200),
        ),
    ]

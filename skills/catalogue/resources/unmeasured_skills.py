"""What visitors look for and no figure is about: unmeasured_skills.csv."""

from skills.catalogue.resources.resource import Table, columns_of
from skills.models import UnmeasuredSkill


class UnmeasuredSkillResource(Table):
    file = "unmeasured_skills.csv"

    class Meta(Table.Meta):
        model = UnmeasuredSkill
        import_id_fields = ["name"]
        fields = columns_of(UnmeasuredSkill)

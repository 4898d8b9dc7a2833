"""The catalogue's tables, its editions, and the articles, one concept a file."""

from skills.models.article import Article, FormerSlug, Revision
from skills.models.edition import Edition, SiteRevision, Withdrawal
from skills.models.evidence import Evidence
from skills.models.exchange_rate import ExchangeRate
from skills.models.experience_point import ExperiencePoint
from skills.models.grade import Grade
from skills.models.location import Location, LocationAlias
from skills.models.region import Region
from skills.models.skill import Skill
from skills.models.source import Source
from skills.models.unmeasured_skill import UnmeasuredSkill
from skills.models.way import Way
from skills.models.way_evidence import WayEvidence
from skills.models.way_range import WayRange

__all__ = [
    "Article",
    "Edition",
    "Evidence",
    "ExchangeRate",
    "ExperiencePoint",
    "FormerSlug",
    "Grade",
    "Location",
    "LocationAlias",
    "Region",
    "Revision",
    "SiteRevision",
    "Skill",
    "Source",
    "UnmeasuredSkill",
    "Way",
    "WayEvidence",
    "WayRange",
    "Withdrawal",
]

"""Gives each price level its source, so that editions can hold it."""

from __future__ import annotations

from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.db import migrations, models
from django.db.models import Q

#: Which places the price levels of the first catalogue are about, by source.
SOURCES = {"world-bank-ppp": Q(kind="country"), "bea-rpp-2024": Q(country="US") & ~Q(kind="country")}
#: Six digits of the digest of each place and its price level in the first catalogue: other levels are editors' own.
LEVELS = """
003bc2 004f27 00c53d 015d41 017abe 01b4aa 01bc81 020bc0 0222ef 02493e 0273f7 02b12b 02eb8f 031fe2 034964 03af2a 04f25c
0545d7 0563a2 057207 06b745 06bdd9 06dbf2 076743 07a718 07e0e5 07e497 08493b 085331 0923f2 094e7f 0b144e 0b7bcc 0b9290
0cde3e 0e2525 0e5942 0e79f2 0f20d1 105f91 10858a 109701 10b1ac 11a99c 11bc30 12598e 127ef5 12db69 12e7f9 131352 138869
13bae8 13f1b7 1464cf 151cc1 155140 15b7e7 15c81b 15e7bc 160b63 168555 16d813 179225 17f1d1 17fe84 183767 1887de 18c6e1
197a91 19da6e 19dcb8 1a0148 1a0cf8 1a202b 1a5626 1aeafd 1b23f3 1b3322 1b802b 1bbf17 1bfce6 1c0adb 1d65e2 1d96e5 1f11d2
1f38c8 1f8ff0 1ffba3 205929 209330 21a7a2 21be8c 220b1c 22211a 22572f 228412 2294bb 22a5ba 23859e 238668 24320e 25510d
25a850 2659dc 26c5a4 26feda 27775c 27cdf7 289c72 294ab2 29d090 29fadd 2a86b5 2af64f 2b6d08 2b9241 2bae01 2bbc83 2c22c3
2d25c5 2d4c1d 2d77f7 2d7ca3 2eb6cb 2f423e 2f6124 2f8b70 2f8bda 2f9bb4 2fd41d 31cb48 31d9cf 3204ba 33ecc0 34fba5 35412a
35d611 35f7e7 3632e8 364469 3653b5 367302 381bf1 38f97b 390941 39fcf5 3a2321 3a28e9 3a92a3 3c3c17 3c3e63 3d3f92 3d7dae
3d8d69 3dbaab 3dd129 3dd863 3de5b8 3e5183 3f0803 3f2300 3f6937 3f9869 3fd95d 4040ce 41384b 4168fd 42149f 424343 42505e
433bbe 43640a 437a85 444503 44abab 44b957 44f76d 453c26 45650d 459e46 45a18b 45f4ac 473ad4 475ed6 47fda8 488aa2 49ea74
49fa83 4a4d19 4a5ed9 4ab959 4ac4a0 4b38e5 4b6f82 4c420f 4e13e5 4ec24b 4ec24d 4f427c 4f4d5b 505092 505d09 50a12f 524606
52701a 529060 52a6e7 5372e6 537ced 53fae2 540551 55148d 5516a6 554b78 55b0c3 55b589 55c47e 560c00 5618a5 564a8c 56714f
56947f 56a656 581811 585948 58727b 58a65e 590ba9 590bf0 595bee 596afd 59b030 59ca7e 5a2a7b 5a4c55 5b474c 5b784a 5b844a
5bc863 5c714b 5c9dd4 5d3afd 5d46fb 5d4810 5d8526 5d9407 5da0b4 5e393c 6096be 6107f0 629dd1 62a4c6 62bcc6 63235f 64c5d2
658ac4 65db8b 665290 66e844 66f035 66f1a3 67bdac 682fde 689283 68fe64 692c67 69f7db 6a2a16 6a7a87 6d0c40 6d5ae0 6da0b9
6dbdcb 6dfa2e 6e342a 6fa948 6fc8f5 7138d4 715491 716d43 71e880 7206d4 725a6f 726b42 72cbb1 73fe25 757c7b 75bc04 768f56
7709f8 774bda 7769b7 77a041 77a6a5 77f240 78372f 787418 787ec8 789672 79e3cf 7a47f0 7b01b5 7bdff5 7c709c 7d627d 7d6dcd
7d7579 7e065e 7f04f8 7f23f9 7f35d4 7f454e 7fb026 8052db 807be6 80a58c 811ab6 8166a5 816767 8283e0 82a4fb 82b20c 83aac7
83b910 846e7c 84fa8c 86145e 86322c 86d2ed 8713e4 871627 87d749 87f9e3 88b8f4 88d758 88de99 896702 89ce35 8a0008 8a33c9
8a6cac 8b5e33 8bb33e 8bb639 8c1755 8c4065 8c8ac3 8cec89 8d975f 8da3eb 8da792 8e8bbe 8eafa4 8f0f04 8fbd26 901bbf 90e2b8
9116b5 916cf2 91871e 91e647 920556 92e2ef 931ce6 9486f0 94cb62 94ea3b 950b7e 95ce99 960a5a 972573 97b930 97d8d9 97e71a
97f81e 984cb6 987550 999e39 99e379 9a5b83 9b37c6 9b4493 9b6957 9c4b87 9cab9a 9d6d7f 9d7a07 9d8330 9de504 9e1895 9e474a
9e823b 9f189c a039f1 a0853a a0e50e a11b37 a16d16 a174d5 a181de a1be62 a26f56 a2b202 a33bd4 a3474a a3b3cb a3bfc6 a3ef96
a4be04 a50da3 a518a4 a61ff5 a6799b a6b2b3 a87c5d a89d33 a98df3 a9a87a aa2f4e aa4d30 aa8a35 aad37f ab8266 abf201 ac5a98
ac632b ac669d ac7dd6 acc45d acd194 acea7e ad299d adb13c ae8505 af13a5 af1c87 af30d6 afcd4f b11cef b11fff b22631 b2360b
b253ef b29d3e b3f8c1 b433fc b453b6 b4688b b47c0c b49d91 b4e5e7 b5581e b5a4bd b65338 b6e331 b73bb5 b77bf9 b79f2c b83870
b8418d b8c4e8 b8c9e9 b9ef31 ba3b20 bab8ea bb33da bbc768 bccee1 bd5ffd be9e7f bf411c bf6ba9 bf9220 bfe317 c20b08 c2278d
c344ff c47a7a c4a62d c4bc23 c50816 c577d9 c6947f c69804 c6b6e9 c6d548 c7c0e5 c7f9e9 c8580e c8fffd ca01ac ca123e ca1603
ca379f cabf41 cac693 cad920 cb2f43 cbb673 cd2172 cd7fe8 cda792 cda797 ce123e ce9421 cec711 cf3bf2 cf97fe cfa8e7 d0ae88
d23243 d23348 d23349 d3698a d4af00 d4d726 d50a43 d52009 d5597d d5ac0b d61c00 d653d4 d66ac5 d7dd15 d8a1cb d90621 d90df5
d910c8 da8bff daca1a db0a9d dc3cba dd0da5 de088c de5304 de83a4 def225 df22e6 df6203 dfd1d3 e17182 e1ca58 e20404 e21256
e238e3 e26b18 e31d26 e31e89 e368e3 e39eb4 e3c89b e4dcfd e50bd2 e5da37 e65209 e65c42 e6c10a e6d2fe e7ac06 e7e0c8 e875e5
e87dc4 e92f11 e99839 e9d676 ea3707 ea48e5 ead905 eae9dd ec1804 ec4ceb edc024 ee0c09 ee8655 ee87e3 ee95ab eed2e7 ef7ec0
ef8b37 f06547 f07232 f0b2ee f0e0bf f1959a f1e442 f293c3 f2cf6d f37261 f414a6 f43f20 f5540b f5976f f632c5 f65f82 f67145
f8adcd fa62d9 fb4d60 fb9d06 fbba86 fbbad8 fc1ee0 fc2314 fc3a14 fd582e fd7e54 fe1570 ff4ce2
"""


def remove_levels_of_nothing(apps: Any, schema_editor: Any) -> None:
    """Remove price levels that are not above zero, which no place has, and print them."""
    places = _places(apps, schema_editor).filter(price_level__lte=0)
    for slug, level in places.order_by("slug").values_list("slug", "price_level"):
        print(f"\n  {slug}: its price level {level} was removed", end="")  # noqa: T201 - for who runs `migrate`
    places.update(price_level=None)


def name_known_sources(apps: Any, schema_editor: Any) -> None:
    """Name the source of each level of the first catalogue that has none, and print those that stay unpublished.

    They were changed since, or the catalogue lacks their source.
    """
    sources = apps.get_model("skills", "Source").objects.using(schema_editor.connection.alias)
    places = _places(apps, schema_editor).filter(price_level__isnull=False, price_source=None).order_by("slug")
    for name, about in SOURCES.items():
        if source := sources.filter(slug=name).first():
            levels = places.filter(about).values_list("slug", "price_level")
            known = [slug for slug, level in levels if _is_of_first_catalogue(slug, level)]
            places.filter(slug__in=known).update(price_source=source)
    for slug, level in places.values_list("slug", "price_level"):
        print(f"\n  {slug}: its price level {level} is not published until it has a source", end="")  # noqa: T201 - as above


def _is_of_first_catalogue(slug: str, level: Decimal) -> bool:
    return sha256(f"{slug} {level:.1f}".encode()).hexdigest()[:6] in LEVELS


def _places(apps: Any, schema_editor: Any) -> Any:
    return apps.get_model("skills", "Location").objects.using(schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [("skills", "0011_ways")]

    # Levels that are not above zero are removed before the constraint that refuses them.
    operations = [
        migrations.AlterField(
            model_name="location",
            name="price_level",
            field=models.DecimalField(
                blank=True,
                decimal_places=1,
                help_text="Prices here, rents among them, where those of the United States are 100: 85 is 15% cheaper. "
                "Readers see it where they compare two places, once it has a source. Empty: that of the place that "
                "this one lies in is used.",
                max_digits=6,
                null=True,
            ),
        ),
        migrations.RunPython(remove_levels_of_nothing, migrations.RunPython.noop),
        migrations.AddField(
            model_name="location",
            name="price_source",
            field=models.ForeignKey(
                blank=True,
                help_text="Where the price level is from. Readers see it. A level without a source is not published.",
                null=True,
                on_delete=models.PROTECT,
                related_name="priced_locations",
                to="skills.source",
                verbose_name="source of the price level",
            ),
        ),
        migrations.AddConstraint(
            model_name="location",
            constraint=models.CheckConstraint(
                condition=models.Q(("price_level", None), ("price_level__gt", 0), _connector="OR"),
                name="location_price_level_above_zero",
                violation_error_message="A price level is above zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="location",
            constraint=models.CheckConstraint(
                condition=models.Q(("price_source", None), ("price_level__isnull", False), _connector="OR"),
                name="location_price_source_has_level",
                violation_error_message="A source of the price level needs a price level.",
            ),
        ),
        migrations.RunPython(name_known_sources, migrations.RunPython.noop),
    ]

from typing import Any

from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def follow_groups(apps: Any, _: Any) -> None:
    """Meetings from before are as their group is: so they were until now."""
    group = apps.get_model("groups", "Group").objects.filter(pk=OuterRef("group"))
    apps.get_model("meetings", "Meeting").objects.update(encrypted=Subquery(group.values("encrypted")))


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0002_encrypted"),
        ("meetings", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="meeting",
            name="encrypted",
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(follow_groups, migrations.RunPython.noop, elidable=True),
    ]

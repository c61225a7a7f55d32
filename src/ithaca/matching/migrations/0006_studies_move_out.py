from django.db import migrations


class Migration(migrations.Migration):
    """The table goes to the slice `studies`, with its rows."""

    dependencies = [
        ('matching', '0005_repairs'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.DeleteModel('Study')],
            database_operations=[migrations.AlterModelTable('Study', 'studies_study')],
        ),
    ]

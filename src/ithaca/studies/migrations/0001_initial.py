import django.db.models.deletion
import django.db.models.manager
import django.utils.timezone
from django.db import migrations, models

import ithaca.kernel.tenancy


class Migration(migrations.Migration):
    """Takes over the table that `matching` gave its name here."""

    initial = True

    dependencies = [
        ('matching', '0006_studies_move_out'),
        ('people', '0003_shared_counters'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='Study',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('alternatives', 'Other complete plans'), ('recruits', 'Which further mentors would help'), ('repairs', 'Plans for the people of today that touch few pairs')], max_length=12)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ('data', models.BinaryField()),
                        ('organisation', models.ForeignKey(default=ithaca.kernel.tenancy.current, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.organisation')),
                        ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='studies', to='matching.run')),
                    ],
                    options={
                        'verbose_name_plural': 'studies',
                        'constraints': [models.UniqueConstraint(fields=('run', 'kind'), name='study_once')],
                    },
                    managers=[
                        ('objects', django.db.models.manager.Manager()),
                        ('everywhere', django.db.models.manager.Manager()),
                    ],
                ),
            ],
        ),
    ]

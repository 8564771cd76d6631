from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('synergies', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='interaction',
            name='stated_quantity',
            field=models.DecimalField(blank=True, decimal_places=3, max_digits=14, null=True, verbose_name='quantity given by the company'),
        ),
    ]

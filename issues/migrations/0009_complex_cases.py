from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("issues", "0008_kept_to_one_agency")]

    operations = [
        migrations.AddField(
            model_name="extension",
            name="as_complex",
            field=models.BooleanField(default=False, verbose_name="as a complex case"),
        ),
    ]

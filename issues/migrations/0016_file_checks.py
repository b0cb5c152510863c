from django.db import migrations, models

import issues.models.conversation


class Migration(migrations.Migration):
    dependencies = [("issues", "0015_presence")]

    operations = [
        migrations.AddField(
            model_name="attachment", name="scan_attempts", field=models.PositiveSmallIntegerField(default=0)
        ),
        migrations.AddField(
            model_name="attachment",
            name="next_scan_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="attachment",
            name="scanned_at",
            field=models.DateTimeField(null=True, verbose_name="scanned"),
        ),
        migrations.AddField(
            model_name="attachment",
            name="signature",
            field=models.CharField(blank=True, max_length=200, verbose_name="what the scanner found"),
        ),
        migrations.AddField(
            model_name="attachment",
            name="thumbnail",
            field=models.FileField(
                blank=True,
                max_length=200,
                storage=issues.models.conversation.private_storage,
                upload_to=issues.models.conversation.thumbnail_path,
            ),
        ),
        migrations.AddField(
            model_name="attachment", name="thumbnail_height", field=models.PositiveSmallIntegerField(default=0)
        ),
        migrations.AddField(
            model_name="attachment", name="thumbnail_width", field=models.PositiveSmallIntegerField(default=0)
        ),
        migrations.AddField(
            model_name="attachment", name="wants_thumbnail", field=models.BooleanField(default=False)
        ),
        migrations.AlterField(
            model_name="attachment",
            name="file",
            field=models.FileField(
                blank=True,
                max_length=200,
                storage=issues.models.conversation.private_storage,
                upload_to=issues.models.conversation.attachment_path,
            ),
        ),
        migrations.AddIndex(
            model_name="attachment",
            index=models.Index(
                condition=models.Q(("next_scan_at__isnull", False)), fields=["next_scan_at"], name="attachment_next_scan"
            ),
        ),
        migrations.AddIndex(
            model_name="attachment",
            index=models.Index(
                condition=models.Q(("wants_thumbnail", True)), fields=["id"], name="attachment_wants_thumbnail"
            ),
        ),
    ]

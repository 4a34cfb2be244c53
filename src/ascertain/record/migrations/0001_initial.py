"""The tables of a record."""

import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import ascertain.record.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="Blob",
            fields=[
                ("sha256", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("size", models.BigIntegerField()),
                ("whole", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="FeedRow",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("etag", models.TextField(null=True)),
                ("last_modified", models.TextField(null=True)),
                ("failures", models.IntegerField(default=0)),
                ("due", models.DateTimeField(null=True)),
                ("polled", models.DateTimeField(null=True)),
                ("problem", models.TextField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ReportRow",
            fields=[
                ("id", models.CharField(max_length=255, primary_key=True, serialize=False)),
                ("part", models.TextField(default="")),
                ("text", ascertain.record.fields.ZippedText()),
                ("text_sha256", models.CharField(max_length=64)),
                ("title", models.TextField(null=True)),
                ("published", models.DateField(null=True)),
                ("publisher", models.TextField(null=True)),
                ("author", models.TextField(null=True)),
                ("url", models.TextField(null=True)),
                ("language", models.TextField(null=True)),
                ("pages", models.TextField(default="[]")),
                ("added", models.DateTimeField()),
                ("state", models.CharField(default="waiting", max_length=10)),
                ("sensitivity", models.CharField(default="", max_length=20)),
            ],
        ),
        migrations.CreateModel(
            name="LinkParameters",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField()),
                ("reports", models.BigIntegerField()),
                ("toml", models.TextField()),
                ("words", ascertain.record.fields.ZippedText()),
                ("rereading", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64, unique=True)),
                ("address", models.TextField()),
                ("name", models.TextField()),
                ("media_type", models.TextField(null=True)),
                ("received", models.DateTimeField()),
                ("headers", models.TextField(default="[]")),
                ("part", models.TextField(default="")),
                ("depth", models.IntegerField(default=0)),
                ("state", models.CharField(default="waiting", max_length=10)),
                ("position", models.BigIntegerField(default=0)),
                (
                    "blob",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="receipts", to="record.blob"
                    ),
                ),
                (
                    "within",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enclosed",
                        to="record.receipt",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RecordMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=32)),
                ("made", models.DateTimeField()),
                ("policy", models.CharField(default="ascertain", max_length=40)),
            ],
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                ("first_name", models.CharField(blank=True, max_length=150, verbose_name="first name")),
                ("last_name", models.CharField(blank=True, max_length=150, verbose_name="last name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                ("date_joined", models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("reader", "reader"),
                            ("reviewer", "reviewer"),
                            ("editor", "editor"),
                            ("administrator", "administrator"),
                        ],
                        default="reader",
                        max_length=20,
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "user",
                "verbose_name_plural": "users",
                "abstract": False,
            },
            managers=[
                ("objects", django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name="ChainEntry",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=20)),
                ("key", models.TextField()),
                ("digest", models.BinaryField(max_length=32)),
                ("at", models.CharField(max_length=32)),
                ("previous", models.BinaryField(max_length=32)),
                ("hash", models.BinaryField(max_length=32)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("kind", "key"), name="chained_once")],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("subject", models.TextField()),
                ("value", models.TextField(default="null")),
                ("at", models.DateTimeField(db_index=True)),
                ("reason", models.TextField(default="")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "undoes",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="undone_by",
                        to="record.decision",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="IncidentRow",
            fields=[
                ("id", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("version", models.IntegerField()),
                ("since", models.DateTimeField()),
                ("first_seen", models.DateTimeField()),
                ("value", models.TextField()),
                ("gone", models.BooleanField(default=False)),
                ("type", models.CharField(max_length=60)),
                ("start", models.DateField(null=True)),
                ("end", models.DateField(null=True)),
                ("country", models.CharField(max_length=2, null=True)),
                ("admin1", models.TextField(null=True)),
                ("place", models.TextField(null=True)),
                ("lat", models.FloatField(null=True)),
                ("lon", models.FloatField(null=True)),
                ("killed_low", models.IntegerField(null=True)),
                ("killed_best", models.IntegerField(null=True)),
                ("killed_high", models.IntegerField(null=True)),
                ("grading", models.CharField(max_length=20)),
                ("sources", models.IntegerField()),
                ("reports_count", models.IntegerField()),
                ("claims_count", models.IntegerField()),
                ("status", models.CharField(default="open", max_length=20)),
                ("locked", models.BooleanField(default=False)),
                ("sensitivity", models.CharField(default="", max_length=20)),
                ("state", models.TextField(default="{}")),
                ("need", models.IntegerField(default=0)),
                ("needs", models.IntegerField(default=0)),
                ("waiting", models.BooleanField(default=True)),
                ("changed", models.BooleanField(default=False)),
                ("decided_by", models.BigIntegerField(null=True)),
                ("decided_sources", models.IntegerField(default=0)),
                (
                    "assigned_to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assigned",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Forward",
            fields=[
                ("id", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("since", models.DateTimeField()),
                (
                    "to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="formerly", to="record.incidentrow"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="IncidentVersion",
            fields=[
                ("id", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("number", models.IntegerField()),
                ("since", models.DateTimeField(db_index=True)),
                ("value", models.TextField()),
                ("state", models.TextField(default="{}")),
                ("cause", models.TextField()),
                (
                    "incident",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="record.incidentrow",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("used", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invited",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LineageRow",
            fields=[
                (
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="lineage",
                        serialize=False,
                        to="record.reportrow",
                    ),
                ),
                ("card", models.TextField()),
                ("runs", models.BinaryField()),
                ("words", models.BinaryField()),
                ("origin", models.CharField(max_length=255, null=True)),
                ("voice", models.TextField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="IncidentClaim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("claim", models.CharField(default="", max_length=40)),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="held", to="record.incidentrow"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="held_in",
                        to="record.reportrow",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EventRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("claim", models.CharField(default="", max_length=40)),
                ("group", models.CharField(max_length=300)),
                ("heap", models.CharField(db_index=True, max_length=300)),
                ("stale", models.BooleanField(default=True)),
                (
                    "report",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="record.reportrow",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DecisionClaim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("claim", models.CharField(default="", max_length=40)),
                ("ties", models.BooleanField(default=False)),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="names", to="record.decision"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decided",
                        to="record.reportrow",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReaderVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("identity", models.TextField()),
                ("settings", models.TextField(default="{}")),
                ("since", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("identity", "settings"), name="version_once")],
            },
        ),
        migrations.CreateModel(
            name="ReadingRow",
            fields=[
                ("id", models.CharField(max_length=280, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("sketch", ascertain.record.fields.ZippedText()),
                ("claims_count", models.IntegerField()),
                ("claims_sha256", models.CharField(max_length=64)),
                ("state", models.CharField(default="in force", max_length=10)),
                ("linked", models.BooleanField(default=False)),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="readings", to="record.reportrow"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="readings", to="record.readerversion"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ClaimRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("claim", models.CharField(max_length=40)),
                ("kind", models.CharField(max_length=20)),
                ("type", models.CharField(max_length=60, null=True)),
                ("day", models.DateField(null=True)),
                ("value", models.TextField()),
                (
                    "reading",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="record.readingrow",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="reportrow",
            name="receipt",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="record.receipt"
            ),
        ),
        migrations.CreateModel(
            name="FeedEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64, unique=True)),
                ("entry", models.CharField(db_index=True, max_length=64)),
                ("identity", models.TextField()),
                ("digest", models.CharField(max_length=64)),
                ("title", models.TextField(null=True)),
                ("link", models.TextField(null=True)),
                ("characters", models.IntegerField(default=0)),
                ("tries", models.IntegerField(default=0)),
                ("due", models.DateTimeField(null=True)),
                ("published", models.DateField(null=True)),
                ("own", models.BinaryField(null=True)),
                ("own_told", models.TextField(null=True)),
                ("problem", models.TextField(null=True)),
                (
                    "feed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="record.feedrow"
                    ),
                ),
                (
                    "receipt",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="record.receipt",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Reread",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rereads", to="record.readerversion"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RoleChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=150)),
                ("role", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="roles_given",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="roles", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Sample",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.TextField()),
                ("at", models.DateTimeField()),
                ("seed", models.IntegerField()),
                ("filter", models.TextField(default="")),
                ("fields", models.TextField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="samples", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("coders", models.ManyToManyField(related_name="coded_samples", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name="SampleItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.IntegerField()),
                ("place", models.IntegerField()),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sampled", to="record.incidentrow"
                    ),
                ),
                (
                    "sample",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="items", to="record.sample"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Coding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("values", models.TextField()),
                ("settled", models.BooleanField(default=False)),
                ("reason", models.TextField(default="")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="codings", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="codings", to="record.sampleitem"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SetAsideRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64, unique=True)),
                ("source", models.TextField()),
                ("line", models.BigIntegerField(null=True)),
                ("problem", models.TextField()),
                ("remedy", models.TextField()),
                ("at", models.DateTimeField()),
                ("retried", models.DateTimeField(null=True)),
                ("mended", models.BooleanField(default=False)),
                (
                    "receipt",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="set_aside",
                        to="record.receipt",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="set_aside",
                        to="record.reportrow",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SignIn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_index=True)),
                ("name", models.CharField(max_length=150)),
                ("outcome", models.CharField(max_length=10)),
                ("address", models.CharField(max_length=64)),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sign_ins",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SourceNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=10)),
                ("source", models.TextField()),
                ("field", models.CharField(max_length=20)),
                ("value", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="source_notes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Token",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("name", models.TextField()),
                ("decides", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                ("used", models.DateTimeField(null=True)),
                ("closed", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tokens", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BlobChunk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField()),
                ("content", models.BinaryField()),
                (
                    "blob",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="chunks",
                        to="record.blob",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("blob", "number"), name="chunk_once")],
            },
        ),
        migrations.AddIndex(
            model_name="incidentrow",
            index=models.Index(fields=["gone", "status", "since"], name="incident_since"),
        ),
        migrations.AddIndex(
            model_name="incidentrow",
            index=models.Index(fields=["gone", "-need", "id"], name="incident_need"),
        ),
        migrations.AddIndex(
            model_name="incidentrow",
            index=models.Index(
                fields=["gone", "status", "waiting", "needs", "grading", "type", "country"], name="incident_counted"
            ),
        ),
        migrations.AddIndex(
            model_name="incidentrow",
            index=models.Index(fields=["gone", "country", "admin1"], name="incident_area"),
        ),
        migrations.AddIndex(
            model_name="incidentrow",
            index=models.Index(
                fields=[
                    "gone",
                    "waiting",
                    "-need",
                    "id",
                    "status",
                    "needs",
                    "grading",
                    "type",
                    "country",
                    "start",
                    "end",
                    "assigned_to",
                    "since",
                ],
                name="incident_inbox",
            ),
        ),
        migrations.AddIndex(
            model_name="incidentrow",
            index=models.Index(fields=["gone", "start"], name="incident_start"),
        ),
        migrations.AddConstraint(
            model_name="incidentversion",
            constraint=models.UniqueConstraint(fields=("incident", "number"), name="state_once"),
        ),
        migrations.AddConstraint(
            model_name="incidentclaim",
            constraint=models.UniqueConstraint(fields=("report", "claim"), name="held_once"),
        ),
        migrations.AddIndex(
            model_name="eventrow",
            index=models.Index(condition=models.Q(("stale", True)), fields=["heap"], name="event_stale"),
        ),
        migrations.AddConstraint(
            model_name="eventrow",
            constraint=models.UniqueConstraint(fields=("report", "claim"), name="event_once"),
        ),
        migrations.AddConstraint(
            model_name="decisionclaim",
            constraint=models.UniqueConstraint(fields=("report", "claim", "decision"), name="named_once"),
        ),
        migrations.AddIndex(
            model_name="readingrow",
            index=models.Index(fields=["state", "claims_count"], name="reading_count"),
        ),
        migrations.AddIndex(
            model_name="readingrow",
            index=models.Index(fields=["linked", "state", "report"], name="reading_unlinked"),
        ),
        migrations.AddConstraint(
            model_name="readingrow",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "in force")), fields=("report",), name="one_in_force"
            ),
        ),
        migrations.AddConstraint(
            model_name="claimrow",
            constraint=models.UniqueConstraint(fields=("reading", "claim"), name="claim_once"),
        ),
        migrations.AddIndex(
            model_name="reportrow",
            index=models.Index(condition=models.Q(("state", "waiting")), fields=["id"], name="report_waiting"),
        ),
        migrations.AddIndex(
            model_name="reportrow",
            index=models.Index(fields=["published"], name="report_published"),
        ),
        migrations.AddIndex(
            model_name="receipt",
            index=models.Index(condition=models.Q(("state", "waiting")), fields=["id"], name="receipt_waiting"),
        ),
        migrations.AddIndex(
            model_name="feedentry",
            index=models.Index(condition=models.Q(("receipt", None)), fields=["id"], name="feed_entry_waiting"),
        ),
        migrations.AddConstraint(
            model_name="sampleitem",
            constraint=models.UniqueConstraint(fields=("sample", "incident"), name="sampled_once"),
        ),
        migrations.AddIndex(
            model_name="sourcenote",
            index=models.Index(fields=["kind", "source"], name="source_noted"),
        ),
    ]

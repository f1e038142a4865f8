"""first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "installation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("made_up", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installation")),
    )
    op.create_table(
        "instrument",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("survey", sa.String(length=64), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instrument")),
        sa.UniqueConstraint("survey", "version", name=op.f("uq_instrument_survey_version")),
    )
    op.create_table(
        "site",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("cds_code", sa.String(length=14), nullable=False),
        sa.Column("contact", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site")),
        sa.UniqueConstraint("slug", name=op.f("uq_site_slug")),
    )
    op.create_table(
        "staff",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("role", sa.String(length=8), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=True),
        sa.Column("session_key", sa.String(length=64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(), nullable=True),
        sa.CheckConstraint("role IN ('district', 'site')", name=op.f("ck_staff_role")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("email", name=op.f("uq_staff_email")),
        sa.UniqueConstraint("session_key", name=op.f("uq_staff_session_key")),
    )
    op.create_table(
        "enrolment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=8), nullable=False),
        sa.Column("home_language", sa.String(length=32), nullable=False),
        sa.Column("grade_band", sa.String(length=32), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint("unit IN ('families', 'pupils')", name=op.f("ck_enrolment_unit")),
        sa.CheckConstraint("count >= 0", name=op.f("ck_enrolment_count")),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_enrolment_site_id_site"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment")),
        sa.UniqueConstraint(
            "site_id",
            "unit",
            "home_language",
            "grade_band",
            name=op.f("uq_enrolment_site_id_unit_home_language_grade_band"),
        ),
    )
    op.create_table(
        "sign_in_link",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_sign_in_link_staff_id_staff"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_sign_in_link")),
    )
    with op.batch_alter_table("sign_in_link", schema=None) as batch_op:
        batch_op.create_index("ix_sign_in_link_staff_id", ["staff_id"], unique=False)

    op.create_table(
        "staff_site",
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_staff_site_site_id_site"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_staff_site_staff_id_staff"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("staff_id", "site_id", name=op.f("pk_staff_site")),
    )
    op.create_table(
        "survey_window",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("instrument_id", sa.Integer(), nullable=False),
        sa.Column("opens", sa.Date(), nullable=False),
        sa.Column("closes", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("sealed_on", sa.Date(), nullable=True),
        sa.CheckConstraint("opens <= closes", name=op.f("ck_survey_window_dates")),
        sa.ForeignKeyConstraint(
            ["instrument_id"], ["instrument.id"], name=op.f("fk_survey_window_instrument_id_instrument")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_window")),
        sa.UniqueConstraint("name", name=op.f("uq_survey_window_name")),
    )
    op.create_table(
        "comment",
        sa.Column("window_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("item", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_comment_site_id_site")),
        sa.ForeignKeyConstraint(
            ["window_id"], ["survey_window.id"], name=op.f("fk_comment_window_id_survey_window")
        ),
        sa.PrimaryKeyConstraint("window_id", "site_id", "key", name=op.f("pk_comment")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "imported_file",
        sa.Column("window_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["window_id"],
            ["survey_window.id"],
            name=op.f("fk_imported_file_window_id_survey_window"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("window_id", "digest", name=op.f("pk_imported_file")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "participation",
        sa.Column("window_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("at_least", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_participation_site_id_site")),
        sa.ForeignKeyConstraint(
            ["window_id"],
            ["survey_window.id"],
            name=op.f("fk_participation_window_id_survey_window"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("window_id", "site_id", name=op.f("pk_participation")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("window_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("audited", sa.Boolean(), nullable=False),
        sa.Column("head", sa.Text(), nullable=False),
        sa.Column("unprotected", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["window_id"], ["survey_window.id"], name=op.f("fk_release_window_id_survey_window")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
        sa.UniqueConstraint("window_id", "number", name=op.f("uq_release_window_id_number")),
    )
    op.create_table(
        "response",
        sa.Column("window_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=True),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_response_site_id_site")),
        sa.ForeignKeyConstraint(
            ["window_id"], ["survey_window.id"], name=op.f("fk_response_window_id_survey_window")
        ),
        sa.PrimaryKeyConstraint("window_id", "site_id", "key", name=op.f("pk_response")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "window_site",
        sa.Column("window_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_window_site_site_id_site")),
        sa.ForeignKeyConstraint(
            ["window_id"],
            ["survey_window.id"],
            name=op.f("fk_window_site_window_id_survey_window"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("window_id", "site_id", name=op.f("pk_window_site")),
    )
    op.create_table(
        "release_part",
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("site", sa.String(length=400), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release_id"],
            ["release.id"],
            name=op.f("fk_release_part_release_id_release"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("release_id", "site", name=op.f("pk_release_part")),
    )


def downgrade() -> None:
    op.drop_table("release_part")
    op.drop_table("window_site")
    op.drop_table("response")
    op.drop_table("release")
    op.drop_table("participation")
    op.drop_table("imported_file")
    op.drop_table("comment")
    op.drop_table("survey_window")
    op.drop_table("staff_site")
    with op.batch_alter_table("sign_in_link", schema=None) as batch_op:
        batch_op.drop_index("ix_sign_in_link_staff_id")

    op.drop_table("sign_in_link")
    op.drop_table("enrolment")
    op.drop_table("staff")
    op.drop_table("site")
    op.drop_table("instrument")
    op.drop_table("installation")

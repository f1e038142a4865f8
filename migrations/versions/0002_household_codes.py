"""household codes."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("survey_window", schema=None) as batch_op:
        batch_op.add_column(sa.Column("code_uses", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("window_site", schema=None) as batch_op:
        batch_op.add_column(sa.Column("codes_made", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("codes_void", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "household_code",
        sa.Column("window_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("uses_left", sa.Integer(), nullable=False),
        sa.CheckConstraint("uses_left >= 0", name=op.f("ck_household_code_uses_left")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_household_code_site_id_site")),
        sa.ForeignKeyConstraint(
            ["window_id"],
            ["survey_window.id"],
            name=op.f("fk_household_code_window_id_survey_window"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("window_id", "site_id", "digest", name=op.f("pk_household_code")),
        sqlite_with_rowid=False,
    )
    if op.get_bind().dialect.name == "postgresql":
        # The database's statistics would keep samples of digests after sealing has destroyed the codes.
        op.execute("ALTER TABLE household_code ALTER COLUMN digest SET STATISTICS 0")


def downgrade() -> None:
    op.drop_table("household_code")
    with op.batch_alter_table("window_site", schema=None) as batch_op:
        batch_op.drop_column("codes_void")
        batch_op.drop_column("codes_made")
    with op.batch_alter_table("survey_window", schema=None) as batch_op:
        batch_op.drop_column("code_uses")

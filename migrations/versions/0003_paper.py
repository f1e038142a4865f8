"""paper."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "paper_stack",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("window_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("declared", sa.Integer(), nullable=False),
        sa.Column("checking", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_paper_stack_site_id_site")),
        sa.ForeignKeyConstraint(
            ["window_id"],
            ["survey_window.id"],
            name=op.f("fk_paper_stack_window_id_survey_window"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_stack")),
    )
    op.create_table(
        "paper_sheet",
        sa.Column("window_id", sa.Integer(), nullable=False),
        sa.Column("stack_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("comments", sa.Text(), nullable=False),
        sa.Column("sampled", sa.Boolean(), nullable=False),
        sa.Column("second", sa.Text(), nullable=True),
        sa.Column("differed", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["stack_id"],
            ["paper_stack.id"],
            name=op.f("fk_paper_sheet_stack_id_paper_stack"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["window_id"],
            ["survey_window.id"],
            name=op.f("fk_paper_sheet_window_id_survey_window"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("window_id", "stack_id", "number", name=op.f("pk_paper_sheet")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("paper_sheet")
    op.drop_table("paper_stack")

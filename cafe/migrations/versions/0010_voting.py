"""voting: statements, and the contributions that they come from"""

import sqlalchemy as sa
from alembic import op

from cafe.extensions import UtcDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=36), nullable=False),
        sa.Column("cafe_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("scale", sa.String(length=10), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("opens_at", UtcDateTime(), nullable=False),
        sa.Column("closes_at", UtcDateTime(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("scale IN ('colours', 'words')", name=op.f("ck_statement_scale")),
        sa.ForeignKeyConstraint(["cafe_id"], ["cafe.id"], name=op.f("fk_statement_cafe_id_cafe")),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_statement_question_id_question")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_statement_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
        sa.UniqueConstraint("key", name=op.f("uq_statement_key")),
        sa.UniqueConstraint("question_id", name=op.f("uq_statement_question_id")),
    )
    op.create_index("ix_statement_cafe_id_place", "statement", ["cafe_id", "place"])
    op.create_table(
        "statement_origin",
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statement.id"], name=op.f("fk_statement_origin_statement_id_statement")
        ),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_statement_origin_contribution_id_contribution")
        ),
        sa.PrimaryKeyConstraint("statement_id", "contribution_id", name=op.f("pk_statement_origin")),
    )
    op.create_index(op.f("ix_statement_origin_contribution_id"), "statement_origin", ["contribution_id"])

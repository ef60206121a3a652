"""the interview: notes taken while someone speaks, who heard a consent"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "note_taken",
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=120), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("reworded", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_note_taken_contribution_id_contribution")
        ),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_note_taken_sitting_id_sitting")),
        sa.PrimaryKeyConstraint("contribution_id", name=op.f("pk_note_taken")),
    )
    op.create_index(op.f("ix_note_taken_sitting_id"), "note_taken", ["sitting_id"], unique=False)
    with op.batch_alter_table("consent") as batch:
        batch.add_column(sa.Column("staff_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_consent_staff_id_staff"), "staff", ["staff_id"], ["id"])

"""frozen datasets, what is open to whom, notes of the analysts"""

import sqlalchemy as sa
from alembic import op

from cafe.extensions import UtcDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "frozen_dataset",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=36), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("sha256_now", sa.String(length=64), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("texts", sa.Integer(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("tags", sa.Integer(), nullable=False),
        sa.Column("people_gone", sa.Integer(), nullable=False),
        sa.Column("texts_gone", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("referential", sa.Integer(), nullable=False),
        sa.Column("guide", sa.Integer(), nullable=False),
        sa.Column("deleted_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_frozen_dataset_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frozen_dataset")),
        sa.UniqueConstraint("key", name=op.f("uq_frozen_dataset_key")),
    )
    op.create_table(
        "results_log",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=36), nullable=False),
        sa.Column("action", sa.String(length=8), nullable=False),
        sa.Column("audience", sa.String(length=10), nullable=False),
        sa.Column("frozen_id", sa.Integer(), nullable=True),
        sa.Column("detail", sa.String(length=300), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "action IN ('made', 'renamed', 'deleted', 'taken', 'opened', 'closed', 'live')",
            name=op.f("ck_results_log_action"),
        ),
        sa.CheckConstraint("audience IN ('', 'committee', 'citizens')", name=op.f("ck_results_log_audience")),
        sa.ForeignKeyConstraint(
            ["frozen_id"], ["frozen_dataset.id"], name=op.f("fk_results_log_frozen_id_frozen_dataset")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_results_log_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_results_log")),
        sa.UniqueConstraint("key", name=op.f("uq_results_log_key")),
    )
    op.create_index("ix_results_log_audience_id", "results_log", ["audience", "id"])
    op.create_table(
        "results_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=36), nullable=False),
        sa.Column("place", sa.String(length=60), nullable=False),
        sa.Column("frozen_id", sa.Integer(), nullable=True),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("for_committee", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("figures_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("written_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["frozen_id"], ["frozen_dataset.id"], name=op.f("fk_results_note_frozen_id_frozen_dataset")
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["results_note.id"], name=op.f("fk_results_note_replaces_id_results_note")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_results_note_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_results_note")),
        sa.UniqueConstraint("key", name=op.f("uq_results_note_key")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_results_note_replaces_id")),
    )
    op.create_index("ix_results_note_place", "results_note", ["place", "frozen_id"])
    op.create_table(
        "note_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=60), nullable=False),
        sa.Column("frozen", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_note_draft_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note_draft")),
        sa.UniqueConstraint("staff_id", "place", "frozen", name="uq_note_draft_place"),
    )

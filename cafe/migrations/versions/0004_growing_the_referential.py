"""growing the référentiel: draft, terms learned, blind codings, gold, long work"""

import sqlalchemy as sa
from alembic import op

from cafe.extensions import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "gold_label",
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("family", sa.String(length=40), nullable=False),
        sa.Column("codes", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("settled_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_gold_label_contribution_id_contribution")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_gold_label_staff_id_staff")),
        sa.PrimaryKeyConstraint("contribution_id", "family", name=op.f("pk_gold_label")),
    )
    op.create_table(
        "referential_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=36), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_referential_draft_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referential_draft")),
    )
    op.create_table(
        "sample",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("family", sa.String(length=40), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_sample_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sample")),
        sa.UniqueConstraint("key", name=op.f("uq_sample_key")),
    )
    op.create_table(
        "term_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("family", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("rule", sa.String(length=120), nullable=False),
        sa.Column("term", sa.String(length=120), nullable=False),
        sa.Column("z", sa.Float(), nullable=False),
        sa.Column("support", sa.Integer(), nullable=False),
        sa.Column("precision", sa.Float(), nullable=False),
        sa.Column("touches", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("state IN ('open', 'accepted', 'refused')", name=op.f("ck_term_proposal_state")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_term_proposal_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term_proposal")),
        sa.UniqueConstraint("family", "code", "rule", "term", name="uq_term_proposal_place"),
    )
    op.create_table(
        "work",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("error", sa.String(length=300), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("beat_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_work_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work")),
        sa.UniqueConstraint("key", name=op.f("uq_work_key")),
    )
    op.create_index("ix_work_kind", "work", ["kind", "id"], unique=False)

    op.create_table(
        "blind_coding",
        sa.Column("sample_id", sa.Integer(), nullable=False),
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("codes", sa.Text(), nullable=False),
        sa.Column("coded_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_blind_coding_contribution_id_contribution")
        ),
        sa.ForeignKeyConstraint(["sample_id"], ["sample.id"], name=op.f("fk_blind_coding_sample_id_sample")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_blind_coding_staff_id_staff")),
        sa.PrimaryKeyConstraint("sample_id", "contribution_id", "staff_id", name=op.f("pk_blind_coding")),
    )
    op.create_table(
        "sample_text",
        sa.Column("sample_id", sa.Integer(), nullable=False),
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_sample_text_contribution_id_contribution")
        ),
        sa.ForeignKeyConstraint(["sample_id"], ["sample.id"], name=op.f("fk_sample_text_sample_id_sample")),
        sa.PrimaryKeyConstraint("sample_id", "contribution_id", name=op.f("pk_sample_text")),
    )
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.add_column(sa.Column("became", sa.String(length=60), server_default="", nullable=False))

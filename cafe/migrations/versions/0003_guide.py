"""the guide: versions, drafts, open links, sittings, steps' answers, proposals"""

import sqlalchemy as sa
from alembic import op

from cafe.extensions import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "open_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("token", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("group_code", sa.String(length=40), nullable=False),
        sa.Column("subgroup", sa.String(length=80), nullable=False),
        sa.Column("profile", sa.String(length=80), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("quota", sa.Integer(), nullable=False),
        sa.Column("closes_at", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["group_code"], ["group.code"], name=op.f("fk_open_link_group_code_group")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_open_link")),
        sa.UniqueConstraint("key", name=op.f("uq_open_link_key")),
        sa.UniqueConstraint("token", name=op.f("uq_open_link_token")),
    )
    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=120), nullable=False),
        sa.Column("family", sa.String(length=40), nullable=False),
        sa.Column("parent", sa.String(length=60), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_proposal_participant_id_participant")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.UniqueConstraint("participant_id", "question", name="uq_proposal_place"),
    )
    op.create_table(
        "guide_draft",
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_guide_draft_staff_id_staff")),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_guide_draft")),
    )
    op.create_table(
        "guide_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_guide_version_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guide_version")),
        sa.UniqueConstraint("slug", "number", name="uq_guide_version_number"),
    )
    op.create_table(
        "sitting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(length=10), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=True),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("erasure_digest", sa.String(length=64), nullable=True),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.Column("erased_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("way IN ('alone', 'interview', 'workshop')", name=op.f("ck_sitting_way")),
        sa.ForeignKeyConstraint(["link_id"], ["open_link.id"], name=op.f("fk_sitting_link_id_open_link")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_sitting_participant_id_participant")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_sitting_staff_id_staff")),
        sa.ForeignKeyConstraint(["version_id"], ["guide_version.id"], name=op.f("fk_sitting_version_id_guide_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sitting")),
        sa.UniqueConstraint("erasure_digest", name=op.f("uq_sitting_erasure_digest")),
        sa.UniqueConstraint("key", name=op.f("uq_sitting_key")),
    )
    op.create_index(op.f("ix_sitting_link_id"), "sitting", ["link_id"], unique=False)
    op.create_index("ix_sitting_person", "sitting", ["participant_id"], unique=False)

    op.create_table(
        "sent_form",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_sent_form_sitting_id_sitting")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sent_form")),
    )
    op.create_index(op.f("ix_sent_form_sitting_id"), "sent_form", ["sitting_id"], unique=False)

    op.create_table(
        "step_answer",
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=120), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("other", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("offered", sa.Text(), nullable=False),
        sa.Column("contribution_id", sa.Integer(), nullable=True),
        sa.Column("standing", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_step_answer_contribution_id_contribution")
        ),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_step_answer_sitting_id_sitting")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["guide_version.id"], name=op.f("fk_step_answer_version_id_guide_version")
        ),
        sa.PrimaryKeyConstraint("sitting_id", "step", name=op.f("pk_step_answer")),
    )
    op.create_index(op.f("ix_step_answer_contribution_id"), "step_answer", ["contribution_id"], unique=False)

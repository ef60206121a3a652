"""who is who: stakeholders, the way to their status, whom they became; the phases and the committee's lights"""

import sqlalchemy as sa
from alembic import op

from cafe.extensions import UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

STATUSES = "status IN ('identified', 'invited', 'met', 'declined')"
PHASES = "('preparation', 'consultation', 'analysis', 'restitution')"


def upgrade():
    _create_stakeholders()
    op.create_table(
        "stakeholder_status",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stakeholder_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["stakeholder_id"], ["stakeholder.id"], name=op.f("fk_stakeholder_status_stakeholder_id_stakeholder")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_stakeholder_status_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stakeholder_status")),
    )
    op.create_index(op.f("ix_stakeholder_status_stakeholder_id"), "stakeholder_status", ["stakeholder_id"])
    op.create_table(
        "stakeholder_participant",
        sa.Column("stakeholder_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["stakeholder_id"], ["stakeholder.id"], name=op.f("fk_stakeholder_participant_stakeholder_id_stakeholder")
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_stakeholder_participant_participant_id_participant")
        ),
        sa.PrimaryKeyConstraint("stakeholder_id", "participant_id", name=op.f("pk_stakeholder_participant")),
    )
    with op.batch_alter_table("contact") as contact:
        contact.add_column(sa.Column("stakeholder_id", sa.Integer(), nullable=True))
        contact.create_foreign_key(
            op.f("fk_contact_stakeholder_id_stakeholder"), "stakeholder", ["stakeholder_id"], ["id"]
        )
        contact.create_unique_constraint(op.f("uq_contact_stakeholder_id"), ["stakeholder_id"])
    _create_phases()


def _create_stakeholders():
    op.create_table(
        "stakeholder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("group_code", sa.String(length=40), nullable=False),
        sa.Column("subgroup", sa.String(length=80), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("status_at", UtcDateTime(), nullable=False),
        sa.Column("follower_id", sa.Integer(), nullable=True),
        sa.Column("next_step", sa.String(length=200), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(STATUSES, name=op.f("ck_stakeholder_status")),
        sa.ForeignKeyConstraint(["group_code"], ["group.code"], name=op.f("fk_stakeholder_group_code_group")),
        sa.ForeignKeyConstraint(["follower_id"], ["staff.id"], name=op.f("fk_stakeholder_follower_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stakeholder")),
        sa.UniqueConstraint("key", name=op.f("uq_stakeholder_key")),
    )
    op.create_index(op.f("ix_stakeholder_follower_id"), "stakeholder", ["follower_id"])
    op.create_index("ix_stakeholder_group_code_subgroup", "stakeholder", ["group_code", "subgroup"])


def _create_phases():
    op.create_table(
        "phase",
        sa.Column("code", sa.String(length=15), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(f"code IN {PHASES}", name=op.f("ck_phase_code")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_phase")),
    )
    op.create_table(
        "light",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("phase", sa.String(length=15), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(f"phase IN {PHASES}", name=op.f("ck_light_phase")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_light_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_light")),
        sa.UniqueConstraint("key", name=op.f("uq_light_key")),
    )
    op.create_index(op.f("ix_light_phase"), "light", ["phase"])

"""workshops: the room, its seats, the hands counted, the notes"""

import sqlalchemy as sa
from alembic import op

from cafe.extensions import UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "workshop",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("group_code", sa.String(length=40), nullable=False),
        sa.Column("subgroup", sa.String(length=80), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=120), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["group_code"], ["group.code"], name=op.f("fk_workshop_group_code_group")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["guide_version.id"], name=op.f("fk_workshop_version_id_guide_version")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_workshop_staff_id_staff")),
        sa.ForeignKeyConstraint(["room_id"], ["participant.id"], name=op.f("fk_workshop_room_id_participant")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop")),
        sa.UniqueConstraint("key", name=op.f("uq_workshop_key")),
        sa.UniqueConstraint("code", name=op.f("uq_workshop_code")),
        sa.UniqueConstraint("label", name=op.f("uq_workshop_label")),
    )
    op.create_table(
        "seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("consented_at", UtcDateTime(), nullable=True),
        sa.Column("claimed_at", UtcDateTime(), nullable=True),
        sa.Column("left_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_seat_workshop_id_workshop")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_seat_participant_id_participant")
        ),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_seat_sitting_id_sitting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
        sa.UniqueConstraint("participant_id", name=op.f("uq_seat_participant_id")),
        sa.UniqueConstraint("sitting_id", name=op.f("uq_seat_sitting_id")),
        sa.UniqueConstraint("workshop_id", "number", name="uq_seat_number"),
    )
    op.create_table(
        "hand_count",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=120), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("counted_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_hand_count_workshop_id_workshop")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_hand_count_staff_id_staff")),
        sa.PrimaryKeyConstraint("workshop_id", "step", name=op.f("pk_hand_count")),
    )
    op.create_table(
        "workshop_note",
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=120), nullable=False),
        sa.Column("minority", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_workshop_note_contribution_id_contribution")
        ),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_workshop_note_workshop_id_workshop")),
        sa.PrimaryKeyConstraint("contribution_id", name=op.f("pk_workshop_note")),
    )
    op.create_index(op.f("ix_workshop_note_workshop_id"), "workshop_note", ["workshop_id"])

"""restitution: what the team writes, what became of each lead, the quotes announced and those objected to"""

import sqlalchemy as sa
from alembic import op

from cafe.extensions import UtcDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "piece",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("subjects", sa.Text(), nullable=False),
        sa.Column("drafted_at", UtcDateTime(), nullable=False),
        sa.Column("drafted_by", sa.Integer(), nullable=False),
        sa.Column("published_title", sa.String(length=160), nullable=False),
        sa.Column("published_words", sa.Text(), nullable=False),
        sa.Column("published_subjects", sa.Text(), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.Column("removed_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("kind IN ('objectives', 'lesson', 'lead')", name=op.f("ck_piece_kind")),
        sa.ForeignKeyConstraint(["drafted_by"], ["staff.id"], name=op.f("fk_piece_drafted_by_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_piece")),
        sa.UniqueConstraint("key", name=op.f("uq_piece_key")),
    )
    op.create_table(
        "piece_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("piece_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("published", sa.Boolean(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("written_at", UtcDateTime(), nullable=False),
        sa.Column("kept_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["piece_id"], ["piece.id"], name=op.f("fk_piece_version_piece_id_piece")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_piece_version_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_piece_version")),
    )
    op.create_index(op.f("ix_piece_version_piece_id"), "piece_version", ["piece_id"])
    op.create_table(
        "outcome",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("piece_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("written_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["piece_id"], ["piece.id"], name=op.f("fk_outcome_piece_id_piece")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_outcome_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome")),
        sa.UniqueConstraint("key", name=op.f("uq_outcome_key")),
    )
    op.create_index(op.f("ix_outcome_piece_id"), "outcome", ["piece_id"])
    _quotes()
    kinds = "kind IN ('opening', 'reminder', 'nudge', 'closing', 'digest', 'quoted', 'decided')"
    with op.batch_alter_table("message") as batch_op:
        batch_op.drop_constraint(op.f("ck_message_kind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_message_kind"), kinds)


def _quotes():
    op.create_table(
        "edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("objects_until", UtcDateTime(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.Column("left_before", sa.Integer(), nullable=False),
        sa.Column("left_after", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["opened_by"], ["staff.id"], name=op.f("fk_edition_opened_by_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
        sa.UniqueConstraint("key", name=op.f("uq_edition_key")),
    )
    op.create_table(
        "quote",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("listed_at", UtcDateTime(), nullable=False),
        sa.Column("published", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_quote_edition_id_edition")),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_quote_contribution_id_contribution")
        ),
        sa.PrimaryKeyConstraint("edition_id", "contribution_id", name=op.f("pk_quote")),
    )
    op.create_index(op.f("ix_quote_contribution_id"), "quote", ["contribution_id"])
    op.create_table(
        "objection",
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("objected_at", UtcDateTime(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_objection_contribution_id_contribution")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_objection_staff_id_staff")),
        sa.PrimaryKeyConstraint("contribution_id", name=op.f("pk_objection")),
    )
    op.create_table(
        "reader",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_reader_participant_id_participant")
        ),
        sa.PrimaryKeyConstraint("participant_id", name=op.f("pk_reader")),
    )

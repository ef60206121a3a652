"""running a café: contacts, follow-ups, syntheses, the queue, care, messages, jobs"""

import sqlalchemy as sa
from alembic import op

from cafe.extensions import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "job",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_job")),
    )
    op.create_table(
        "cafe_group",
        sa.Column("cafe_id", sa.Integer(), nullable=False),
        sa.Column("group_code", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["cafe_id"], ["cafe.id"], name=op.f("fk_cafe_group_cafe_id_cafe")),
        sa.ForeignKeyConstraint(["group_code"], ["group.code"], name=op.f("fk_cafe_group_group_code_group")),
        sa.PrimaryKeyConstraint("cafe_id", "group_code", name=op.f("pk_cafe_group")),
    )
    op.create_table(
        "reopening",
        sa.Column("cafe_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["cafe_id"], ["cafe.id"], name=op.f("fk_reopening_cafe_id_cafe")),
        sa.PrimaryKeyConstraint("cafe_id", "day", name=op.f("pk_reopening")),
    )
    op.create_table(
        "subgroup",
        sa.Column("group_code", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["group_code"], ["group.code"], name=op.f("fk_subgroup_group_code_group")),
        sa.PrimaryKeyConstraint("group_code", "label", name=op.f("pk_subgroup")),
    )
    op.create_table(
        "seen",
        sa.Column("cafe_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("first_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["cafe_id"], ["cafe.id"], name=op.f("fk_seen_cafe_id_cafe")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_seen_participant_id_participant")
        ),
        sa.PrimaryKeyConstraint("cafe_id", "day", "participant_id", name=op.f("pk_seen")),
    )
    op.create_table(
        "care",
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("due_at", UtcDateTime(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_care_contribution_id_contribution")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_care_staff_id_staff")),
        sa.PrimaryKeyConstraint("contribution_id", name=op.f("pk_care")),
    )
    with op.batch_alter_table("care", schema=None) as batch_op:
        batch_op.create_index(
            "ix_care_open",
            ["due_at"],
            unique=False,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )

    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=True),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("stopped_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_contact_participant_id_participant")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_contact_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sa.UniqueConstraint("participant_id", name=op.f("uq_contact_participant_id")),
        sa.UniqueConstraint("staff_id", name=op.f("uq_contact_staff_id")),
    )
    op.create_table(
        "flag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('phone', 'email', 'address', 'name', 'insult', 'distress', 'danger', 'third_party')",
            name=op.f("ck_flag_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_flag_contribution_id_contribution")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flag")),
        sa.UniqueConstraint("contribution_id", "kind", "start", "end", name="uq_flag_place"),
    )
    with op.batch_alter_table("flag", schema=None) as batch_op:
        batch_op.create_index(
            "ix_flag_open",
            ["contribution_id"],
            unique=False,
            sqlite_where=sa.text("settled_at IS NULL"),
            postgresql_where=sa.text("settled_at IS NULL"),
        )

    op.create_table(
        "follow_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("tag", sa.String(length=101), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("state IN ('open', 'answered', 'passed')", name=op.f("ck_follow_up_state")),
        sa.ForeignKeyConstraint(["answer_id"], ["contribution.id"], name=op.f("fk_follow_up_answer_id_contribution")),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_follow_up_contribution_id_contribution")
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_follow_up_participant_id_participant")
        ),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_follow_up_question_id_question")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_follow_up_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
        sa.UniqueConstraint("key", name=op.f("uq_follow_up_key")),
    )
    with op.batch_alter_table("follow_up", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_follow_up_contribution_id"), ["contribution_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_follow_up_answer_id"), ["answer_id"], unique=False)
        batch_op.create_index("ix_follow_up_participant_id_created_at", ["participant_id", "created_at"], unique=False)
        batch_op.create_index(
            "ix_follow_up_question_id_participant_id", ["question_id", "participant_id"], unique=False
        )

    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("channel", sa.String(length=6), nullable=False),
        sa.Column("cafe_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=True),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("detail", sa.String(length=300), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("claimed_at", UtcDateTime(), nullable=True),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("channel IN ('email', 'hand')", name=op.f("ck_message_channel")),
        sa.CheckConstraint(
            "kind IN ('opening', 'reminder', 'nudge', 'closing', 'digest')", name=op.f("ck_message_kind")
        ),
        sa.CheckConstraint("state IN ('due', 'sending', 'sent', 'failed', 'dropped')", name=op.f("ck_message_state")),
        sa.ForeignKeyConstraint(["cafe_id"], ["cafe.id"], name=op.f("fk_message_cafe_id_cafe")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_message_participant_id_participant")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_message_staff_id_staff")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["staff.id"], name=op.f("fk_message_asked_by_id_staff")),
        sa.ForeignKeyConstraint(["done_by_id"], ["staff.id"], name=op.f("fk_message_done_by_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("key", name=op.f("uq_message_key")),
    )
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.create_index("ix_message_participant_id_sent_at", ["participant_id", "sent_at"], unique=False)
        batch_op.create_index("ix_message_state_due_at", ["state", "due_at"], unique=False)

    op.create_table(
        "note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=36), nullable=False),
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("audience", sa.String(length=6), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("audience IN ('team', 'author')", name=op.f("ck_note_audience")),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_note_contribution_id_contribution")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_note_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
        sa.UniqueConstraint("key", name=op.f("uq_note_key")),
    )
    with op.batch_alter_table("note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_note_contribution_id"), ["contribution_id"], unique=False)

    op.create_table(
        "passage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_passage_contribution_id_contribution")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_passage_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passage")),
        sa.UniqueConstraint("contribution_id", "start", name="uq_passage_place"),
    )
    op.create_table(
        "report",
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_report_contribution_id_contribution")
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_report_participant_id_participant")
        ),
        sa.PrimaryKeyConstraint("contribution_id", "participant_id", name=op.f("pk_report")),
    )
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.create_index(
            "ix_report_open",
            ["contribution_id"],
            unique=False,
            sqlite_where=sa.text("settled_at IS NULL"),
            postgresql_where=sa.text("settled_at IS NULL"),
        )

    op.create_table(
        "retained",
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(length=101), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_retained_contribution_id_contribution")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_retained_staff_id_staff")),
        sa.PrimaryKeyConstraint("contribution_id", "section", name=op.f("pk_retained")),
    )
    op.create_table(
        "synthesis",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cafe_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["cafe_id"], ["cafe.id"], name=op.f("fk_synthesis_cafe_id_cafe")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_synthesis_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_synthesis")),
        sa.UniqueConstraint("cafe_id", "day", name="uq_synthesis_day"),
    )
    op.create_table(
        "synthesis_verbatim",
        sa.Column("synthesis_id", sa.Integer(), nullable=False),
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_synthesis_verbatim_contribution_id_contribution")
        ),
        sa.ForeignKeyConstraint(
            ["synthesis_id"], ["synthesis.id"], name=op.f("fk_synthesis_verbatim_synthesis_id_synthesis")
        ),
        sa.PrimaryKeyConstraint("synthesis_id", "contribution_id", name=op.f("pk_synthesis_verbatim")),
    )
    with op.batch_alter_table("cafe", schema=None) as batch_op:
        batch_op.add_column(sa.Column("moderation", sa.String(length=6), server_default="after", nullable=False))
        batch_op.add_column(sa.Column("quiet_from", sa.Integer(), server_default="20", nullable=False))
        batch_op.add_column(sa.Column("quiet_to", sa.Integer(), server_default="8", nullable=False))
        batch_op.add_column(sa.Column("reminder_hour", sa.Integer(), server_default="18", nullable=False))
        batch_op.add_column(sa.Column("archived_at", UtcDateTime(), nullable=True))
        batch_op.create_check_constraint(op.f("ck_cafe_moderation"), "moderation IN ('after', 'before')")

    widen_statuses()
    op.add_column("contribution", sa.Column("private", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_index("ix_contribution_reply_to_id", "contribution", ["reply_to_id"])
    waiting = sa.text("status = 'waiting'")
    op.create_index("ix_contribution_waiting", "contribution", ["id"], sqlite_where=waiting, postgresql_where=waiting)
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.add_column(sa.Column("batch", sa.String(length=36), server_default="", nullable=False))
        batch_op.add_column(sa.Column("undoes_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("status_before", sa.String(length=12), server_default="", nullable=False))
        batch_op.add_column(sa.Column("reason_before", sa.String(length=300), server_default="", nullable=False))
        batch_op.add_column(sa.Column("text_before", sa.Text(), nullable=True))
        batch_op.create_index("ix_decision_batch", ["batch"], unique=False)
        batch_op.create_unique_constraint(batch_op.f("uq_decision_undoes_id"), ["undoes_id"])
        batch_op.create_foreign_key(batch_op.f("fk_decision_undoes_id_decision"), "decision", ["undoes_id"], ["id"])

    with op.batch_alter_table("participant", schema=None) as batch_op:
        batch_op.add_column(sa.Column("key", sa.String(length=64), nullable=True))
        batch_op.create_unique_constraint(batch_op.f("uq_participant_key"), ["key"])

    with op.batch_alter_table("staff", schema=None) as batch_op:
        batch_op.add_column(sa.Column("participant_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("cares", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("totp_secret", sa.String(length=64), server_default="", nullable=False))
        batch_op.add_column(sa.Column("totp_step", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("closed_at", UtcDateTime(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_staff_participant_id_participant"), "participant", ["participant_id"], ["id"]
        )

    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("second_factor", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("seen_at", UtcDateTime(), nullable=True))


def widen_statuses():
    """Let a contribution wait or be returned."""
    statuses = "status IN ('published', 'waiting', 'returned', 'hidden', 'withdrawn')"
    with op.batch_alter_table("contribution") as batch_op:
        batch_op.drop_constraint(op.f("ck_contribution_status"), type_="check")
        batch_op.create_check_constraint(op.f("ck_contribution_status"), statuses)

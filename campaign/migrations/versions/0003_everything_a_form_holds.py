"""Evidence, explanations and facts; forms as Excel; a unit's own last day; the confirmation by its head.

Whether a submission is late is derived from now on, from the instant at which it came.
"""

from datetime import timedelta

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

import campaign.models.base

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KIND = sa.Enum("google", "excel", name="formkind", native_enum=False, length=32)
REOPENING = sa.Enum("extension", "return", name="reopeningkind", native_enum=False, length=32)
WHEN = campaign.models.base.UtcDateTime(timezone=True)

FORMS = sa.table("forms", sa.column("unit_id", sa.Integer), sa.column("locked_at", WHEN), sa.column("settled_at", WHEN))


def upgrade() -> None:
    # Not in a batch: on SQLite that makes the table anew, and the old one cannot go while units point to it.
    op.add_column("campaigns", sa.Column("forms", KIND, nullable=False, server_default="google"))
    op.add_column("campaigns", sa.Column("contact", sa.String(), nullable=False, server_default=""))
    op.add_column("campaigns", sa.Column("head_confirms", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("units", sa.Column("forms", KIND, nullable=True))
    with op.batch_alter_table("forms", schema=None) as batch:
        batch.add_column(sa.Column("folder_id", sa.String(), nullable=True))
        batch.add_column(sa.Column("folder_url", sa.String(), nullable=True))
        batch.add_column(sa.Column("notes_due", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.add_column(sa.Column("settled_at", WHEN, nullable=True))
        batch.add_column(sa.Column("workbook", sa.String(), nullable=True))
        batch.add_column(sa.Column("trouble_since", WHEN, nullable=True))
        batch.add_column(sa.Column("rights_trouble", sa.String(), nullable=True))
        batch.add_column(sa.Column("rights_since", WHEN, nullable=True))
        batch.add_column(sa.Column("rights_until", WHEN, nullable=True))
        batch.create_unique_constraint("uq_forms_folder_id", ["folder_id"])
        batch.create_foreign_key("fk_forms_workbook_stored_files", "stored_files", ["workbook"], ["sha256"])
    _settle_locked_forms()
    with op.batch_alter_table("drafts", schema=None) as batch:
        _add_content(batch)
        batch.add_column(sa.Column("ticked", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.add_column(sa.Column("changed_at", WHEN, nullable=True))
    with op.batch_alter_table("submissions", schema=None) as batch:
        _add_content(batch)
        batch.add_column(sa.Column("came_at", WHEN, nullable=True))
        batch.add_column(sa.Column("confirmed_at", WHEN, nullable=True))
        batch.add_column(sa.Column("confirmed_by", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("confirmation", sa.String(), nullable=True))
        batch.add_column(sa.Column("rejected_at", WHEN, nullable=True))
        batch.add_column(sa.Column("has_gaps", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.add_column(sa.Column("rejection", sa.String(), nullable=True))
        batch.alter_column("person_id", existing_type=sa.Integer(), nullable=True)
        batch.create_foreign_key("fk_submissions_confirmed_by_people", "people", ["confirmed_by"], ["id"])
    op.execute("UPDATE submissions SET came_at = at, origin = 'chat'")
    with op.batch_alter_table("submissions", schema=None) as batch:
        batch.alter_column("came_at", existing_type=WHEN, nullable=False)
        batch.drop_column("late")
    # The next reading of a form finds its problems again, with their keys.
    op.execute("UPDATE drafts SET problems = '[]', changed_at = read_at")
    with op.batch_alter_table("drafts", schema=None) as batch:
        batch.alter_column("changed_at", existing_type=WHEN, nullable=False)
    op.create_table(
        "evidence_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("at", WHEN, nullable=False),
        sa.Column("withdrawn_at", WHEN, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_evidence_files_person_id_people")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_evidence_files_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_files")),
        sa.UniqueConstraint("unit_id", "origin", "reference", name=op.f("uq_evidence_files_unit_id_origin_reference")),
    )
    op.create_index(op.f("ix_evidence_files_unit_id"), "evidence_files", ["unit_id"])
    op.create_table(
        "signed_pages",
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("album", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["sha256"], ["stored_files.sha256"], name=op.f("fk_signed_pages_sha256_stored_files")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name=op.f("fk_signed_pages_submission_id_submissions")
        ),
        sa.PrimaryKeyConstraint("submission_id", "place", name=op.f("pk_signed_pages")),
    )
    op.create_index(op.f("ix_signed_pages_album"), "signed_pages", ["album"])
    op.create_table(
        "reopenings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("kind", REOPENING, nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("granted_by", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("at", WHEN, nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_reopenings_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reopenings")),
    )
    op.create_index(op.f("ix_reopenings_unit_id"), "reopenings", ["unit_id"])


def _settle_locked_forms() -> None:
    """What is locked already was read up to its lock: it is settled after that."""
    connection = op.get_bind()
    for unit_id, locked_at in connection.execute(sa.select(FORMS.c.unit_id, FORMS.c.locked_at)).all():
        if locked_at:
            settled = sa.update(FORMS).where(FORMS.c.unit_id == unit_id)
            connection.execute(settled.values(settled_at=locked_at + timedelta(seconds=1)))


def _add_content(batch: BatchOperations) -> None:
    """What earlier rows hold of it is nothing."""
    batch.add_column(sa.Column("documents", sa.JSON(), nullable=False, server_default="[]"))
    batch.add_column(sa.Column("explanations", sa.JSON(), nullable=False, server_default="{}"))
    batch.add_column(sa.Column("facts", sa.JSON(), nullable=False, server_default="{}"))


def downgrade() -> None:
    op.drop_table("reopenings")
    op.drop_table("signed_pages")
    op.drop_table("evidence_files")
    with op.batch_alter_table("submissions", schema=None) as batch:
        batch.add_column(sa.Column("late", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.drop_constraint("fk_submissions_confirmed_by_people", type_="foreignkey")
        for column in (
            "rejection",
            "rejected_at",
            "confirmation",
            "confirmed_by",
            "confirmed_at",
            "came_at",
            "facts",
            "explanations",
            "documents",
        ):
            batch.drop_column(column)
        batch.alter_column("person_id", existing_type=sa.Integer(), nullable=False)
    with op.batch_alter_table("drafts", schema=None) as batch:
        for column in ("changed_at", "ticked", "facts", "explanations", "documents"):
            batch.drop_column(column)
    with op.batch_alter_table("forms", schema=None) as batch:
        batch.drop_constraint("fk_forms_workbook_stored_files", type_="foreignkey")
        batch.drop_constraint("uq_forms_folder_id", type_="unique")
        batch.drop_column("rights_until")
        batch.drop_column("rights_since")
        batch.drop_column("rights_trouble")
        batch.drop_column("trouble_since")
        batch.drop_column("workbook")
        batch.drop_column("settled_at")
        batch.drop_column("notes_due")
        batch.drop_column("folder_url")
        batch.drop_column("folder_id")
    op.drop_column("units", "forms")
    for column in ("head_confirms", "contact", "forms"):
        op.drop_column("campaigns", column)

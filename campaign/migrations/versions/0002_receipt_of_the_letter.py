"""The day on which a unit received the letter, and the instant at which a campaign was issued."""

import sqlalchemy as sa
from alembic import op

import campaign.models.base

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("units", sa.Column("acknowledged_on", sa.Date(), nullable=True))
    op.add_column("campaigns", sa.Column("issued_at", campaign.models.base.UtcDateTime(timezone=True), nullable=True))
    op.execute(
        "UPDATE campaigns SET issued_at = (SELECT min(history.at) FROM history"
        " WHERE history.campaign_id = campaigns.id AND history.action = 'stage.collecting')"
    )


def downgrade() -> None:
    op.drop_column("campaigns", "issued_at")
    op.drop_column("units", "acknowledged_on")

"""A campaign at a glance, for programs: stage, units, and messages whose arrival is uncertain."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.delivery_states import DeliveryState
from campaign.models import Campaign, OutboxRow
from campaign.plan import form_kind, timetable_of
from campaign.queries import board


def overview(session: Session, campaign: Campaign) -> dict[str, Any]:
    """The JSON document of `campaign status --json`."""
    timetable = timetable_of(campaign)
    state = board(session, campaign)
    return {
        "campaign": campaign.code,
        "stage": str(campaign.stage),
        "regulation": {"id": campaign.regulation_id, "sha256": campaign.regulation_sha256},
        "issue_at": timetable.issue_at.isoformat(),
        "last_day": timetable.due.last_day.isoformat(),
        "publish_before": timetable.publish_before.isoformat(),
        "units": [
            {
                "unit": each.unit.code,
                "forms": str(form_kind(each.unit)),
                "state": str(each.state),
                "url": each.url,
                "acknowledged_on": each.unit.acknowledged_on.isoformat() if each.unit.acknowledged_on else None,
                "last_day": each.last_day.isoformat(),
                "filled": each.filled,
                "of": each.of,
                "problems": len(each.problems),
                "receipt": each.submission.receipt if each.submission else None,
                "unconfirmed": each.unconfirmed.receipt if each.unconfirmed else None,
                "reopened_until": each.reopening.until.isoformat() if each.reopening else None,
                "locked": each.is_locked,
                "late": each.late.receipt if each.late else None,
                "trouble": each.trouble,
            }
            for each in state.units
        ],
        "uncertain": [
            {
                "to": row.address.person.name,
                "kind": row.kind,
                "key": row.key,
                "at": row.claimed_at.isoformat() if row.claimed_at else None,
            }
            for row in session.scalars(
                select(OutboxRow)
                .where(OutboxRow.campaign_id == campaign.id, OutboxRow.state == DeliveryState.UNCERTAIN)
                .order_by(OutboxRow.id)
            )
        ],
    }

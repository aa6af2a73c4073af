"""The plan catalogue, written by migrations only."""

from database import Database
from shared.models.billing import Plan

_LIST = """
    SELECT id, name, description, features, (
        SELECT jsonb_agg(jsonb_build_object('interval', interval, 'currency', currency, 'amount_minor', amount_minor)
            ORDER BY currency, interval)
        FROM plan_prices WHERE plan_id = plans.id
    ) AS prices
    FROM plans ORDER BY position
"""


async def list_plans(db: Database) -> list[Plan]:
    """Cheapest first; prices are per seat, in minor units."""
    return [Plan.model_validate(dict(row)) for row in await db.fetch_all(_LIST)]

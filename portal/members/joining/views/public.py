"""What everybody may read before they ask for anything: kinds, prices, promises."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from portal.members.joining import queries, rules
from portal.members.queries import today
from portal.members.views.blueprint import bp
from portal.models import SizeClass
from portal.web.access import arrived, everyone


@bp.get("/join")
@everyone
def join() -> ResponseReturnValue:
    """Show the kinds of membership side by side: what each brings, and what it costs whom."""
    day = today(now=arrived())
    size = size_asked_for(request.args.get("size", ""))
    found = queries.offers(today=day)
    ids = [tier.id for tier in found.tiers]
    return render_template(
        "members/joining/join.html",
        promise=queries.promise(),
        tiers=found.tiers,
        benefits=found.benefits,
        prices={id: told(found.prices.get(id, ()), size, day=day) for id in ids},
        size=size,
        sizes=list(SizeClass),
    )


def size_asked_for(typed: str) -> SizeClass | None:
    """Read a size; what is none of ours narrows nothing."""
    return SizeClass.of(typed) if typed in set(SizeClass) else None


def told(prices: Any, size: SizeClass | None, *, day: Any) -> dict[str, Any]:
    """Return what to say of the prices of a kind: those in force for a size, and what comes."""
    now = [row for row in prices if rules.in_force(row, today=day)]
    coming = [row for row in prices if row.from_on > day]
    if size is None:
        order = {row.band: row for row in now}
        return {"now": in_order(order), "coming": in_order({row.band: row for row in coming})}
    price = rules.price_for(prices, size, today=day)
    first = min((row.from_on for row in coming), default=None)
    later = first and rules.price_for(prices, size, today=first)
    changes = later is not None and later is not price
    return {"now": [price] if price else [], "coming": [later] if changes else []}


def in_order(by_band: dict[Any, Any]) -> list[Any]:
    """Return prices from the smallest size to the largest, that of any size last."""
    bands = [*SizeClass, "any"]
    return [by_band[band] for band in bands if band in by_band]

"""Ask the engine which cards go together, and keep its answer."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import cast

from django.db import transaction
from django.db.models import QuerySet

from maillage.engine import Candidate, Item, rank
from maillage.engine.items import Side
from maillage.matching.models import Proposal
from maillage.resources.models import Resource
from maillage.resources.places import SITE_LATITUDE, SITE_LONGITUDE

Progress = Callable[[int, int], None]
#: Rows written at once; each holds about ten values.
BATCH = 500


def propose_for(
    *,
    resources: QuerySet[Resource],
    against: QuerySet[Resource] | None = None,
    at: datetime,
    top: int = 5,
    progress: Progress | None = None,
) -> int:
    """
    Propose partners for available cards, among themselves and ``against`` others; return how many pairs are proposed.

    Each of ``resources`` chooses its ``top`` best partners. A pair proposed before keeps its verdict and takes the new
    score and reasons; a pair that nobody has screened and that the engine no longer proposes goes away. Two queries
    read the cards; ``progress`` is told how many are done, out of how many.
    """
    chosen = {item.key: item for item in _items(resources)}
    others = {item.key: item for item in _items(against)} if against is not None else {}
    candidates = rank((others | chosen).values(), top=top, focus=chosen.keys(), progress=progress)
    with transaction.atomic():
        _keep(candidates, at)
        _forget_stale(resources, chosen.keys() | others.keys(), candidates)
    return len(candidates)


def _items(resources: QuerySet[Resource]) -> Iterator[Item]:
    """Read cards as the engine sees them; a site without coordinates stands at the centre of its commune."""
    rows = (
        resources.available()  # type: ignore[attr-defined]
        .order_by()
        .annotate(at_latitude=SITE_LATITUDE, at_longitude=SITE_LONGITUDE)
        .values_list(
            "pk",
            "site__company_id",
            "direction",
            "text",
            "category",
            "synergy_type",
            "quantity",
            "unit",
            "period",
            "at_latitude",
            "at_longitude",
            "site__company__activity__label_fr",
            "waste_code_id",
        )
    )
    for pk, company, side, text, category, kind, quantity, unit, period, latitude, longitude, activity, code in rows:
        yield Item(
            key=str(pk),
            company=str(company),
            side=cast(Side, side),
            text=text,
            category=category,
            synergy_type=kind,
            quantity=None if quantity is None else float(quantity),
            unit=unit,
            period=period,
            latitude=latitude,
            longitude=longitude,
            activity=activity or "",
            waste_code=code or "",
        )


def _keep(candidates: Iterable[Candidate], at: datetime) -> None:
    Proposal.objects.bulk_create(
        (
            Proposal(
                left_id=candidate.left,
                right_id=candidate.right,
                score=candidate.score,
                synergy_type=candidate.synergy_type,
                distance_km=candidate.distance_km,
                reasons=[
                    {"criterion": reason.criterion, "points": round(reason.points, 3), "values": dict(reason.values)}
                    for reason in candidate.reasons
                ],
                created_at=at,
            )
            for candidate in candidates
        ),
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["left", "right"],
        update_fields=["score", "synergy_type", "distance_km", "reasons"],
    )


def _forget_stale(resources: QuerySet[Resource], looked_at: set[str], candidates: Iterable[Candidate]) -> None:
    """Drop what nobody screened and the engine no longer says, among the pairs it has just looked at."""
    fresh = {(candidate.left, candidate.right) for candidate in candidates}
    pairs = Proposal.objects.unscreened().of(resources).values_list("pk", "left_id", "right_id")
    stale = [
        pk for pk, left, right in pairs if (str(left), str(right)) not in fresh and {str(left), str(right)} <= looked_at
    ]
    for start in range(0, len(stale), BATCH):
        Proposal.objects.filter(pk__in=stale[start : start + BATCH]).delete()

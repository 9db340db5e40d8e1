"""What ends with an account and is of nobody’s use after it."""

from typing import Any

from portal.members.privacy.holdings.reasons import ENDS
from portal.platform.personal import Fate, Holding, by


def going(key: str, label: str, model: Any, *told: Any) -> Holding:
    """Return what is kept by somebody’s key alone, told in a copy, and goes with the account."""
    return Holding(
        key=key,
        label=label,
        model=model,
        keys=(model.person_id,),
        mine=by(model.person_id),
        told=told,
        fate=Fate.DELETED,
        because=ENDS,
    )

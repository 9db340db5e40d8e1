"""What is kept no longer: by which rule, after how long, why; counted first, then cleared."""

from portal.members.privacy.clearing.rule import Rule, clear_batch, count
from portal.members.privacy.clearing.rules import BY_KEY, NIGHTLY, RULES

__all__ = ["BY_KEY", "NIGHTLY", "RULES", "Rule", "clear_batch", "count"]

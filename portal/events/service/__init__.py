"""What staff do with events, their tickets and their quotas. Places have deeds of their own."""

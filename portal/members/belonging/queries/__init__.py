"""What the pages about membership over the years find."""

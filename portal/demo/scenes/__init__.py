"""What happened, told as scenes: each module adds a part of the content."""

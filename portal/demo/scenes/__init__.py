"""What happened, told as scenes: each module reads its part of the content and adds to the story."""

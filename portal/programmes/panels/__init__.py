"""What the programmes show on the pages of others."""

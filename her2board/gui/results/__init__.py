"""What the case reads as: findings, options, gaps and the page."""

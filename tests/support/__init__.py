"""What tests share: cases, strategies, readers of pages, drivers of the screen."""

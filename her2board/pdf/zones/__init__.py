"""How each zone of the page is drawn: a module for each drawing, and a table of which zone has which."""

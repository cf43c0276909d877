"""The zones of the page, a module each: what a zone holds, how it is composed and shortened, and its outline."""

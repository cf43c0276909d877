"""What is wrong with a pack, in words for whoever holds the stick."""


class PackError(Exception):
    """A pack, a folder of keys or an installed release that cannot be used; the words say why and what to do."""

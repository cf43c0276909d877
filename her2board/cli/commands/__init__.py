"""The commands: one module each, named as the command is typed, with ``add_parser`` and a ``run`` that it sets."""

"""The screen: shows a case and its assessment, changes the case through one document."""

from her2board.gui.base.singletons import keep_singletons

keep_singletons()

"""The screen: shows a case and its assessment, changes the case through one document."""

import PySide6

from her2board import workarounds

workarounds.keep_singletons(PySide6.__version__)
workarounds.import_directly(PySide6.__version__)
workarounds.take_short_turns()

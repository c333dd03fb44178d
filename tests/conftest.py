from tests.support.browser import axe, browser_context_args, browser_type_launch_args, look

__all__ = ["axe", "browser_context_args", "browser_type_launch_args", "look"]

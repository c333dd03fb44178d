from whitenoise.storage import CompressedManifestStaticFilesStorage


class Collected(CompressedManifestStaticFilesStorage):
    """Static files named by their content; modules import each other by those names, too."""

    support_js_module_import_aggregation = True

"""Static files with a hash in their name, the imports between ES modules included."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage; `import "./x.js";` is rewritten to the hashed name, so a new release is never mixed."""

    support_js_module_import_aggregation = True

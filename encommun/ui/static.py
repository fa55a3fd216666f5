"""Static files with hashed names, compressed ahead of time."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStorage(CompressedManifestStaticFilesStorage):
    """Names hold the hash of the content; imports between JavaScript modules are rewritten too."""

    support_js_module_import_aggregation = True
    keep_only_hashed_files = False
    # A missing name must stop a page in tests, not show a broken one.
    manifest_strict = True

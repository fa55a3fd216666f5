"""What can be asked of the programme."""

from encommun.programme.queries.published import latest_version, sessions_of_axis, version_of, versions_of

__all__ = ["latest_version", "sessions_of_axis", "version_of", "versions_of"]

"""The open call: formats, drafts, proposals, authors, revisions, choosing."""

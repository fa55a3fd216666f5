"""The API's own pages: its description, for programs and for people."""

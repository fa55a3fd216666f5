"""Feeds and files made from what is public: schedule XML and JSON, iCalendar, JSON-LD. Read only."""

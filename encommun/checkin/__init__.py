"""Tickets (signed codes), the door, scans."""

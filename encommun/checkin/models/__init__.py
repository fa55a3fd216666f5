"""Tickets and the door."""

from encommun.checkin.models.ticket import Door, Scan, SigningKey, Ticket

__all__ = ["Door", "Scan", "SigningKey", "Ticket"]

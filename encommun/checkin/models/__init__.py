"""Tickets and the door."""

from encommun.checkin.models.ticket import Scan, SigningKey, Ticket

__all__ = ["Scan", "SigningKey", "Ticket"]

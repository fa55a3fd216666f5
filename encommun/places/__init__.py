"""Venues and rooms: address, access, equipment."""

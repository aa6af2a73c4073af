"""Pending mails: they wait for the end of quiet hours or for the daily digest."""

"""Mails that wait for the end of somebody's quiet hours or for the daily summary."""

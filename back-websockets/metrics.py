"""Metrics of the connections."""

from prometheus_client import Counter, Gauge

CONNECTIONS = Gauge("websocket_connections", "Open connections of logged-in users, by kind.", ["kind"])
USERS = Gauge("websocket_users", "Users with an open connection.")
SHARDS = Gauge("websocket_shards_subscribed", "Shards of users that this process listens to.")
HALF_OPEN = Gauge("websocket_half_open", "Connections that have not sent a whole request yet.")
CUT_OFF = Counter("websocket_half_open_cut_off_total", "Half-open connections that were cut off.", ["reason"])
DELIVERED = Counter("websocket_messages_delivered_total", "Live messages written to connections.")
DROPPED = Counter("websocket_messages_dropped_total", "Messages that there was no room for; the connection is closed.")
CLOSED = Counter("websocket_closed_total", "Connections that ended.", ["reason"])
RESUMED = Counter("websocket_resumed_total", "Look-ups of missed notifications.", ["outcome"])

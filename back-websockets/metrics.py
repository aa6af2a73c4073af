"""What an operator sees of the sockets."""

from prometheus_client import Counter, Gauge

CONNECTIONS = Gauge("websocket_connections", "Open sockets.")
USERS = Gauge("websocket_users", "Users with an open socket.")
SHARDS = Gauge("websocket_shards_subscribed", "Shards of users with an open socket.")
SENT = Counter("websocket_messages_sent_total", "Messages written to sockets.")
DROPPED = Counter("websocket_messages_dropped_total", "Messages that a full queue did not take; its socket is closed.")
CLOSED = Counter("websocket_closed_total", "Sockets that ended.", ["reason"])
RESUMED = Counter("websocket_resumed_total", "Look-ups of missed notifications.", ["outcome"])

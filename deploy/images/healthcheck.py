#!/usr/local/bin/python3 -IS
"""`healthcheck URL`: 0 when a GET is answered with 2xx or 3xx. A raw socket, since it runs every few seconds."""

import socket
import sys


def main(url: str) -> int:
    place, _, path = url.removeprefix("http://").partition("/")
    host, _, port = place.partition(":")
    try:
        with socket.create_connection((host, int(port or 80)), 3) as connection:
            request = f"GET /{path} HTTP/1.1\r\nHost: {place}\r\nConnection: close\r\n\r\n"
            connection.sendall(request.encode())
            status = connection.recv(64).split()
    except OSError:
        return 1
    return 0 if len(status) > 1 and status[1][:1] in {b"2", b"3"} else 1


sys.exit(main(sys.argv[1]))

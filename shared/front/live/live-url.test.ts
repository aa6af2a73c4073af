// @vitest-environment node
import { expect, test } from "vitest";
import { liveUrl } from "./live-url.server.ts";

const THROUGH_THE_GATEWAY = { "x-forwarded-proto": "http" };

test.each(["http://localhost:8000/app", "http://127.0.0.1:8000/app", "http://[::1]:8000/app", "http://machine:9/app"])(
  "through the gateway %s is live at its own address",
  (url) => expect(liveUrl(new Request(url, { headers: THROUGH_THE_GATEWAY }))).toBe("/ws/notifications"),
);

test.each(["localhost", "127.0.0.1", "[::1]", "machine"])(
  "a front's own port at %s uses the gateway by that name",
  (name) => expect(liveUrl(new Request(`http://${name}:4101/app`))).toBe(`http://${name}:8000/ws/notifications`),
);

/** What the bell and the list of notifications need of back-api. */
import { expect } from "vitest";
import { consumer, exampleOf, refusal } from "../../../../tests/pacts/consumer.ts";
import { id, integer, kind, moment, page, text } from "../../../../tests/pacts/shapes.ts";
import * as notifications from "./notifications.server.ts";

const needs = consumer("front-public", "back-api");
const ID = exampleOf("notification_id");
const notification = { id, kind, title: text("Welcome"), body: text("Hello"), link: text("/app"), created_at: moment };

needs("a page of notifications", {
  given: "a person with two notifications",
  ask: "GET /api/notifications",
  query: { limit: "1" },
  answer: { status: 200, body: page(notification) },
  by: (session) => notifications.listNotifications(session, { limit: 1 }),
});

needs("how many are unread", {
  given: "a person with a notification",
  ask: "GET /api/notifications/unread-count",
  answer: { status: 200, body: { count: integer(1) } },
  by: notifications.unreadCount,
  gives: async (result) => expect(await result).toBe(1),
});

needs("marking a notification as read", {
  given: "a person with a notification",
  ask: "POST /api/notifications/{notification_id}/read",
  answer: { status: 204 },
  by: (session) => notifications.markRead(session, ID),
});

needs("marking a notification that is not there", {
  given: "a person",
  ask: "POST /api/notifications/{notification_id}/read",
  answer: refusal(404),
  by: (session) => notifications.markRead(session, ID),
});

needs("marking a notification as unread", {
  given: "a person with a notification",
  ask: "POST /api/notifications/{notification_id}/unread",
  answer: { status: 204 },
  by: (session) => notifications.markUnread(session, ID),
});

needs("marking a notification as unread that is not there", {
  given: "a person",
  ask: "POST /api/notifications/{notification_id}/unread",
  answer: refusal(404),
  by: (session) => notifications.markUnread(session, ID),
});

needs("marking all as read", {
  given: "a person with a notification",
  ask: "POST /api/notifications/read-all",
  answer: { status: 204 },
  by: notifications.markAllRead,
});

needs("the unread notifications of one kind", {
  given: "a person",
  ask: "GET /api/notifications",
  query: { limit: "20", kind: "invoice", unread: "true" },
  answer: { status: 200, body: { items: [] } },
  by: (session) => notifications.listNotifications(session, { limit: 20, kind: "invoice", unread: true }),
});

needs("deleting a notification", {
  given: "a person with a notification",
  ask: "DELETE /api/notifications/{notification_id}",
  answer: { status: 204 },
  by: (session) => notifications.deleteNotification(session, ID),
});

needs("deleting a notification that is not there", {
  given: "a person",
  ask: "DELETE /api/notifications/{notification_id}",
  answer: refusal(404),
  by: (session) => notifications.deleteNotification(session, ID),
});

/** What the billing runs need of back-api. */
import { consumer, exampleOf, refusal } from "../../../../tests/pacts/consumer.ts";
import { boolean, id, integer, like, moment, oneOf, page, text } from "../../../../tests/pacts/shapes.ts";
import { listInvoices, listRuns, readInvoice, readRun, readTask, startRun } from "./billing.server.ts";

const needs = consumer("front-admin", "back-api");
const period = exampleOf("period");
const task_id = exampleOf("task_id");
const state = oneOf("pending", "running", "succeeded", "failed");
const run = {
  id,
  task_id: id,
  period: text("2026-11"),
  dry_run: boolean(false),
  state,
  due: integer(0),
  processed: integer(0),
  invoices: integer(0),
  total_minor: like({}),
  created_at: moment,
};

needs("a page of billing runs", {
  given: "an administrator, and two billing runs",
  ask: "GET /api/billing/runs",
  query: { limit: "1" },
  answer: { status: 200, body: page(run) },
  by: (session) => listRuns(session, { limit: 1 }),
});

needs("one billing run", {
  given: "an administrator, and a billing run",
  ask: "GET /api/billing/runs/{run_id}",
  answer: { status: 200, body: run },
  by: (session) => readRun(session, exampleOf("run_id")),
});

needs("billing runs, without the permission", {
  given: "a person",
  ask: "GET /api/billing/runs",
  query: { limit: "1" },
  answer: refusal(403),
  by: (session) => listRuns(session, { limit: 1 }),
});

const invoice = {
  id,
  number: text("2026-000001"),
  user_id: id,
  run_id: id,
  period: text("2026-11"),
  currency: oneOf("EUR", "USD"),
  amount_minor: integer(1_200),
  state: oneOf("issued", "paid", "failed"),
  lines: like([]),
  issued_at: moment,
  email: text("ann@example.com"),
};
const user_id = exampleOf("user_id");

needs("somebody's invoices", {
  given: "an administrator who looks at a person with an invoice",
  ask: "GET /api/billing/invoices",
  query: { user_id: "{user_id}", limit: "1", count: "true" },
  answer: { status: 200, body: { items: like([]), total: integer(0), more: boolean(false) } },
  by: (session) => listInvoices(session, { user_id, limit: 1, count: "true" }),
});

needs("somebody's invoice", {
  given: "an administrator who looks at a person with an invoice",
  ask: "GET /api/billing/invoices/{invoice_id}",
  answer: { status: 200, body: invoice },
  by: (session) => readInvoice(session, exampleOf("invoice_id")),
});

needs("invoices, without the permission", {
  given: "a person",
  ask: "GET /api/billing/invoices",
  query: { limit: "1" },
  answer: refusal(403),
  by: (session) => listInvoices(session, { limit: 1 }),
});

needs("starting a billing run", {
  given: "an administrator, and a month that nobody bills",
  ask: "POST /api/billing/runs",
  json: { period: "{period}", dry_run: false },
  answer: { status: 202, body: { id, task_id: id, period: text("2026-11"), state } },
  by: (session) => startRun(session, period, false),
});

needs("starting a second billing run", {
  given: "an administrator, and a billing run",
  ask: "POST /api/billing/runs",
  json: { period: "{period}", dry_run: false },
  answer: refusal(409),
  by: (session) => startRun(session, period, false),
});

needs("starting a billing run of the future", {
  given: "an administrator",
  ask: "POST /api/billing/runs",
  json: { period: "2099-12", dry_run: false },
  answer: refusal(422, { errors: [{ field: "period", message: text("In the future") }] }),
  by: (session) => startRun(session, "2099-12", false),
});

needs("a task", {
  given: "an administrator, and a billing run",
  ask: "GET /api/tasks/{task_id}",
  answer: { status: 200, body: { id, state, progress: like(0.5), updated_at: moment } },
  by: (session) => readTask(session, task_id),
});

needs("a task that is not there", {
  given: "an administrator",
  ask: "GET /api/tasks/{task_id}",
  answer: refusal(404),
  by: (session) => readTask(session, task_id),
});

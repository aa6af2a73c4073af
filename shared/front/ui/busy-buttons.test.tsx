/** Buttons and the line at the top while a form or the next page is on its way. */
import { act } from "react";
import { createRoot } from "react-dom/client";
import { renderToStaticMarkup } from "react-dom/server";
import { beforeEach, expect, test, vi } from "vitest";
import { useWaitingRequests } from "../offline/waiting-requests.ts";
import { Button, buttonClass, SubmitButton } from "./button.tsx";
import { PendingBar } from "./pending-bar.tsx";

vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
const navigation = vi.hoisted(() => ({ state: "idle", formData: undefined as FormData | undefined }));
vi.mock("react-router", async (original) => ({
  ...(await original<typeof import("react-router")>()),
  useNavigation: () => navigation,
}));

function submitting(intent?: string) {
  navigation.state = "submitting";
  navigation.formData = new FormData();
  if (intent) navigation.formData.set("intent", intent);
}
function shown(intent?: string): string {
  const host = document.createElement("div");
  const root = createRoot(host);
  act(() => root.render(<SubmitButton intent={intent}>Save</SubmitButton>));
  const { innerHTML } = host;
  act(() => root.unmount());
  return innerHTML;
}

beforeEach(() => {
  navigation.state = "idle";
  navigation.formData = undefined;
  useWaitingRequests.setState({ unsent: 0 });
});

test("the line shows while a page is on its way", () => {
  expect(renderToStaticMarkup(<PendingBar />)).toContain("hidden");
  navigation.state = "loading";
  expect(renderToStaticMarkup(<PendingBar />)).not.toContain("hidden");
});

test("a button says that its own form is on the way", () => {
  expect(shown()).toContain("Save");
  submitting();
  expect(shown()).toContain("One moment");
  expect(shown()).toContain('aria-disabled="true"');
});

test("of several buttons the one that was pressed is busy", () => {
  submitting("delete");
  expect(shown("delete")).toContain("One moment");
  expect(shown("save")).toContain("Save");
  expect(shown()).toContain("Save");
});

test("another page on its way makes no button busy", () => {
  navigation.state = "loading";
  expect(shown()).toContain("Save");
});

test("a form that waits for the network can be sent again", () => {
  submitting();
  useWaitingRequests.setState({ unsent: 1 });
  expect(shown()).toContain("Save");
});

test("a button looks as its variant says, and more", () => {
  expect(buttonClass()).toContain("bg-accent");
  expect(buttonClass("danger", "w-full")).toMatch(/border-bad.* w-full$/);
  expect(buttonClass("danger")).not.toContain("undefined");
  expect(renderToStaticMarkup(<Button>Go</Button>)).toContain('type="button"');
});

/** Fields of forms: what belongs together, and what the browser's own checks say. */
import { act, type ReactElement } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ProblemContext, SelectField, TextArea, TextField } from "./field.tsx";

let root: Root;
let host: HTMLElement;

beforeEach(() => {
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
  host = document.createElement("div");
  document.body.append(host);
  root = createRoot(host);
});
afterEach(() => {
  act(() => root.unmount());
  host.remove();
});

const render = (element: ReactElement) => act(() => root.render(element));
const show = (errors: string[]) => render(<TextField label="Name" name="name" hint="Yours" errors={errors} />);
const input = () => host.querySelector("input, textarea, select") as HTMLInputElement;
const message = () => host.querySelector(".field-error")?.textContent;
const messages = () =>
  (input().getAttribute("aria-describedby") ?? "").split(" ").map((id) => document.getElementById(id)?.textContent);

/** The browser finds the field wrong for that reason. */
async function refuse(reason: Partial<ValidityState>, control = input()): Promise<Event> {
  Object.defineProperty(control, "validity", { value: reason, configurable: true });
  const event = new Event("invalid", { cancelable: true });
  await act(async () => {
    control.dispatchEvent(event);
    await vi.dynamicImportSettled();
  });
  return event;
}

test("label, hint and the server's message belong to the field", () => {
  show(["Please enter a name.", "Or a nickname."]);
  expect(host.querySelector("label")?.htmlFor).toBe(input().id);
  expect(input().id).toMatch(/^name-\w+$/);
  expect(input().name).toBe("name");
  expect(input().getAttribute("aria-invalid")).toBe("true");
  expect(messages()).toEqual(["Yours", "Please enter a name. Or a nickname."]);
});

test("a field that is fine says nothing", () => {
  render(<TextField label="Name" name="name" />);
  expect(input().hasAttribute("aria-invalid")).toBe(false);
  expect(input().hasAttribute("aria-describedby")).toBe(false);
  expect(host.querySelectorAll("p, span")).toHaveLength(0);
});

test("a field may say that it is optional, and have a message without a hint", () => {
  render(<TextField label="Name" name="name" optional errors={["No."]} />);
  expect(host.querySelector("label")?.textContent).toBe("Name (optional)");
  expect(messages()).toEqual(["No."]);
});

test("texts and lists are fields too", () => {
  render(<TextArea label="About" name="about" errors={["Too long."]} className="h-40" maxLength={9} />);
  expect(host.querySelector("textarea")?.className).toBe("control h-40");
  expect(host.querySelector("textarea")?.maxLength).toBe(9);
  expect(messages()).toEqual(["Too long."]);
  render(<SelectField label="Plan" name="plan" options={[{ value: "a", label: "A" }]} hint="One" />);
  expect(host.querySelector("select")?.name).toBe("plan");
  expect(messages()).toEqual(["One"]);
});

test("a message goes when the field is changed, and comes back when the server repeats it after another answer", () => {
  show(["Taken."]);
  act(() => void input().dispatchEvent(new Event("input", { bubbles: true })));
  expect(message()).toBeUndefined();
  show([]);
  show(["Taken."]);
  expect(message()).toBe("Taken.");
});

test("the same message comes back with a new problem of its form, and stays away without one", () => {
  const problem = { type: "urn:x", title: "Invalid", status: 422 };
  const form = (value: typeof problem) => (
    <ProblemContext value={value}>
      <TextField label="Name" name="name" errors={["Taken."]} />
    </ProblemContext>
  );
  render(form(problem));
  act(() => void input().dispatchEvent(new Event("input", { bubbles: true })));
  render(form(problem));
  expect(message()).toBeUndefined();
  render(form({ ...problem }));
  expect(message()).toBe("Taken.");
});

test("what the browser refuses is said at the field, instead of in a bubble", async () => {
  render(<TextField label="Password" name="password" type="password" minLength={12} />);
  expect((await refuse({ tooShort: true })).defaultPrevented).toBe(true);
  expect(message()).toBe("Password must have at least 12 characters.");
  await refuse({ valueMissing: true });
  expect(message()).toBe("Password is required.");
});

test("of several fields that are wrong the first has the focus", async () => {
  render(
    <form>
      <TextField label="One" name="one" required />
      <TextField label="Two" name="two" required />
    </form>,
  );
  const [one, two] = host.querySelectorAll("input") as unknown as [HTMLInputElement, HTMLInputElement];
  vi.spyOn(host.querySelector("form") as HTMLFormElement, "querySelector").mockReturnValue(one);
  await refuse({ valueMissing: true }, two);
  expect(document.activeElement).not.toBe(two);
  await refuse({ valueMissing: true }, one);
  expect(document.activeElement).toBe(one);
});

import { data } from "react-router";

/** To be thrown by an action whose page has no button that asks for `intent`: the answer is 400. */
export function unknownIntent(intent: FormDataEntryValue | null) {
  const detail = `This page has no button for “${String(intent ?? "")}”. Go back and try again.`;
  const problem = { type: "urn:tools-dashboard:problem:malformed", title: "Unknown action", status: 400, detail };
  return data(problem, { status: 400 });
}

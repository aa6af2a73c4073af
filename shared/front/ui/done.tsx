import { useLocation, useSearchParams } from "react-router";
import { Notice } from "./notice.tsx";

/** The success message of the form that led here: `?done=<key>`, so that it also works without JavaScript. */
export function Done({ messages }: { messages: Record<string, string> }) {
  const [params] = useSearchParams();
  const { key } = useLocation();
  const message = messages[params.get("done") ?? ""];
  return message ? <Notice key={key} tone="good" focus title={message} className="success-message mb-6" /> : null;
}

import { useState } from "react";
import { useLocation } from "react-router";

/**
 * What the action of this page answered to its last form. React Router forgets it as soon as the page's data is read again, after news
 * say; here it stays until somebody goes on.
 */
export function useAnswer<Answer>(actionData: Answer | undefined): Answer | undefined {
  const { key } = useLocation();
  const [kept, setKept] = useState({ key, answer: actionData });
  const isOld = actionData === undefined ? kept.key !== key : kept.answer !== actionData || kept.key !== key;
  if (!isOld) return kept.answer;
  setKept({ key, answer: actionData });
  return actionData;
}

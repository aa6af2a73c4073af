import { useFetchers } from "react-router";

/** What was just chosen and is on its way to the server: it shows at once. */
export function useChosen(name: "theme" | "rail"): string | undefined {
  const { formData } = useFetchers().find(({ formData }) => formData?.has(name) && formData.has(MARK)) ?? {};
  return formData?.get(name)?.toString();
}

/** Tells the form that sets up the shell from others with a field of the same name. */
export const MARK = "appearance";

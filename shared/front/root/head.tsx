import type { Theme } from "../api/types.ts";
import { useRoot } from "./data.ts";

/** What a page tells browsers and search engines beside its title. */
export function Head({ theme }: { theme: Theme }) {
  const { description, paper } = useRoot() ?? {};
  return (
    <>
      {description && <meta name="description" content={description} />}
      {(["light", "dark"] as const).map((scheme) => (
        <meta
          key={scheme}
          name="theme-color"
          media={`(prefers-color-scheme: ${scheme})`}
          content={paper?.[theme === "system" ? scheme : theme]}
        />
      ))}
    </>
  );
}

/** The calls of this front about feature flags. */
import type { FeatureFlag, FlagHistory, FlagReport } from "@dashboard/front/api/types.ts";
import type { UserSession } from "@dashboard/front/session/session.server.ts";
import type { FlagDraft } from "./draft.ts";

export function readReport(session: UserSession): Promise<FlagReport> {
  return session.api.get("/api/feature-flag-report");
}

export function readFlag(session: UserSession, name: string): Promise<FeatureFlag> {
  return session.api.get(pathOf(name));
}

/** Newest first. */
export function readHistory(
  session: UserSession,
  name: string,
  page: { limit: number; cursor: string | null },
): Promise<FlagHistory> {
  return session.api.get(`${pathOf(name)}/history`, page);
}

/** `version` is the one that the form was made from. */
export function changeFlag(
  session: UserSession,
  name: string,
  draft: FlagDraft,
  version: string,
): Promise<FeatureFlag> {
  return session.api.put(pathOf(name), { json: draft, version });
}

const pathOf = (name: string): string => `/api/feature-flags/${encodeURIComponent(name)}`;

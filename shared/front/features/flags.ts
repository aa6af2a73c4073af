/** The flag of each feature that is behind one. Generated from shared/contracts by `python -m tooling contracts schemas --write`: do not edit. */
export const FLAGS: Readonly<Record<string, { name: string; default: boolean }>> = {
  announcements: { name: "announcements", default: true },
  sessions: { name: "sessions", default: true },
};

/** Who is logged in, as the access token says it. Only for display and navigation: the services verify each call. */

export interface Identity {
  userId: string;
  sessionId: string;
  role: string;
  permissions: string[];
  /** Milliseconds since 1970. */
  expiresAt: number;
}

/** The claims of a JWT that we got from back-auth, or null when it is none. */
export function readIdentity(token: string | undefined): Identity | null {
  try {
    const payload = token?.split(".")[1] ?? "";
    const bytes = Uint8Array.from(atob(payload.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
    const claims = JSON.parse(new TextDecoder().decode(bytes));
    return {
      userId: String(claims.sub),
      sessionId: String(claims.sid),
      role: String(claims.role),
      permissions: Array.isArray(claims.permissions) ? claims.permissions.map(String) : [],
      expiresAt: Number(claims.exp) * 1_000,
    };
  } catch {
    return null;
  }
}

export const may = (identity: Identity | null, permission: string): boolean =>
  identity?.permissions.includes(permission) ?? false;

/** Who somebody is, and where they are logged in. */

export type Role = "user" | "support" | "billing-admin" | "admin";

export interface User {
  id: string;
  email: string;
  name?: string | null;
  role: Role;
  permissions: string[];
  status: "active" | "suspended";
  email_verified_at?: string | null;
  created_at: string;
}

export interface TokenPair {
  access_token: string;
  refresh_token: string;
  token_type: "Bearer";
  expires_in: number;
}

export interface TwoFactorChallenge {
  two_factor_required: true;
  challenge_token: string;
}

export interface Session {
  id: string;
  created_at: string;
  last_used_at: string;
  expires_at: string;
  user_agent: string;
  ip: string;
  current: boolean;
}

export interface LoginEvent {
  id: string;
  user_id: string;
  outcome: "succeeded" | "failed" | "locked";
  ip: string;
  user_agent: string;
  session_id?: string | null;
  occurred_at: string;
}

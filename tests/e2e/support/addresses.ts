/** Where the stack answers; `make` sets these for a clone with other ports. */
export const PUBLIC_URL = process.env.E2E_PUBLIC_URL ?? "http://localhost:8000";
export const ADMIN_URL = process.env.E2E_ADMIN_URL ?? "http://admin.localhost:8000";
export const FRONT_PUBLIC_URL = process.env.E2E_FRONT_PUBLIC_URL ?? "http://localhost:4101";
export const FRONT_ADMIN_URL = process.env.E2E_FRONT_ADMIN_URL ?? "http://localhost:4102";
export const MAIL_URL = process.env.E2E_MAIL_URL ?? "http://localhost:1080";
export const SECRETS = process.env.E2E_SECRETS ?? ".stack/secrets";
export const ACCOUNTS = process.env.E2E_ACCOUNTS ?? `${SECRETS}/back-auth/demo_accounts.json`;

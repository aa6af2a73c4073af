/** What a picture may be: a help for the user in the browser and a quick no on the server; back-api has the last word. */

export const AVATAR_TYPES = ["image/png", "image/jpeg", "image/webp", "image/gif"];
export const AVATAR_BYTES = 2 * 1024 * 1024;

/** Why this file will not do, or null. */
export function avatarComplaint(file: { size: number; type: string }): string | null {
  if (file.size === 0) return "Choose a picture.";
  if (!AVATAR_TYPES.includes(file.type)) return "Picture must be a PNG, JPEG, WebP or GIF.";
  if (file.size > AVATAR_BYTES) return "Picture must be 2 MB or smaller.";
  return null;
}

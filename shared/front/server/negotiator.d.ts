/** The part of the package that is used here; it brings no types. */
declare module "negotiator" {
  export default class Negotiator {
    constructor(request: { headers: Record<string, string | undefined> });
    /** The best of `available` that the client accepts (RFC 9110, section 12.5.3); `preferred` decides between equals. */
    encoding(available: string[], options?: { preferred?: string[] }): string | undefined;
  }
}

/** Proof Key for Code Exchange (RFC 7636), method S256. */

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');

/** A secret for one sign-in: 43 characters that a URL can carry. */
export const freshSecret = (): string => base64url(crypto.getRandomValues(new Uint8Array(32)));

/** What of the secret is told at the beginning: its SHA-256. */
export async function challengeOf(verifier: string): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))));
}

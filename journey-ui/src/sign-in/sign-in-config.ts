/** Where people of this deployment sign in: what `/config.json` says under `auth`. */
export interface SignInConfig {
  /** Issuer of the tokens, an https address. */
  readonly issuer: string;
  /** Host name of the sign-in pages, no scheme. */
  readonly host: string;
  readonly clientId: string;
}

const HOST = /^[a-z0-9.-]+(:\d+)?$/i;

/** Reads `/config.json`; undefined for anything that does not name all three, and then nobody signs in. */
export function signInConfig(answer: unknown): SignInConfig | undefined {
  const auth = (answer as { auth?: Record<string, unknown> } | null | undefined)?.auth;
  if (auth === null || typeof auth !== 'object') return undefined;
  const { issuer, host, clientId } = auth;
  if (typeof issuer !== 'string' || !issuer.startsWith('https://')) return undefined;
  if (typeof host !== 'string' || !HOST.test(host)) return undefined;
  if (typeof clientId !== 'string' || clientId === '') return undefined;
  return { issuer, host, clientId };
}

/** Asks the console's own address. A server that cannot be reached is told of by the calls that follow. */
export async function readSignInConfig(): Promise<SignInConfig | undefined> {
  try {
    const response = await fetch('/config.json', { headers: { accept: 'application/json' }, cache: 'no-store' });
    return response.ok ? signInConfig(await response.json()) : undefined;
  } catch {
    return undefined;
  }
}

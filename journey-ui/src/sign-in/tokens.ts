/** What a sign-in gave. Kept in sessionStorage: gone with the tab, never in a URL or a log. */
export interface Tokens {
  readonly id: string;
  readonly refresh?: string;
  /** Milliseconds since 1970, by the browser's clock: when they came, and when they end. */
  readonly since: number;
  readonly until: number;
}

export interface Person {
  readonly name: string;
  readonly groups: readonly string[];
}

/** A token this close to its end is renewed first, so that it does not end on its way. */
const EARLY_MS = 60_000;
/** A token this fresh that is refused anyway would be refused again: sending people round to sign in does not help. */
const FRESH_MS = 15_000;

/** What to do before a call: take the token as it is, renew it, or sign in. */
export function decide(tokens: Tokens | undefined, now: number): 'use' | 'refresh' | 'sign-in' {
  if (tokens === undefined) return 'sign-in';
  if (now < tokens.until - EARLY_MS) return 'use';
  return tokens.refresh === undefined ? 'sign-in' : 'refresh';
}

/** What to do after a 401: a token just given that is refused is for the page to tell, not for another sign-in. */
export function afterRefusal(tokens: Tokens | undefined, now: number): 'tell' | 'refresh' | 'sign-in' {
  if (tokens !== undefined && now - tokens.since < FRESH_MS) return 'tell';
  return tokens?.refresh === undefined ? 'sign-in' : 'refresh';
}

/**
 * Reads the answer of the token endpoint (RFC 6749 section 5.1). A renewal may leave the refresh token out: the old one
 * goes on. Undefined when there is no id token in it.
 */
export function tokensOf(answer: unknown, now: number, before?: Tokens): Tokens | undefined {
  const { id_token: id, refresh_token, expires_in } = (answer ?? {}) as Record<string, unknown>;
  if (typeof id !== 'string' || id === '') return undefined;
  const refresh = typeof refresh_token === 'string' ? refresh_token : before?.refresh;
  const seconds = typeof expires_in === 'number' && expires_in > 0 ? expires_in : 300;
  return { id, ...(refresh !== undefined && { refresh }), since: now, until: now + seconds * 1000 };
}

/** Kept tokens as they were written; undefined when they are not such. */
export function keptTokens(text: string | null): Tokens | undefined {
  try {
    const kept = JSON.parse(text ?? 'null') as Partial<Tokens> | null;
    return typeof kept?.id === 'string' && typeof kept.since === 'number' && typeof kept.until === 'number'
      ? (kept as Tokens)
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Who signed in, for showing. The token is not checked here: it came from the issuer over TLS, and what she may do is
 * decided by the API, which does check it.
 */
export function personOf(idToken: string): Person | undefined {
  try {
    const part = (idToken.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(part), (c) => c.charCodeAt(0));
    const claims = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
    const name = [claims['name'], claims['email'], claims['cognito:username'], claims['sub']].find(
      (claim) => typeof claim === 'string' && claim !== '',
    );
    const groups = claims['cognito:groups'];
    return typeof name === 'string' ? { name, groups: Array.isArray(groups) ? groups.map(String) : [] } : undefined;
  } catch {
    return undefined;
  }
}

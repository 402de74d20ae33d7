import { create } from 'zustand';
import { authorizeAddress, sentBack, signOutAddress, tokenAddress } from './addresses.ts';
import { challengeOf, freshSecret } from './pkce.ts';
import { readSignInConfig, type SignInConfig } from './sign-in-config.ts';
import { afterRefusal, decide, keptTokens, type Person, personOf, type Tokens, tokensOf } from './tokens.ts';

const TOKENS = 'pergola.tokens';
const GOING = 'pergola.sign-in';

interface Session {
  /** Undefined where nobody signs in (the local stack). */
  readonly config: SignInConfig | undefined;
  readonly person: Person | undefined;
  /** The sign-in ended while the page was open; it is not left without asking, for work may stand on it. */
  readonly ended: boolean;
  /** Why a sign-in did not come about. */
  readonly fault: string | undefined;
}

export const useSession = create<Session>(() => ({
  config: undefined,
  person: undefined,
  ended: false,
  fault: undefined,
}));

let tokens: Tokens | undefined;
let renewing: Promise<boolean> | undefined;

const back = (): string => `${location.origin}/`;

function keep(next: Tokens | undefined): void {
  tokens = next;
  if (next === undefined) sessionStorage.removeItem(TOKENS);
  else sessionStorage.setItem(TOKENS, JSON.stringify(next));
  useSession.setState({ person: next && personOf(next.id), ...(next !== undefined && { ended: false }) });
}

/** Asks the token endpoint; undefined when it refuses or cannot be reached. */
async function ask(config: SignInConfig, values: Record<string, string>): Promise<Tokens | undefined> {
  try {
    const response = await fetch(tokenAddress(config), {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ client_id: config.clientId, ...values }),
    });
    return response.ok ? tokensOf(await response.json(), Date.now(), tokens) : undefined;
  } catch {
    return undefined;
  }
}

/** Leaves for the sign-in pages; the address looked at is come back to. */
export async function signIn(): Promise<void> {
  const { config } = useSession.getState();
  if (config === undefined) return;
  const [verifier, state] = [freshSecret(), freshSecret()];
  const from = sentBack(location.search) ? '/' : location.pathname + location.search;
  sessionStorage.setItem(GOING, JSON.stringify({ verifier, state, from }));
  location.assign(authorizeAddress(config, { back: back(), state, challenge: await challengeOf(verifier) }));
}

/** Forgets the tokens here and the sign-in at the pool. */
export function signOut(): void {
  const { config } = useSession.getState();
  keep(undefined);
  if (config !== undefined) location.assign(signOutAddress(config, back()));
}

/** Changes a code for tokens. The state must be the one this tab set out with, so that nobody is signed in by a link. */
async function arrive(config: SignInConfig, sent: { code: string; state: string } | { fault: string }): Promise<void> {
  const going = JSON.parse(sessionStorage.getItem(GOING) ?? '{}') as Record<string, string | undefined>;
  sessionStorage.removeItem(GOING);
  // The code leaves the address bar and the history before anything else.
  const from = going['from'] ?? '/';
  history.replaceState(null, '', from.startsWith('/') && !from.startsWith('//') ? from : '/');
  if ('fault' in sent) return useSession.setState({ fault: sent.fault });
  const { verifier, state } = going;
  const found =
    verifier !== undefined && state === sent.state
      ? await ask(config, {
          grant_type: 'authorization_code',
          code: sent.code,
          redirect_uri: back(),
          code_verifier: verifier,
        })
      : undefined;
  if (found === undefined) return useSession.setState({ fault: '' });
  keep(found);
}

/** One renewal at a time, however many calls wait for it. */
function renew(): Promise<boolean> {
  const { config } = useSession.getState();
  const refresh = tokens?.refresh;
  if (config === undefined || refresh === undefined) return Promise.resolve(false);
  renewing ??= ask(config, { grant_type: 'refresh_token', refresh_token: refresh })
    .then((next) => {
      if (next !== undefined) keep(next);
      return next !== undefined;
    })
    .finally(() => {
      renewing = undefined;
    });
  return renewing;
}

/**
 * Before anything is drawn: is there a sign-in here, and is somebody signed in? False when the page is being left for
 * the sign-in pages. Where nobody signs in it only asks for `/config.json`.
 */
export async function startSession(): Promise<boolean> {
  const config = await readSignInConfig();
  if (config === undefined) return true;
  useSession.setState({ config });
  const sent = sentBack(location.search);
  if (sent !== undefined) {
    await arrive(config, sent);
    return true;
  }
  keep(keptTokens(sessionStorage.getItem(TOKENS)));
  const todo = decide(tokens, Date.now());
  if (todo === 'use' || (todo === 'refresh' && (await renew()))) return true;
  await signIn();
  return false;
}

/** The head that a call to the API carries; empty where nobody signs in. */
export async function authorization(): Promise<Record<string, string>> {
  if (useSession.getState().config === undefined) return {};
  if (decide(tokens, Date.now()) === 'refresh') await renew();
  return tokens === undefined ? {} : { authorization: `Bearer ${tokens.id}` };
}

/** After a 401: true when the call should be made once more, with a new token. */
export async function refused(): Promise<boolean> {
  if (useSession.getState().config === undefined) return false;
  const todo = afterRefusal(tokens, Date.now());
  if (todo === 'tell') return false;
  if (todo === 'refresh' && (await renew())) return true;
  useSession.setState({ ended: true });
  return false;
}

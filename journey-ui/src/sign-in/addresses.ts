import type { SignInConfig } from './sign-in-config.ts';

const SCOPES = 'openid email profile';

/** The page to sign in at. `back` is the console's origin with a slash, the only address the pool sends people back to. */
export const authorizeAddress = (
  { host, clientId }: SignInConfig,
  { back, state, challenge }: { back: string; state: string; challenge: string },
): string =>
  `https://${host}/oauth2/authorize?${new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: back,
    scope: SCOPES,
    state,
    code_challenge: challenge,
    code_challenge_method: 'S256',
  })}`;

export const tokenAddress = ({ host }: SignInConfig): string => `https://${host}/oauth2/token`;

export const signOutAddress = ({ host, clientId }: SignInConfig, back: string): string =>
  `https://${host}/logout?${new URLSearchParams({ client_id: clientId, logout_uri: back })}`;

/** What the sign-in pages send back with a person: a code, a fault, or nothing (then this is an ordinary visit). */
export function sentBack(search: string): { code: string; state: string } | { fault: string } | undefined {
  const values = new URLSearchParams(search);
  const state = values.get('state');
  const code = values.get('code');
  const fault = values.get('error');
  if (state === null) return undefined;
  if (fault !== null) return { fault: values.get('error_description') ?? fault };
  return code === null ? undefined : { code, state };
}

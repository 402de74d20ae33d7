import { describe, expect, it } from 'vitest';
import { authorizeAddress, sentBack, signOutAddress } from './addresses.ts';
import { challengeOf, freshSecret } from './pkce.ts';
import { signInConfig } from './sign-in-config.ts';
import { afterRefusal, decide, keptTokens, personOf, tokensOf } from './tokens.ts';

const config = {
  issuer: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abc',
  host: 'pergola-1.auth.eu-west-1.amazoncognito.com',
  clientId: 'client1',
};
const token = (claims: object): string =>
  ['{}', JSON.stringify(claims), 's'].map((part) => Buffer.from(part).toString('base64url')).join('.');

describe('where to sign in', () => {
  it('is said by config.json', () => {
    expect(signInConfig({ auth: config })).toEqual(config);
  });

  it('is nowhere when config.json is missing or something else, as on the local stack', () => {
    for (const answer of [undefined, null, '<!doctype html>', {}, { auth: null }, { auth: {} }, { auth: 'x' }, [1]]) {
      expect(signInConfig(answer)).toBeUndefined();
    }
    // A host that would lead elsewhere is no host.
    expect(signInConfig({ auth: { ...config, host: 'evil.example/path' } })).toBeUndefined();
    expect(signInConfig({ auth: { ...config, issuer: 'http://plain' } })).toBeUndefined();
    expect(signInConfig({ auth: { ...config, clientId: '' } })).toBeUndefined();
  });
});

describe('the proof that the code is ours', () => {
  it('is the SHA-256 of the secret (the example of RFC 7636, appendix B)', async () => {
    expect(await challengeOf('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBe(
      'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    );
  });

  it('is new every time and fits into a URL', () => {
    const secrets = Array.from({ length: 50 }, freshSecret);
    expect(new Set(secrets).size).toBe(50);
    for (const secret of secrets) expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  it('goes with the request', () => {
    const address = new URL(authorizeAddress(config, { back: 'https://c.example/', state: 'st', challenge: 'ch' }));
    expect(address.origin + address.pathname).toBe(`https://${config.host}/oauth2/authorize`);
    expect(Object.fromEntries(address.searchParams)).toEqual({
      response_type: 'code',
      client_id: 'client1',
      redirect_uri: 'https://c.example/',
      scope: 'openid email profile',
      state: 'st',
      code_challenge: 'ch',
      code_challenge_method: 'S256',
    });
    expect(signOutAddress(config, 'https://c.example/')).toBe(
      `https://${config.host}/logout?client_id=client1&logout_uri=https%3A%2F%2Fc.example%2F`,
    );
  });
});

describe('coming back', () => {
  it('brings a code, a fault, or is an ordinary visit', () => {
    expect(sentBack('?code=c1&state=s1')).toEqual({ code: 'c1', state: 's1' });
    expect(sentBack('?error=access_denied&error_description=Not%20you&state=s1')).toEqual({ fault: 'Not you' });
    expect(sentBack('?journey=j&status=failed')).toBeUndefined();
    expect(sentBack('')).toBeUndefined();
  });
});

describe('a token', () => {
  const now = 1_000_000;
  const tokens = { id: 'i', refresh: 'r', since: now, until: now + 3_600_000 };

  it('is used until shortly before its end, then renewed', () => {
    expect(decide(undefined, now)).toBe('sign-in');
    expect(decide(tokens, now)).toBe('use');
    expect(decide(tokens, tokens.until - 60_001)).toBe('use');
    expect(decide(tokens, tokens.until - 60_000)).toBe('refresh');
    expect(decide({ ...tokens, refresh: undefined }, tokens.until)).toBe('sign-in');
  });

  it('that is refused is renewed once, and never sends people round in circles', () => {
    expect(afterRefusal(tokens, now + 1000)).toBe('tell');
    expect(afterRefusal(tokens, now + 600_000)).toBe('refresh');
    expect(afterRefusal({ ...tokens, refresh: undefined }, now + 600_000)).toBe('sign-in');
    expect(afterRefusal(undefined, now)).toBe('sign-in');
  });

  it('is read from the answer; a renewal keeps the refresh token it had', () => {
    expect(tokensOf({ id_token: 'a', refresh_token: 'b', expires_in: 3600 }, now)).toEqual({
      id: 'a',
      refresh: 'b',
      since: now,
      until: now + 3_600_000,
    });
    expect(tokensOf({ id_token: 'a2', expires_in: 60 }, now, tokens)?.refresh).toBe('r');
    expect(tokensOf({ error: 'invalid_grant' }, now)).toBeUndefined();
    expect(tokensOf(undefined, now)).toBeUndefined();
  });

  it('is kept as text and read again, and nothing else is', () => {
    expect(keptTokens(JSON.stringify(tokens))).toEqual(tokens);
    for (const text of [null, '', '{', '{}', '1', '{"id":1}']) expect(keptTokens(text)).toBeUndefined();
  });

  it('says who signed in', () => {
    expect(personOf(token({ name: '林小满', email: 'a@b.c', 'cognito:groups': ['marketer'] }))).toEqual({
      name: '林小满',
      groups: ['marketer'],
    });
    expect(personOf(token({ email: 'a@b.c' }))).toEqual({ name: 'a@b.c', groups: [] });
    expect(personOf('nonsense')).toBeUndefined();
  });
});

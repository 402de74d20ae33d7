import { setTimeout as pause } from 'node:timers/promises';
import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { machineMs } from '../clock/index.ts';
import { batchGet, tableName, tables } from '../tables/index.ts';

/**
 * The access token of an app, kept once for all processes: WeCom blocks who asks for it too often, and a new one may end
 * the old one. One process at a time fetches it (a lock in the row, good for as long as a fetch may take); the others
 * wait for what it brings.
 */
export interface TokenStore {
  /** A token that is good by its own word. */
  current(): Promise<string>;
  /** WeCom refused `stale`: another one, fetched unless somebody has done so meanwhile. */
  renewed(stale: string): Promise<string>;
}

/** What `gettoken` answers. */
export interface Fetched {
  readonly token: string;
  /** Seconds. */
  readonly expiresIn: number;
}

/** A token that ends sooner is not begun with. */
const MARGIN_MS = 5 * 60_000;
const LOCK_MS = 15_000;
const LOOKS = 40;
const BETWEEN_LOOKS_MS = 250;

interface Kept {
  readonly token: string;
  readonly until: number;
}

/** @param fetchToken asks WeCom; its errors go to the caller */
export function tokenStore(app: string, fetchToken: () => Promise<Fetched>): TokenStore {
  const key = { pk: 'wecom', sk: `token#${app}` };
  let mine: Kept | undefined;
  let fetching: Promise<string> | undefined;

  const good = (kept: Kept | undefined, stale?: string): kept is Kept =>
    kept !== undefined && kept.token !== stale && kept.until > machineMs() + MARGIN_MS;

  async function stored(): Promise<Kept | undefined> {
    const row = (await batchGet({ profiles: [key] }))('profiles', key);
    const [token, until] = [row?.['token'], row?.['until']];
    return typeof token === 'string' && typeof until === 'number' ? { token, until } : undefined;
  }

  async function locked(): Promise<boolean> {
    try {
      await tables().send(
        new UpdateCommand({
          TableName: tableName('profiles'),
          Key: key,
          UpdateExpression: 'SET lockedUntil = :until',
          ConditionExpression: 'attribute_not_exists(lockedUntil) OR lockedUntil < :now',
          ExpressionAttributeValues: { ':until': machineMs() + LOCK_MS, ':now': machineMs() },
        }),
      );
      return true;
    } catch (error) {
      if ((error as Error).name === 'ConditionalCheckFailedException') return false;
      throw error;
    }
  }

  async function another(stale: string | undefined): Promise<string> {
    for (let look = 0; look < LOOKS; look++) {
      const kept = await stored();
      if (good(kept, stale)) {
        mine = kept;
        return kept.token;
      }
      if (await locked()) {
        // Another process may have brought one between the look and the lock.
        const brought = await stored();
        if (good(brought, stale)) {
          mine = brought;
          await unlock();
          return brought.token;
        }
        const { token, expiresIn } = await fetchToken().catch(async (error: unknown) => {
          await unlock();
          throw error;
        });
        mine = { token, until: machineMs() + expiresIn * 1000 };
        await tables().send(new PutCommand({ TableName: tableName('profiles'), Item: { ...key, ...mine } }));
        return token;
      }
      await pause(BETWEEN_LOOKS_MS);
    }
    throw new TokenNotFetched();
  }

  const unlock = () =>
    tables().send(
      new UpdateCommand({ TableName: tableName('profiles'), Key: key, UpdateExpression: 'REMOVE lockedUntil' }),
    );

  function single(stale?: string): Promise<string> {
    fetching ??= another(stale).finally(() => {
      fetching = undefined;
    });
    return fetching;
  }

  return {
    current: async () => (good(mine) ? mine.token : single()),
    renewed: async (stale) => (good(mine, stale) ? mine.token : single(stale)),
  };
}

class TokenNotFetched extends Error {
  readonly code = 'wecom-token-not-fetched';
  constructor() {
    super('Another process was to fetch the token of WeCom, and did not');
    this.name = 'TokenNotFetched';
  }
}

import { maskValue } from '../../shared/personal/index.ts';
import { type Loaded, loadStates } from '../ports/profiles/index.ts';
import { listCustomers } from '../ports/tags/index.ts';

/** At most so many pages of the directory are looked through for a name in one request. */
const MAX_PAGES = 20;
/** Before the cursor of a search that has gone on to names; no directory cursor begins so. */
const NAMES = 'name.';

/**
 * Customers whose id begins with `q` (also an id that was merged into theirs), then those whose name contains it. Ids are found by the directory's key. Names
 * have no list of their own, so the directory is looked through, a bounded piece per request: a page may be short of
 * `limit`, or empty, and still have a cursor to go on with.
 */
export async function searchCustomers(q: string, cursor: string | undefined, limit: number, personal: boolean) {
  const items: Loaded[] = [];
  const shown = listed(personal);
  let at: string | undefined;
  if (cursor?.startsWith(NAMES)) at = cursor.slice(NAMES.length) || undefined;
  else {
    const page = await listCustomers(q, cursor, limit);
    items.push(...(await knownByAny(page.items, q)));
    if (page.cursor !== undefined || q === '') return { items: items.map(shown), cursor: page.cursor };
  }
  for (let pages = 0; pages < MAX_PAGES && items.length < limit; pages++) {
    const page = await listCustomers('', at, limit - items.length);
    const others = page.items.filter((id) => !id.startsWith(q));
    items.push(...(await known(others)).filter((one) => isCalled(one, q)));
    if (page.cursor === undefined) return { items: items.map(shown) };
    at = page.cursor;
  }
  return { items: items.map(shown), cursor: NAMES + (at ?? '') };
}

/**
 * Those who are there: a list may be a moment behind, and the state has the last word. Ids that were merged into another
 * are left out: that customer is listed herself.
 */
export async function known(ids: readonly string[]): Promise<Loaded[]> {
  const states = await loadStates(ids);
  return ids.map((id) => states.get(id)!).filter((one, place) => one.version > 0 && one.customer === ids[place]);
}

/** As known(); and who had one of these ids before, unless she is found by the one that she has now. */
async function knownByAny(ids: readonly string[], q: string): Promise<Loaded[]> {
  const states = await loadStates(ids);
  const found = ids.filter((id) => states.get(id)!.customer === id || !states.get(id)!.customer.startsWith(q));
  const once = new Map(found.map((id) => [states.get(id)!.customer, states.get(id)!]));
  return [...once.values()].filter(({ version }) => version > 0);
}

/** By id or by name, upper and lower case alike in names. */
export const isCalled = (one: Loaded, q: string): boolean =>
  one.customer.startsWith(q) || (nameOf(one, true)?.toLowerCase().includes(q.toLowerCase()) ?? false);

/** A customer as lists show her; her name masked for who may not see personal data. */
export const listed = (personal: boolean) => (one: Loaded) => {
  const { id, stage, tags, lastSeenAt } = one.state;
  return { id, name: nameOf(one, personal), stage, tags: Object.keys(tags), lastSeenAt };
};

/** What she is called; masked for who may not see personal data. */
export function nameOf({ state }: Loaded, personal: boolean): string | undefined {
  const name = state.traits['name'];
  if (typeof name !== 'string' || name === '') return undefined;
  return personal ? name : String(maskValue('name', name));
}

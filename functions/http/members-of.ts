import { type Loaded, loadStates } from '../ports/profiles/index.ts';
import { listSegmentMembers, sampleOfCustomers } from '../ports/segments/index.ts';
import { hash32 } from '../ports/tables/index.ts';
import { listMembers } from '../ports/tags/index.ts';

/** Members of a segment, holders of a tag; neither: all customers. */
export type Who =
  | { readonly segment: string; readonly tag?: undefined }
  | { readonly tag: string; readonly segment?: undefined }
  | { readonly tag?: undefined; readonly segment?: undefined };

interface Members {
  readonly members: readonly Loaded[];
  /** How many there are, where all were found; more than `members` when these are a sample. */
  readonly total?: number;
}

const SIZES = {
  /** Up to so many everybody is looked at. */
  exact: 2000,
  /** Of more, so many are chosen as if by lot. */
  sample: 1000,
  /** Up to so many ids are read to choose from; beyond, so many customers are chosen first and asked whether they belong. */
  read: 20_000,
  census: 5000,
};

/**
 * Everybody, or a fair sample: the ids are put in the order of a hash, which has nothing to do with who they are. The
 * states have the last word on who belongs.
 */
export async function membersOf(who: Who, families: readonly string[], sizes = SIZES): Promise<Members> {
  const belongs = ({ state, version }: Loaded): boolean =>
    version > 0 && (who.segment !== undefined ? who.segment in state.segments : holds(state.tags, who.tag));
  if (who.segment === undefined && who.tag === undefined) {
    const { items, all } = await sampleOfCustomers(sizes.exact);
    const members = await found(items, belongs);
    return all ? { members, total: members.length } : { members };
  }
  const { ids, all } = await idsOf(who, families, sizes.read);
  if (!all) {
    return { members: await found((await sampleOfCustomers(sizes.census)).items, belongs) };
  }
  const exact = ids.length <= sizes.exact;
  const chosen = exact ? ids : ids.toSorted((a, b) => hash32(a) - hash32(b)).slice(0, sizes.sample);
  const members = await found(
    chosen.map((customer) => ({ customer })),
    belongs,
  );
  return { members, total: exact ? members.length : ids.length };
}

const holds = (tags: Readonly<Record<string, unknown>>, tag: string | undefined): boolean =>
  tag === undefined || Object.keys(tags).some((key) => key === tag || key.startsWith(`${tag}:`));

async function found(
  list: readonly { readonly customer: string }[],
  belongs: (one: Loaded) => boolean,
): Promise<Loaded[]> {
  const states = await loadStates(list.map(({ customer }) => customer));
  // Two ids of one customer are one.
  const once = new Map([...states.values()].map((one) => [one.customer, one]));
  return [...once.values()].filter(belongs);
}

async function idsOf(who: Who, families: readonly string[], most: number): Promise<{ ids: string[]; all: boolean }> {
  const ids = new Set<string>();
  let cursor: string | undefined;
  do {
    const page =
      who.segment !== undefined
        ? await listSegmentMembers(who.segment, cursor, Math.min(1000, most))
        : await listMembers(who.tag!, families, cursor, Math.min(1000, most));
    for (const id of page.items) ids.add(id);
    cursor = page.cursor;
  } while (cursor !== undefined && ids.size < most);
  return { ids: [...ids], all: cursor === undefined };
}

import { endsByExclusion, type Happening, setOffAny } from '../../../shared/journey/index.ts';
import { type DirectoryEntry, type JourneyVersion, journeyVersion, liveJourneys } from '../../ports/journeys/index.ts';

/** A journey as `enrol` needs it: where customers come in now, and every version that some may still be inside. */
export interface WatchedJourney {
  readonly entry: DirectoryEntry;
  readonly live: JourneyVersion;
  readonly liveArn: string;
  readonly versions: ReadonlyMap<number, JourneyVersion>;
}

export interface Watch {
  readonly journeys: ReadonlyMap<string, WatchedJourney>;
  /** False when no trigger of any journey can be set off by it: the cheap first look. */
  readonly cares: (happening: Happening) => boolean;
}

let last: { signature: string; watch: Watch } | undefined;

/** Reads the list of journeys (one call in half a second), and the versions that are new to this process. */
export async function watchJourneys(): Promise<Watch> {
  const entries = (await liveJourneys()).filter((entry) => entry.liveVersion !== undefined);
  const signature = JSON.stringify(
    entries.map(({ id, versions, liveVersion, paused }) => [id, versions, liveVersion, paused]),
  );
  if (last?.signature === signature) return last.watch;
  const journeys = new Map<string, WatchedJourney>();
  for (const entry of entries) {
    const loaded = await Promise.all(entry.versions.map(({ version }) => journeyVersion(entry.id, version)));
    const versions = new Map(loaded.flatMap((one) => (one === undefined ? [] : [[one.version, one] as const])));
    const live = versions.get(entry.liveVersion!);
    const liveArn = entry.versions.find(({ version }) => version === entry.liveVersion)?.arn;
    if (live === undefined || liveArn === undefined)
      throw new Error(`Journey ${entry.id}: its live version is not stored`);
    journeys.set(entry.id, { entry, live, liveArn, versions });
  }
  const watch = { journeys, cares: interest([...journeys.values()]) };
  last = { signature, watch };
  return watch;
}

function interest(journeys: readonly WatchedJourney[]): Watch['cares'] {
  const triggers = journeys.flatMap(({ live, versions }) => [
    ...live.map.entries.map(({ trigger }) => trigger),
    ...[...versions.values()].flatMap(({ document, graph }) => [
      ...document.goals.map(({ on }) => on),
      ...document.exits.map(({ on }) => on),
      ...graph.nodes.flatMap(({ kind, config }) => (kind.awaits?.(config) ?? []).map(({ on }) => on)),
    ]),
  ]);
  const exclusions = journeys.flatMap(({ versions }) =>
    [...versions.values()].map(({ document }) => document.entry.exclude),
  );
  const setsOff = setOffAny(triggers);
  return (happening) => exclusions.some((one) => endsByExclusion(one, happening)) || setsOff(happening);
}

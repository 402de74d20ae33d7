import { type Clock, clockOf } from '../../../shared/journey/index.ts';
import type { EntryCause } from '../../../shared/nodes/index.ts';
import type { Watch } from '../../events/enrol/watch.ts';
import { madeOf } from '../../ports/begins/index.ts';
import { environment } from '../../ports/environment.ts';

/** An entry of a live journey that begins by time. */
export interface EntryByTime {
  readonly journey: string;
  readonly node: string;
  readonly type: EntryCause['type'];
  readonly clock: Clock;
  readonly zone: string;
  /** Of its trigger and zone. */
  readonly made: string;
  readonly paused: boolean;
}

/** By journey and node. */
export type EntriesByTime = ReadonlyMap<string, EntryByTime>;

export const entryKey = ({ journey, node }: { readonly journey: string; readonly node: string }): string =>
  `${journey}#${node}`;

const known = new WeakMap<Watch, EntriesByTime>();

export function entriesByTime(watch: Watch): EntriesByTime {
  const found = known.get(watch) ?? read(watch);
  known.set(watch, found);
  return found;
}

function read(watch: Watch): EntriesByTime {
  const all = [...watch.journeys.values()].flatMap(({ entry, live }) =>
    live.map.entries.flatMap(({ node, trigger }): EntryByTime[] => {
      const clock = clockOf(trigger);
      const zone = live.document.zone ?? environment('TENANT_ZONE');
      return clock === undefined
        ? []
        : [
            {
              journey: entry.id,
              node,
              type: trigger.type,
              clock,
              zone,
              made: madeOf(trigger, zone),
              paused: entry.paused,
            },
          ];
    }),
  );
  return new Map(all.map((one) => [entryKey(one), one]));
}

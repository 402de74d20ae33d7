import { z } from 'zod';
import { checkedMs, durationWords } from '../../duration.ts';
import type { Words } from '../../words.ts';
import type { GapConfig } from '../condition.ts';
import { duration, eventField, exceptField, whereField } from '../fields.ts';
import { compileFilter, namesOf } from '../filter.ts';
import type { Finding } from '../finding.ts';
import { type Moment, momentForm } from '../moment.ts';
import { defineOperator, never, recall, type Sight } from '../operator.ts';
import { filterWords } from '../say.ts';
import { instantText } from '../zoned.ts';

/** The last one; and once there was such a gap, the two it lay between. */
interface Gapped {
  readonly last: Moment;
  readonly gap?: readonly [Moment, Moment];
}

/**
 * Did it again after so long a time without: from that moment on. Memory: the last one, and the first such gap. One that
 * comes later than the lateness window does not close a gap again.
 */
export const gap = defineOperator<GapConfig>({
  name: 'gap',
  label: { zh: '隔了很久又来', en: 'Came back after a gap' },
  help: { zh: '例如隔 30 天以上又下单', en: 'For example: ordered again after 30 days or more' },
  config: () =>
    z.strictObject({
      event: eventField,
      except: exceptField,
      where: whereField,
      for: duration.meta({ label: { zh: '至少隔多久', en: 'At least' }, widget: 'duration' }),
    }),
  needs: (config) => ({ names: namesOf(config) }),
  sentence: (config) => ({
    zh: `隔了 ${durationWords(config.for).zh}以上又有${filterWords(config).zh}`,
    en: `${filterWords(config).en} again after ${durationWords(config.for).en} or more`,
  }),
  negated: (config) => ({
    zh: `从未隔了 ${durationWords(config.for).zh}以上又有${filterWords(config).zh}`,
    en: `never ${filterWords(config).en} again after ${durationWords(config.for).en} or more`,
  }),
  lasts: () => true,
  over: (config, world) => {
    const forMs = checkedMs(config.for);
    const events = world.events.filter(compileFilter(config).matches).map(({ at, id }) => ({ t: at, id }));
    const after = events.findIndex((event, i) => i > 0 && event.t - (events[i - 1] as Moment).t >= forMs);
    return find(config, after < 0 ? undefined : [events[after - 1]!, events[after]!], world.zone);
  },
  compile: (config, build) => {
    const filter = compileFilter(config);
    const forMs = checkedMs(config.for);
    const leaf = build.leaf<Gapped>('gap', config, {
      listens: filter.listens,
      paths: filter.paths,
      counts: filter.fits,
      fold: (old, event) => {
        if (old?.gap !== undefined || !filter.fits(event)) return old;
        const last: Moment = { t: event.at, id: event.id };
        if (old === undefined || event.at < old.last.t) return old ?? { last };
        return event.at - old.last.t >= forMs ? { last, gap: [old.last, last] } : { last };
      },
      form: {
        pack: ({ last, gap: between }, pen) => [last, ...(between ?? [])].map((moment) => momentForm.pack(moment, pen)),
        unpack: (packed, book) => {
          const [last, from, to] = (packed as unknown[]).map((moment) => momentForm.unpack(moment, book));
          return { last: last as Moment, ...(from && to ? { gap: [from, to] as const } : {}) };
        },
      },
    });
    const read = (sight: Sight): Gapped['gap'] => recall(sight, leaf)?.gap;
    return {
      holds: (sight) => read(sight) !== undefined,
      next: never,
      find: (sight) => find(config, read(sight), build.zone),
    };
  },
});

function find(config: GapConfig, between: readonly [Moment, Moment] | undefined, zone: string): Finding {
  const what = filterWords(config);
  const span = durationWords(config.for);
  if (between === undefined) {
    const why: Words = {
      zh: `还没有隔 ${span.zh}以上又有${what.zh}`,
      en: `no ${what.en} again after ${span.en} or more so far`,
    };
    return { holds: false, evidence: [], why };
  }
  const [from, to] = between;
  const days = Math.floor((to.t - from.t) / 86_400_000);
  return {
    holds: true,
    evidence: [from.id, to.id],
    why: {
      zh: `${what.zh}在 ${instantText(from.t, zone)}，隔 ${days} 天后又在 ${instantText(to.t, zone)}`,
      en: `${what.en} at ${instantText(from.t, zone)}, and again ${days} ${days === 1 ? 'day' : 'days'} later, at ${instantText(to.t, zone)}`,
    },
  };
}

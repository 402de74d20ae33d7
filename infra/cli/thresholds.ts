import type { Ruleset } from '../../shared/tags/index.ts';
import { ruleSentence, wantedIn } from '../../shared/tags/index.ts';
import type { Command } from './command.ts';
import { TARGET_OPTIONS, TARGET_USAGE, targetOf } from './target.ts';

interface Refreshed {
  readonly done: boolean;
  readonly seen: number;
  readonly version?: number;
}

/** What a timer does once a day, now: goes over all customers and puts the thresholds found into the rules. */
export const thresholds: Command = {
  name: 'thresholds',
  summary: 'Find anew from which amounts on a customer is above so many percent of all',
  usage: ['thresholds                    for all rules that compare customers', TARGET_USAGE],
  options: TARGET_OPTIONS,
  async run({ values, port }) {
    const { api } = targetOf(values, port);
    let answer: Refreshed;
    do {
      answer = await api.post<Refreshed & Record<string, unknown>>('/api/thresholds/refresh', {});
      if (!answer.done) console.error(`${answer.seen.toLocaleString('en-US')} customers …`);
    } while (!answer.done);
    const ruleset = (await api.get('/api/ruleset')) as unknown as Ruleset;
    const compared = ruleset.tags.filter((tag) => wantedIn({ ...ruleset, tags: [tag], segments: [] }).length > 0);
    const any = wantedIn(ruleset).length > 0;
    if (!any) console.log('No rule compares customers.');
    for (const tag of compared) console.log(`${tag.key}: ${ruleSentence(tag).en}`);
    if (any) {
      const what = answer.version === undefined ? 'no threshold has moved' : `in force as version ${answer.version}`;
      console.log(`${answer.seen.toLocaleString('en-US')} customers, ${what}`);
    }
    return 0;
  },
};

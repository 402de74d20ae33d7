import type { Words } from '../../shared/words.ts';
import { type Command, CommandError } from './command.ts';
import { type Api, TARGET_OPTIONS, TARGET_USAGE, targetOf } from './target.ts';

interface Tag {
  readonly name: Words;
}
interface Side {
  readonly events: number;
  readonly tags: readonly Tag[];
}
interface Preview {
  readonly ids: readonly string[];
  readonly theirs: Side;
  readonly hers: Side & {
    readonly gained: readonly Tag[];
    readonly lost: readonly Tag[];
    readonly leaves: readonly { name: string }[];
  };
}

type Values = Readonly<Record<string, unknown>>;
type Work = (api: Api, args: readonly string[], values: Values) => Promise<number>;

/** What is done for one customer, from the command line: the same steps as on her page. */
export const customers: Command = {
  name: 'customers',
  summary: 'Separate an id that was joined to a customer by mistake',
  usage: [
    'customers separate CUSTOMER --of ID --as NEW   ID was joined to her by mistake: a customer NEW of its own',
    '  --dry-run                   which tags each of the two would have; writes nothing',
    TARGET_USAGE,
  ],
  options: { ...TARGET_OPTIONS, of: { type: 'string' }, as: { type: 'string' }, 'dry-run': { type: 'boolean' } },
  async run({ positionals, values, port }) {
    const [name = '', ...args] = positionals;
    const work = WORK[name];
    if (work === undefined) {
      throw new CommandError(`Say what: customers ${Object.keys(WORK).join(' | ')}.`, 'customers-what');
    }
    return work(targetOf(values, port).api, args, values);
  },
};

const WORK: Readonly<Record<string, Work>> = {
  separate: async (api, [customer, ...more], { of, as, 'dry-run': dryRun }) => {
    if (customer === undefined || more.length > 0 || typeof of !== 'string' || typeof as !== 'string') {
      throw new CommandError('Say whom: customers separate CUSTOMER --of ID --as NEW.', 'customers-whom');
    }
    const path = `/api/customers/${encodeURIComponent(customer)}/separation`;
    const { ids, theirs, hers } = await api.get<Preview>(`${path}?${new URLSearchParams({ of, as })}`);
    console.log(sideLine(as, theirs));
    console.log(sideLine(customer, hers));
    for (const { name } of hers.gained) console.log(`  + ${name.en}`);
    for (const { name } of hers.lost) console.log(`  - ${name.en}`);
    for (const { name } of hers.leaves) console.log(`  leaves the journey ${name}: what let her in was not hers`);
    if (dryRun === true) return 0;
    await api.post(path, { of, as });
    console.log(`Separated: ${ids.join(', ')} ${ids.length === 1 ? 'is' : 'are'} ${as}’s now.`);
    return 0;
  },
};

const sideLine = (id: string, { events, tags }: Side): string =>
  `${id}: ${events.toLocaleString('en-US')} ${events === 1 ? 'event' : 'events'}; ${tags.map(({ name }) => name.en).join(', ') || 'no tags'}`;

import { customerPk } from '../profiles/index.ts';
import { LAST, query, type Row, type TransactItem, tableName, transact } from '../tables/index.ts';
import type { Enrolment } from './enrolment.ts';
import { ENROLMENT, PERSON, personKey } from './keys.ts';

/** Who goes through journeys under which ids; kept beside the passages, so that both come with one read. */
export interface Person {
  /** The id under which she enters from now on. */
  readonly customer: string;
  /** Ids that were hers before; their passages stay where they are. */
  readonly ids: readonly string[];
  /**
   * For each id that was joined to hers: the version of her state (see happened.ts) up to which what happened to her is
   * no matter of that id's passages.
   */
  readonly joined: Readonly<Record<string, number>>;
  /** The same of the id that was asked for, where it was given up. */
  readonly joinedBefore?: Readonly<Record<string, number>>;
  /** Grows by one with every write; 0 when there is no row. */
  readonly rev: number;
  /** Of all her ids, in the order in which she came in. */
  readonly enrolments: readonly Enrolment[];
}

interface Read extends Person {
  readonly into?: string;
}

/** One customer and all her passages, consistently: one query, and one for each id that was merged into hers. */
export async function personOf(customer: string): Promise<Person> {
  const read = await readOne(customer);
  if (read.into !== undefined) return { ...(await personOf(read.into)), joinedBefore: read.joined };
  if (read.ids.length === 0) return read;
  const others = await Promise.all(read.ids.map(readOne));
  const enrolments = [read, ...others].flatMap((one) => one.enrolments);
  enrolments.sort((a, b) => (a.enteredAt < b.enteredAt ? -1 : a.enteredAt > b.enteredAt ? 1 : a.id < b.id ? -1 : 1));
  return { ...read, enrolments };
}

/** All passages of a customer, under whichever of her ids, in the order in which she came in. */
export const enrolmentsOf = async (customer: string): Promise<Enrolment[]> => [
  ...(await personOf(customer)).enrolments,
];

async function readOne(customer: string): Promise<Read> {
  const rows = await query('enrolments', {
    pk: customerPk(customer),
    from: PERSON,
    to: `${ENROLMENT}${LAST}`,
    consistent: true,
  });
  const person = rows.find(({ sk }) => sk === PERSON);
  const enrolments = rows.filter(({ sk }) => sk !== PERSON).map(enrolmentFrom);
  return {
    customer,
    ids: (person?.['ids'] as string[] | undefined) ?? [],
    joined: (person?.['joined'] as Record<string, number> | undefined) ?? {},
    rev: (person?.['rev'] as number | undefined) ?? 0,
    enrolments,
    ...(person?.['into'] === undefined ? {} : { into: person['into'] as string }),
  };
}

/** Her ids are still those of `rev`: whoever lets her in has looked at all her passages. */
export const stillPerson = (customer: string, rev: number): TransactItem => ({
  ConditionCheck: { TableName: tableName('enrolments'), Key: personKey(customer), ...ifRev(rev) },
});

/** The same, and whoever else lets her in anywhere at this moment has to look again. */
export const onlyPerson = (customer: string, rev: number): TransactItem => {
  const { ExpressionAttributeValues, ...condition } = ifRev(rev);
  return {
    Update: {
      TableName: tableName('enrolments'),
      Key: personKey(customer),
      UpdateExpression: 'SET #rev = :next',
      ...condition,
      ExpressionAttributeNames: { '#rev': 'rev' },
      ExpressionAttributeValues: { ...ExpressionAttributeValues, ':next': rev + 1 },
    },
  };
};

/**
 * From now on the other id's passages are hers, and nobody enters under the other id any more. Repeatable.
 *
 * @param version of the customer's state when the two became one
 */
export async function joinPersons(customer: string, other: string, version: number): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const [survivor, owner, gone, named] = await Promise.all([
      personOf(customer),
      personOf(other),
      readOne(other),
      readOne(customer),
    ]);
    if (survivor.customer === owner.customer) return;
    if (gone.into !== undefined) throw new Error(`The passages of ${other} are another customer's already`);
    const ids = [...new Set([...survivor.ids, ...gone.ids, other])];
    const theirs = [...gone.ids, other];
    // Told late: the customer is another one's by now, whose numbers are others.
    const handedOn = named.into === undefined ? version : survivor.joined[customer];
    const answer = await transact([
      personItem(
        survivor.customer,
        { ids, joined: { ...survivor.joined, ...fromVersion(theirs, handedOn) } },
        survivor.rev,
      ),
      personItem(other, { ids: gone.ids, joined: gone.joined, into: survivor.customer }, gone.rev),
      ...(named.into === undefined
        ? []
        : [
            personItem(customer, { ...named, joined: { ...named.joined, ...fromVersion(theirs, version) } }, named.rev),
          ]),
    ]);
    if (answer.done) return;
  }
  throw new Error(`The passages of ${customer} and ${other} were written by others ${ATTEMPTS} times in a row`);
}

/**
 * The passages that began under these ids are another customer's from now on; what is told of her up to that version of
 * her state ends none of them. Repeatable.
 */
export async function handPersonOver(from: string, ids: readonly string[], to: string, version: number): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const [before, after, ...gone] = await Promise.all([readOne(from), readOne(to), ...ids.map(readOne)]);
    const moving = gone.filter(({ into }) => into === from);
    if (moving.length === 0) return;
    const left = before.ids.filter((id) => !ids.includes(id));
    const joined = Object.fromEntries(Object.entries(before.joined).filter(([id]) => !ids.includes(id)));
    const answer = await transact([
      personItem(from, { ...before, ids: left, joined }, before.rev),
      personItem(
        to,
        { ids: [...new Set([...after.ids, ...ids])], joined: { ...after.joined, ...fromVersion(ids, version) } },
        after.rev,
      ),
      ...moving.map((one) => personItem(one.customer, { ...one, into: to }, one.rev)),
    ]);
    if (answer.done) return;
  }
  throw new Error(`The passages of ${from} and ${to} were written by others ${ATTEMPTS} times in a row`);
}

const ATTEMPTS = 10;

const fromVersion = (ids: readonly string[], version: number | undefined): Record<string, number> =>
  version === undefined ? {} : Object.fromEntries(ids.map((id) => [id, version]));

const personItem = (
  customer: string,
  { ids, joined, into }: { ids: readonly string[]; joined: Person['joined']; into?: string },
  rev: number,
): TransactItem => ({
  Put: {
    TableName: tableName('enrolments'),
    Item: { ...personKey(customer), ids, joined, ...(into === undefined ? {} : { into }), rev: rev + 1 },
    ...ifRev(rev),
  },
});

const ifRev = (rev: number) =>
  rev === 0
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : {
        ConditionExpression: '#rev = :rev',
        ExpressionAttributeNames: { '#rev': 'rev' },
        ExpressionAttributeValues: { ':rev': rev },
      };

export function enrolmentFrom(row: Row): Enrolment {
  const { pk, sk, journeyPk, ...enrolment } = row;
  return enrolment as unknown as Enrolment;
}

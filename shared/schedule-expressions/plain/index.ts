/** Schedules said in everyday terms, one file for each way; how a form takes an expression apart and puts it together. */
import type { Words } from '../../words.ts';
import { daily } from './daily.ts';
import type { Part, PlainKind } from './define-plain.ts';
import { every } from './every.ts';
import { festival } from './festival.ts';
import { lunar } from './lunar.ts';
import { monthly } from './monthly.ts';
import { once } from './once.ts';
import { weekly } from './weekly.ts';

export type { Part } from './define-plain.ts';

/** In the order in which forms offer them; a new way is a file and a line here. */
const PLAIN = { daily, weekly, monthly, festival, lunar, once, every };

type Way = keyof typeof PLAIN;
/** A schedule that a form can make, taken apart. */
export type PlainSchedule = { [W in Way]: ReturnType<(typeof PLAIN)[W]['blank']> }[Way];

const KINDS = Object.values(PLAIN) as unknown as readonly PlainKind<PlainSchedule>[];
const kindOf = ({ type }: Pick<PlainSchedule, 'type'>) => PLAIN[type] as unknown as PlainKind<PlainSchedule>;

export const plainWays = (): readonly { readonly type: PlainSchedule['type']; readonly label: Words }[] => KINDS;

/** What a form begins with: `at` HH:MM, `today` YYYY-MM-DD. */
export const blankSchedule = (type: PlainSchedule['type'], at: string, today: string): PlainSchedule =>
  kindOf({ type }).blank(at, today);

/** Which fields a form shows, line by line. */
export const scheduleParts = (plain: PlainSchedule): readonly (readonly Part[])[] => kindOf(plain).parts;

/** What a form shows of an expression; undefined for one that is richer than the form. */
export function plainSchedule(expression: string): PlainSchedule | undefined {
  for (const kind of KINDS) {
    const plain = kind.read(expression);
    if (plain !== undefined) return plain;
  }
  return undefined;
}

/** The expression that says this. */
export const expressionOf = (plain: PlainSchedule): string => kindOf(plain).write(plain);

/** As people say it; a cron that no form makes is said as it is written. */
export function scheduleWords(expression: string): Words {
  const plain = plainSchedule(expression);
  if (plain === undefined) return { zh: `按 ${expression}`, en: `by ${expression}` };
  return kindOf(plain).words(plain);
}

import { type Command, CommandError } from './command.ts';
import { stackClient } from './stack-client.ts';

interface Shown {
  readonly now: string;
  readonly frozen: boolean;
  readonly unsettled?: readonly string[];
}

/** Shows the clock of the local stack and moves it. */
export const clock: Command = {
  name: 'clock',
  summary: 'Show the time of the local stack, move it forward, hold it still',
  usage: [
    'clock                        what time it is',
    'clock +15d                   15 days later (s, m, h, d, w; or ISO 8601: +P1DT12H)',
    'clock 2011-04-01T00:00:00Z   go to that moment',
    'clock freeze                 hold time still (also together with a move: clock +1d freeze)',
    'clock run                    let it run on',
  ],
  async run({ positionals, consolePort }) {
    const stack = stackClient(consolePort);
    const shown =
      positionals.length === 0
        ? await stack.get<Shown>('/_local/clock')
        : await stack.post<Shown>('/_local/clock', wishOf(positionals));
    console.log(`${shown.now}${shown.frozen ? ' (frozen)' : ''}`);
    if (shown.unsettled) console.error(`Time went on although this had not ended: ${shown.unsettled.join(', ')}`);
    return 0;
  },
};

/** The body of POST /_local/clock for what was typed. */
export function wishOf(words: readonly string[]): Record<string, unknown> {
  const wish: Record<string, unknown> = {};
  for (const word of words) {
    if (word === 'freeze') wish['freeze'] = true;
    else if (word === 'run') wish['freeze'] = false;
    else if (word.startsWith('+')) wish['advance'] = durationOf(word.slice(1));
    else if (/^\d{4}-\d\d-\d\d/.test(word)) wish['to'] = word;
    else
      throw new CommandError(
        {
          zh: `「${word}」不是时刻。写 +15d、2011-04-01T00:00:00Z、freeze 或 run。`,
          en: `"${word}" is no moment. Say +15d, 2011-04-01T00:00:00Z, freeze or run.`,
        },
        'clock-moment',
      );
  }
  return wish;
}

const UNITS: Readonly<Record<string, (amount: string) => string>> = {
  s: (amount) => `PT${amount}S`,
  m: (amount) => `PT${amount}M`,
  h: (amount) => `PT${amount}H`,
  d: (amount) => `P${amount}D`,
  w: (amount) => `P${amount}W`,
};

function durationOf(text: string): string {
  if (/^P/i.test(text)) return text.toUpperCase();
  const [, amount, unit] = /^(\d+(?:\.\d+)?)([smhdw])$/i.exec(text) ?? [];
  const write = unit === undefined ? undefined : UNITS[unit.toLowerCase()];
  if (!write || amount === undefined)
    throw new CommandError(
      {
        zh: `「+${text}」不是时长。写 +90s、+30m、+12h、+15d、+2w 或 +P1DT12H。`,
        en: `"+${text}" is no length of time. Say +90s, +30m, +12h, +15d, +2w or +P1DT12H.`,
      },
      'clock-length',
    );
  return write(amount);
}

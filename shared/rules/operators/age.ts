import { z } from 'zod';
import type { Words } from '../../words.ts';
import type { AgeConfig } from '../condition.ts';
import type { Finding } from '../finding.ts';
import { defineOperator } from '../operator.ts';
import { readPath, splitPath } from '../read-path.ts';
import { dayOf, startOfDay } from '../zoned.ts';

const DAY = 86_400_000;
const DATE = /^(\d{4})-(\d{2})-(\d{2})(?:T|$)/;

/**
 * So old or older, and younger than: by the date of birth (2001-02-28), on calendar days of the tenant's zone, so that
 * the answer changes by itself at the midnight that begins the birthday; who was born on 29 February is a year older on
 * 1 March in a common year. A trait that is a plain number is an age that does not move.
 */
export const age = defineOperator<AgeConfig>({
  name: 'age',
  label: { zh: '年龄', en: 'Age' },
  help: { zh: '按生日计算，到生日当天自动变化', en: 'By the date of birth; moves on by itself on the birthday' },
  config: () =>
    z.strictObject({
      from: z
        .int()
        .min(0)
        .max(150)
        .optional()
        .meta({ label: { zh: '满几岁', en: 'From' }, widget: 'number' }),
      below: z
        .int()
        .min(1)
        .max(150)
        .optional()
        .meta({ label: { zh: '不到几岁', en: 'Below' }, widget: 'number' }),
      path: z
        .string()
        .min(1)
        .max(200)
        .optional()
        .meta({
          label: { zh: '生日属性', en: 'Trait' },
          help: { zh: '不填为 birthday', en: 'Empty: birthday' },
          widget: 'text',
        }),
    }),
  sentence: said,
  negated: ({ from = 0, ...config }) => {
    if (config.below === undefined) return orUnknown(said({ below: from }));
    if (from === 0) return orUnknown(said({ from: config.below }));
    return orUnknown({
      zh: `年龄不在 ${from} 至 ${config.below - 1} 岁之间`,
      en: `not aged ${from} to ${config.below - 1}`,
    });
  },
  over: (config, world) => find(config, world.traits, world.now, world.zone),
  compile: (config, build) => {
    build.readsTrait(pathOf(config));
    const { zone } = build;
    return {
      holds: (sight) => isBetween(config, ageOf(config, sight.traits, sight.at, zone)),
      next: (sight) => {
        const born = birthOf(readPath(sight.traits, splitPath(pathOf(config))));
        if (born === undefined) return Infinity;
        const turns = [config.from, config.below]
          .filter((years) => years !== undefined)
          .map((years) => startOfDay(birthday(born, years), zone));
        return Math.min(Infinity, ...turns.filter((at) => at > sight.at));
      },
      find: (sight) => find(config, sight.traits, sight.at, zone),
    };
  },
});

interface Birth {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const pathOf = (config: AgeConfig): string => config.path ?? 'birthday';

function birthOf(value: unknown): Birth | undefined {
  const match = typeof value === 'string' ? DATE.exec(value) : null;
  if (match === null) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? { year, month, day } : undefined;
}

/** The calendar day on which she turns so many years old. */
const birthday = ({ year, month, day }: Birth, years: number): number => Date.UTC(year + years, month - 1, day) / DAY;

/** undefined where it is not known, and before birth. */
function ageOf(
  config: AgeConfig,
  traits: Readonly<Record<string, unknown>>,
  at: number,
  zone: string,
): number | undefined {
  const value = readPath(traits, splitPath(pathOf(config)));
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && /^\d{1,3}$/.test(value)) return Number(value);
  const born = birthOf(value);
  if (born === undefined) return undefined;
  const today = dayOf(at, zone);
  const years = new Date(today * DAY).getUTCFullYear() - born.year;
  const full = today >= birthday(born, years) ? years : years - 1;
  return full < 0 ? undefined : full;
}

const isBetween = ({ from = 0, below = Infinity }: AgeConfig, years: number | undefined): boolean =>
  years !== undefined && years >= from && years < below;

const orUnknown = ({ zh, en }: Words): Words => ({ zh: `${zh}（或未知）`, en: `${en} (or unknown)` });

function said({ from, below }: AgeConfig): Words {
  if (from && below !== undefined) {
    return { zh: `年龄 ${from} 至 ${below - 1} 岁`, en: `aged ${from} to ${below - 1}` };
  }
  if (below !== undefined) return { zh: `年龄不到 ${below} 岁`, en: `aged below ${below}` };
  return { zh: `年龄满 ${from ?? 0} 岁`, en: `aged ${from ?? 0} or more` };
}

function find(config: AgeConfig, traits: Readonly<Record<string, unknown>>, at: number, zone: string): Finding {
  const years = ageOf(config, traits, at, zone);
  return {
    holds: isBetween(config, years),
    evidence: [],
    why:
      years === undefined
        ? { zh: '年龄未知', en: 'the age is unknown' }
        : { zh: `${Math.floor(years)} 岁`, en: `${Math.floor(years)} years old` },
  };
}

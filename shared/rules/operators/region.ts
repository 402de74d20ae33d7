import { z } from 'zod';
import type { Words } from '../../words.ts';
import type { RegionConfig } from '../condition.ts';
import type { Finding } from '../finding.ts';
import { defineOperator, never } from '../operator.ts';
import { anyOf } from '../say.ts';

/** Traits that say where she is, from wide to narrow; each may lie in `address`, too. */
const LEVELS = ['country', 'province', 'state', 'region', 'city', 'district', 'county'] as const;
/** 浙江省 and 浙江, 杭州市 and 杭州 are one. */
const SUFFIX = /(特别行政区|(?:壮族|回族|维吾尔)?自治区|自治州|地区|省|市|区|县)$/;
const PARTS = /[/／>,，]\s*/;

/**
 * She is in one of these places, at whatever level: a country, province, city or district, as her traits tell it
 * (country, province, state, region, city, district, county, alone or in `address`; each may hold a whole path such as
 * 浙江/杭州). A place may be written as a path to tell namesakes apart: 长春/朝阳. Which city lies in which province is
 * not known here: a province is met only where her traits say it.
 */
export const region = defineOperator<RegionConfig>({
  name: 'region',
  label: { zh: '地域', en: 'Region' },
  help: { zh: '任一级都可以：浙江、杭州、杭州/西湖', en: 'At any level: a province, a city, a city/district' },
  config: () =>
    z.strictObject({
      in: z
        .array(z.string().trim().min(1).max(100))
        .min(1)
        .max(200)
        .meta({
          label: { zh: '在这些地方', en: 'In one of' },
          help: {
            zh: '写省、市或区，例如「浙江」「杭州/西湖」',
            en: 'Provinces, cities or districts, such as “Hangzhou” or “Hangzhou/Xihu”',
          },
          widget: 'list',
        }),
    }),
  sentence: (config) => ({ zh: `在${places(config).zh}`, en: `is in ${places(config).en}` }),
  negated: (config) => ({
    zh: `不在${places(config).zh}（或未知）`,
    en: `is not in ${places(config).en} (or unknown)`,
  }),
  over: (config, world) => find(config, world.traits),
  compile: (config, build) => {
    for (const level of LEVELS) build.readsTrait(level);
    build.readsTrait('address');
    const places = config.in.map(partsOf);
    return {
      holds: (sight) => isIn(places, placesIn(sight.traits)),
      next: never,
      find: (sight) => find(config, sight.traits),
    };
  },
});

type Traits = Readonly<Record<string, unknown>>;

const places = (config: RegionConfig): Words => anyOf(config.in.map((place) => ({ zh: place, en: place })));

const partsOf = (place: string): readonly string[] => place.split(PARTS).map(plain).filter(Boolean);

function plain(name: string): string {
  const trimmed = name.trim().toLowerCase();
  const short = trimmed.replace(SUFFIX, '');
  // 市 alone, or 沙市 for 沙市区, would lose what names it.
  return short.length >= 2 ? short : trimmed;
}

function placesIn(traits: Traits): readonly string[] {
  const address = traits['address'];
  const sources = [traits, ...(address !== null && typeof address === 'object' ? [address as Traits] : [])];
  return sources.flatMap((source) =>
    LEVELS.flatMap((level) => (typeof source[level] === 'string' ? partsOf(source[level]) : [])),
  );
}

const isIn = (places: readonly (readonly string[])[], hers: readonly string[]): boolean =>
  places.some((parts) => parts.length > 0 && parts.every((part) => hers.includes(part)));

function find(config: RegionConfig, traits: Traits): Finding {
  const hers = placesIn(traits);
  const why: Words =
    hers.length === 0
      ? { zh: '地域未知', en: 'the region is unknown' }
      : { zh: `地域是 ${hers.join('/')}`, en: `the region is ${hers.join('/')}` };
  return { holds: isIn(config.in.map(partsOf), hers), evidence: [], why };
}

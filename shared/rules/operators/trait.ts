import { z } from 'zod';
import { compare } from '../compare.ts';
import type { TraitConfig } from '../condition.ts';
import { testSchema } from '../fields.ts';
import type { Finding } from '../finding.ts';
import { defineOperator, never } from '../operator.ts';
import { readPath, splitPath } from '../read-path.ts';
import { failedTestWords, pathWords, testWords, valueText } from '../say.ts';

/** A trait of the customer, as identify events have told it, compares so. */
export const trait = defineOperator<TraitConfig>({
  name: 'trait',
  label: { zh: '客户属性', en: 'Trait' },
  help: { zh: '例如城市等于上海', en: 'For example: the city is Shanghai' },
  config: () =>
    testSchema(z.string().min(1).max(200)).meta({ label: { zh: '客户属性', en: 'Trait' }, widget: 'trait-test' }),
  sentence: testWords,
  negated: failedTestWords,
  over: (config, world) => find(config, world.traits),
  compile: (config, build) => {
    build.readsTrait(config.path);
    const path = splitPath(config.path);
    return {
      holds: (sight) => compare(config.op, readPath(sight.traits, path), config.value),
      next: never,
      find: (sight) => find(config, sight.traits),
    };
  },
});

function find(config: TraitConfig, traits: Readonly<Record<string, unknown>>): Finding {
  const value = readPath(traits, splitPath(config.path));
  const known = value !== undefined && value !== null;
  const name = pathWords(config.path);
  return {
    holds: compare(config.op, value, config.value),
    evidence: [],
    why: known
      ? { zh: `${name.zh}是 ${valueText(value, '、')}`.trim(), en: `${name.en} is ${valueText(value, ', ')}` }
      : { zh: `${name.zh}未知`.trim(), en: `${name.en} is unknown` },
  };
}

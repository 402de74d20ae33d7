/** A setting's value as people say it, by the widget of its form; what has no words of its own is said as it stands. */
import { asItIs } from '../changes.ts';
import { durationWords } from '../duration.ts';
import type { FieldMeta, Widget } from '../form/fields.ts';
import { type Condition, eventWords, sentence, testWords, valuesWords } from '../rules/index.ts';
import { scheduleWords } from '../schedule-expressions/index.ts';
import { STAGE_NAMES, type Stage } from '../stages.ts';
import type { Words } from '../words.ts';
import { type Trigger, triggerWords } from './triggers/index.ts';

// biome-ignore lint/suspicious/noExplicitAny: a widget knows the shape of its value
type Say = (value: any, meta: Partial<FieldMeta>) => Words;

const joined = (parts: readonly Words[], zh: string, en: string): Words => ({
  zh: parts.map((part) => part.zh).join(zh),
  en: parts.map((part) => part.en).join(en),
});

const quoted = (name: unknown): Words => ({ zh: `「${String(name)}」`, en: `“${String(name)}”` });

/** `名字：句子`; without a name the sentence alone. */
const named = (name: string | undefined, said: Words): Words =>
  name ? { zh: `${name}：${said.zh}`, en: `${name}: ${said.en}` } : said;

const option: Say = (value, { options }) => options?.find((one) => one.value === value)?.label ?? asItIs(value);

const SAY: Partial<Record<Widget, Say>> = {
  switch: (on: boolean) => (on ? { zh: '开', en: 'on' } : { zh: '关', en: 'off' }),
  choice: option,
  channel: option,
  duration: (value: string) => (durationWords(value).zh === '' ? asItIs(value) : durationWords(value)),
  tag: quoted,
  segment: quoted,
  schedule: (expression: string) => scheduleWords(expression),
  stage: (stage: Stage) => STAGE_NAMES[stage],
  topics: (topics: readonly string[]) => valuesWords(topics),
  list: (values: readonly string[]) => valuesWords(values),
  'event-name': (names: string | readonly string[]) =>
    joined(
      [names].flat().map((name) => quoted(eventWords(name).zh)),
      '或',
      ' or ',
    ),
  'property-tests': (tests: readonly Parameters<typeof testWords>[0][]) =>
    joined(tests.map(testWords), '，且', ', and '),
  condition: (when: Condition) => sentence(when),
  branches: (branches: readonly { readonly name?: string; readonly when: Condition }[]) =>
    joined(
      branches.map(({ name, when }) => named(name, sentence(when))),
      '；',
      '; ',
    ),
  triggers: (all: readonly { readonly name?: string; readonly on: Trigger }[]) =>
    joined(
      all.map(({ name, on }) => named(name, triggerWords(on))),
      '；',
      '; ',
    ),
  'percent-list': (parts: readonly { readonly id: string; readonly name?: string; readonly percent: number }[]) =>
    joined(
      parts.map(({ id, name, percent }) => asItIs(`${name || id.toUpperCase()} ${percent}%`)),
      ' / ',
      ' / ',
    ),
};

export function saidValue(value: unknown, meta: Partial<FieldMeta>): Words {
  const say = meta.widget === undefined ? undefined : SAY[meta.widget];
  return say === undefined ? asItIs(value) : say(value, meta);
}

/** A setting's value as people say it, by the widget of its form; what has no words of its own is said as it stands. */
import { asItIs } from '../changes.ts';
import { durationWords } from '../duration.ts';
import type { FieldMeta, Widget } from '../form/fields.ts';
import { type Condition, eventWords, type Names, sentence, testWords, valuesWords } from '../rules/index.ts';
import { scheduleWords } from '../schedule-expressions/index.ts';
import { STAGE_NAMES, type Stage } from '../stages.ts';
import type { Words } from '../words.ts';
import { type Trigger, triggerWords } from './triggers/index.ts';

// biome-ignore lint/suspicious/noExplicitAny: a widget knows the shape of its value
type Say = (value: any, meta: Partial<FieldMeta>, names: Names) => Words;

const joined = (parts: readonly Words[], zh: string, en: string): Words => ({
  zh: parts.map((part) => part.zh).join(zh),
  en: parts.map((part) => part.en).join(en),
});

const quoted = ({ zh, en }: Words): Words => ({ zh: `「${zh}」`, en: `“${en}”` });

/** `名字：句子`; without a name the sentence alone. */
const named = (name: string | undefined, said: Words): Words =>
  name ? { zh: `${name}：${said.zh}`, en: `${name}: ${said.en}` } : said;

const option: Say = (value, { options }) => options?.find((one) => one.value === value)?.label ?? asItIs(value);

const SAY: Partial<Record<Widget, Say>> = {
  switch: (on: boolean) => (on ? { zh: '开', en: 'on' } : { zh: '关', en: 'off' }),
  choice: option,
  channel: option,
  duration: (value: string) => (durationWords(value).zh === '' ? asItIs(value) : durationWords(value)),
  tag: (key: string, _meta, names) => quoted(names.tag(key)),
  segment: (id: string, _meta, names) => quoted(names.segment(id)),
  tags: (keys: readonly string[], _meta, names) =>
    joined(
      keys.map((key) => quoted(names.tag(key))),
      '',
      ', ',
    ),
  schedule: (expression: string) => scheduleWords(expression),
  stage: (stage: Stage) => STAGE_NAMES[stage],
  topics: (topics: readonly string[]) => valuesWords(topics),
  list: (values: readonly string[]) => valuesWords(values),
  'event-name': (names: string | readonly string[]) =>
    joined(
      [names].flat().map((name) => quoted(eventWords(name))),
      '或',
      ' or ',
    ),
  'property-tests': (tests: readonly Parameters<typeof testWords>[0][]) =>
    joined(tests.map(testWords), '，且', ', and '),
  condition: (when: Condition, _meta, names) => sentence(when, names),
  branches: (branches: readonly { readonly name?: string; readonly when: Condition }[], _meta, names) =>
    joined(
      branches.map(({ name, when }) => named(name, sentence(when, names))),
      '；',
      '; ',
    ),
  triggers: (all: readonly { readonly name?: string; readonly on: Trigger }[], _meta, names) =>
    joined(
      all.map(({ name, on }) => named(name, triggerWords(on, names))),
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

export function saidValue(value: unknown, meta: Partial<FieldMeta>, names: Names): Words {
  const say = meta.widget === undefined ? undefined : SAY[meta.widget];
  return say === undefined ? asItIs(value) : say(value, meta, names);
}

import { bareVariables } from '../../messages/index.ts';
import type { Lint } from '../define-lint.ts';
import { aGarden, tells } from '../examples.ts';
import { namesOf } from '../names.ts';
import { warnNodes } from '../warn-nodes.ts';

const greeting = (body: string) => ({ shown: { body }, input: aGarden({ journeys: [tells('老客', body)] }) });

/** L15 (section 6): what has no value is left out, and the sentence around it stays. */
export const bareVariable: Lint = {
  id: 'L15',
  code: 'bare-variable',
  title: { zh: '变量没有后备', en: 'A variable without a default' },
  why: {
    zh: '客户没有这个值时，文案里就空着一块：「，您好」。写出来的变量没有 default，文案也没有先问有没有（{% if %}），又不放弃发送的，提醒。客户编号、旅程名总有值，不算。',
    en: 'Where a customer has no such value, a gap is left: “Hello ,”. Told of variables that are written out without a default, where the text neither asks for them first ({% if %}) nor gives up by itself. Her id and the journey’s name always have a value.',
  },
  check: (garden) =>
    warnNodes(garden, ({ kind, config }) => {
      const bare = bareVariables(kind.templates?.(config) ?? []);
      if (bare.length === 0) return undefined;
      const names = namesOf(bare.map((name) => ({ zh: name, en: name })));
      return {
        field: 'config.body',
        message: {
          zh: `${names.zh}没有后备：客户没有这个值时，文案里会空着一块。`,
          en: `No default for ${names.en}: who has no such value reads a gap there.`,
        },
        next: {
          zh: '例如写成 {{ user.name | default: "朋友" }}，或用 {% if %} 包起来。',
          en: 'Write for example {{ user.name | default: "friend" }}, or put it into an {% if %}.',
        },
      };
    }),
  wrong: {
    said: { zh: '没有昵称，就成了「，您好」', en: 'Without a nickname it reads “Hello ,”' },
    ...greeting('{{ user.nickname }}，您好'),
  },
  right: {
    said: { zh: '没有昵称，就叫「朋友」', en: 'Without a nickname she is a friend' },
    ...greeting('{{ user.nickname | default: "朋友" }}，您好'),
  },
};

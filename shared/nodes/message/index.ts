import { z } from 'zod';
import { durationSeconds } from '../../duration.ts';
import { field } from '../../form/fields.ts';
import { durationSchema } from '../../journey/schema.ts';
import { CHANNELS, channel } from '../../messages/index.ts';
import { defineNode } from '../define-node.ts';
import { samples } from '../samples.ts';
import { firstLine, spoken } from '../spoken.ts';
import { tagsAsked } from '../tags-asked.ts';
import { templateDiagnostics } from '../template-diagnostics.ts';
import withReasons from './samples/by-result.json' with { type: 'json' };
import order from './samples/order-is-on-its-way.json' with { type: 'json' };
import patient from './samples/patient.json' with { type: 'json' };
import welcome from './samples/welcome.json' with { type: 'json' };

const config = z.strictObject({
  channel: field(z.enum(Object.keys(CHANNELS) as [string, ...string[]]), {
    label: { zh: '渠道', en: 'Channel' },
    widget: 'channel',
    options: Object.values(CHANNELS).map((c) => ({ value: c.id, label: c.label })),
  }),
  title: field(z.string().max(500).optional(), {
    label: { zh: '标题', en: 'Title' },
    help: { zh: '渠道没有标题时不用。', en: 'Left out where the channel has none.' },
    widget: 'template',
  }),
  body: field(z.string().min(1).max(10_000), {
    label: { zh: '正文', en: 'Text' },
    help: {
      zh: '可以用 {{ user.name | default: "朋友" }} 这样的变量。',
      en: 'May contain variables such as {{ user.name | default: "friend" }}.',
    },
    widget: 'template',
  }),
  topics: field(z.array(z.string().trim().min(1).max(100)).max(20).optional(), {
    label: { zh: '涉及的主题', en: 'Topics' },
    help: {
      zh: '例如「上门服务」「低价」。有相应排斥点标签的客户不会收到。',
      en: 'Such as “home visits”. Who has a tag that excludes one of these is not sent it.',
    },
    widget: 'topics',
  }),
  transactional: field(z.boolean().optional(), {
    label: { zh: '事务性消息', en: 'Transactional' },
    help: {
      zh: '订单、验证码一类客户正等着的通知：不占频控，也不受频控限制。营销内容不要打开。',
      en: 'A notice that she waits for, such as an order or a code: no cap counts or holds it. Not for marketing.',
    },
    widget: 'switch',
  }),
  waitAtMost: field(
    durationSchema
      .refine((d) => (durationSeconds(d) ?? 0) > 0, {
        params: {
          message: { zh: '等待时间是零。', en: 'The time to wait is zero.' },
          next: { zh: '写明最多等多久，或留空表示跳过。', en: 'Say how long to wait, or leave it out to skip.' },
        },
      })
      .optional(),
    {
      label: { zh: '频控满了，最多等', en: 'At a cap, wait at most' },
      help: {
        zh: '客户这段时间的消息已到上限时：留空就跳过这一条；填了就等到可以再发，最多等这么久，之后跳过。',
        en: 'When she has had as many messages as a cap allows: empty skips this one; otherwise it waits until it may go, so long at most, then it is skipped.',
      },
      widget: 'duration',
    },
  ),
  byResult: field(z.boolean().default(false), {
    label: { zh: '按结果分开走', en: 'Separate ways by result' },
    help: {
      zh: '发出和没发出走不同的出口；不开时都继续往下走。',
      en: 'One way out when it was sent, another when not; otherwise both go on.',
    },
    widget: 'switch',
  }),
});

type Config = z.output<typeof config>;

/** How long it waits at a cap; no cap holds what is transactional. */
const patience = (c: Config): string | undefined => (c.transactional ? undefined : c.waitAtMost);

export const message = defineNode<Config>({
  kind: 'message',
  version: 1,
  upgrades: {},
  config: config as z.ZodType<Config>,
  defaults: { channel: 'inbox', body: '{{ user.name | default: "朋友" }}，你好~', byResult: false },
  defaultsEn: { channel: 'inbox', body: 'Hello {{ user.name | default: "there" }}!', byResult: false },
  outlets: (c) =>
    c.byResult
      ? [
          { id: 'sent', label: { zh: '已发出', en: 'Sent' } },
          { id: 'not-sent', label: { zh: '未发出', en: 'Not sent' }, tone: 'else' as const },
        ]
      : [{ id: 'next', label: { zh: '然后', en: 'Then' } }],
  face: {
    group: 'reach',
    icon: 'MessageOutlined',
    title: { zh: '发消息', en: 'Message' },
    summary: (c, language) =>
      `${channel(c.channel)?.label[language] ?? c.channel} · ${firstLine(c.title || c.body, language)}`,
    keywords: ['触达', '文案', '私信', '发送', 'send', 'text', 'inbox'],
  },
  samples: samples<Config>(welcome, withReasons, patient, order),
  needs: ['facts', 'send'],
  mentions: (c) => ({ tags: tagsAsked([c.title ?? '', c.body]) }),
  says: (c) => [c.title ?? '', c.body].map((text) => spoken(text, 'zh')),
  templates: (c) => [c.title ?? '', c.body],
  topics: (c) => c.topics ?? [],
  counts: (c) =>
    c.transactional ? undefined : { ways: c.byResult ? ['sent'] : ['next'], waits: c.waitAtMost !== undefined },
  check: (c, _graph, nodeId) =>
    templateDiagnostics(
      {
        title: { text: c.title, label: { zh: '标题', en: 'title' } },
        body: { text: c.body, label: { zh: '正文', en: 'text' } },
      },
      nodeId,
    ),
  decide: (c, facts) => ({
    type: 'go',
    outlet: c.byResult ? 'sent' : 'next',
    effects: [
      {
        type: 'send',
        channel: c.channel,
        ...(c.transactional && { transactional: true }),
        ...(patience(c) !== undefined && { waitAtMost: patience(c) }),
        template: {
          id: `${facts.enrolment.journey}/${facts.nodeId}`,
          ...(c.title !== undefined && { title: c.title }),
          body: c.body,
          ...(c.topics !== undefined && c.topics.length > 0 && { topics: c.topics }),
        },
      },
    ],
  }),
  after: (c, outcomes) =>
    !c.byResult ? 'next' : outcomes.every((o) => o.type !== 'send' || o.outcome === 'done') ? 'sent' : 'not-sent',
  lower: (c, build) => {
    const most = patience(c);
    return most === undefined ? build.perform() : build.performPatiently(durationSeconds(most)!);
  },
});

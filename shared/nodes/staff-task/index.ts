/**
 * Something that a person does: calling her, writing to her one to one. The journey waits until a member of staff says
 * how it came out, and goes on by that; when nobody does in time, by `overdue`. The task itself is a row that the console
 * lists; it is put together with the wait, so there is no task that nobody waits for and no wait without its task. When
 * the passage ends meanwhile (a goal, an exit, a stop), the task is withdrawn.
 */
import { z } from 'zod';
import type { Diagnostic } from '../../diagnostics.ts';
import { durationSeconds, durationWords } from '../../duration.ts';
import { field, optionsOf } from '../../form/fields.ts';
import { durationSchema } from '../../journey/schema.ts';
import { differsForEach, overLimits, TEMPLATE_KINDS } from '../../messages/index.ts';
import { isOutcome, TASK_OUTCOMES, TASK_WAYS } from '../../tasks/index.ts';
import type { Words } from '../../words.ts';
import { defineNode } from '../define-node.ts';
import { samples } from '../samples.ts';
import { firstLine } from '../spoken.ts';
import { tagsAsked } from '../tags-asked.ts';
import { templateDiagnostics } from '../template-diagnostics.ts';
import callVip from './samples/call-vip.json' with { type: 'json' };
import finished from './samples/finished-already.json' with { type: 'json' };
import team from './samples/for-a-team.json' with { type: 'json' };
import groupText from './samples/group-text.json' with { type: 'json' };

const ASSIGN = {
  owner: { zh: '她的负责人', en: 'Who looks after her' },
  person: { zh: '某个人', en: 'A person' },
  team: { zh: '某个小组', en: 'A team' },
  anyone: { zh: '谁领都行', en: 'Whoever takes it' },
} as const satisfies Record<string, Words>;

const positive = durationSchema.refine((d) => (durationSeconds(d) ?? 0) > 0, {
  params: {
    message: { zh: '时长是零。', en: 'The time is zero.' },
    next: { zh: '填写一个时长，例如 2 小时。', en: 'Give a duration, such as 2 hours.' },
  },
});

const config = z
  .strictObject({
    way: field(z.enum(Object.keys(TASK_WAYS) as [keyof typeof TASK_WAYS]), {
      label: { zh: '做什么', en: 'What to do' },
      widget: 'choice',
      options: optionsOf(TASK_WAYS),
    }),
    title: field(z.string().trim().min(1).max(500), {
      label: { zh: '任务', en: 'Task' },
      help: {
        zh: '一句话说清要做的事，可以用 {{ user.name }} 这样的变量。',
        en: 'What is to be done, in one sentence; may contain variables such as {{ user.name }}.',
      },
      widget: 'template',
    }),
    body: field(z.string().min(1).max(10_000).optional(), {
      label: { zh: '话术与背景', en: 'What to say, what to know' },
      help: { zh: '写给同事看的，不会发给客户。', en: 'For the colleague; the customer is not sent it.' },
      widget: 'template',
    }),
    text: field(z.enum(Object.keys(TEMPLATE_KINDS) as [keyof typeof TEMPLATE_KINDS]).optional(), {
      label: { zh: '文案类型', en: 'Kind of text' },
      help: {
        zh: '话术要由同事发成私信、社群消息或朋友圈时选，按它的长度检查；系统不会替人发出。',
        en: 'Where the colleague sends the text as one of these: its length is checked. Nothing is sent by itself.',
      },
      widget: 'choice',
      options: Object.values(TEMPLATE_KINDS).map(({ id, label }) => ({ value: id, label })),
    }),
    assign: field(z.enum(Object.keys(ASSIGN) as [keyof typeof ASSIGN]), {
      label: { zh: '派给', en: 'For' },
      help: {
        zh: '负责人取客户属性 owner，没有时取添加她的企业微信成员；都没有就谁领都行。',
        en: 'Who looks after her is the trait “owner”, else the member of WeCom who added her; without either, whoever takes it.',
      },
      widget: 'choice',
      options: optionsOf(ASSIGN),
    }),
    who: field(z.string().trim().min(1).max(200).optional(), {
      label: { zh: '人或小组', en: 'Person or team' },
      help: {
        zh: '派给某个人时填登录邮箱，派给小组时填小组名（登录分组）。',
        en: 'The address a person signs in with, or the name of a team (a sign-in group).',
      },
      widget: 'text',
    }),
    due: field(positive, {
      label: { zh: '应在多久内完成', en: 'To be done within' },
      widget: 'duration',
    }),
    limit: field(positive, {
      label: { zh: '最多等', en: 'Wait at most' },
      help: {
        zh: '到时还没有结果，任务收回，客户走「超时」。',
        en: 'Without an outcome by then the task is closed and “Overdue” is taken.',
      },
      widget: 'duration',
    }),
  })
  .refine((c) => (durationSeconds(c.limit) ?? 0) >= (durationSeconds(c.due) ?? 0), {
    path: ['limit'],
    params: {
      message: { zh: '「最多等」比「应在多久内完成」还短。', en: 'It waits for less time than the task may take.' },
      next: { zh: '把「最多等」改成同样长或更长。', en: 'Make the wait as long, or longer.' },
    },
  })
  .refine((c) => (c.assign !== 'person' && c.assign !== 'team') || c.who !== undefined, {
    path: ['who'],
    params: {
      message: { zh: '没有写派给谁。', en: 'It does not say whom the task is for.' },
      next: {
        zh: '填写登录邮箱或小组名，或改派给负责人。',
        en: 'Name the person or team, or choose who looks after her.',
      },
    },
  });

type Config = z.output<typeof config>;

/**
 * `text-too-long`: what is written out is longer than the kind of text takes, whatever the variables say.
 * `text-same-for-all`: a text that all read at once speaks of one customer.
 */
function kindDiagnostics({ body, text }: Config, node: string): Diagnostic[] {
  if (body === undefined || text === undefined) return [];
  const kind = TEMPLATE_KINDS[text];
  const field = 'config.body';
  // What variables bring is not known here; the task says so when it comes out too long.
  const over = overLimits(body.replace(/\{\{.*?\}\}|\{%.*?%\}/gs, ''), kind);
  const long = over && {
    code: 'text-too-long',
    severity: 'error' as const,
    node,
    field,
    message: { zh: `话术太长：${over.zh}。`, en: `The text is too long: ${over.en}.` },
    next: { zh: '缩短它，或换一种文案类型。', en: 'Shorten it, or choose another kind of text.' },
  };
  const same = differsForEach(body, kind) && {
    code: 'text-same-for-all',
    severity: 'warning' as const,
    node,
    field,
    message: {
      zh: `「${kind.label.zh}」大家看到的是同一段话，这里却写了某位客户的信息。`,
      en: `Everybody reads the same text of the kind “${kind.label.en}”, but this one speaks of one customer.`,
    },
    next: { zh: '去掉这些变量，或改发私信。', en: 'Take these variables out, or send it as a private message.' },
  };
  return [long, same].filter((one) => one !== undefined && one !== false);
}

export const staffTask = defineNode<Config>({
  kind: 'staff-task',
  version: 1,
  upgrades: {},
  config: config as z.ZodType<Config>,
  defaults: {
    way: 'write',
    title: '一对一联系{{ user.name | default: "这位客户" }}',
    assign: 'owner',
    due: 'PT2H',
    limit: 'P1D',
  },
  defaultsEn: {
    way: 'write',
    title: 'Write to {{ user.name | default: "this customer" }} in person',
    assign: 'owner',
    due: 'PT2H',
    limit: 'P1D',
  },
  outlets: () => [
    ...Object.entries(TASK_OUTCOMES).map(([id, label]) => ({ id, label })),
    { id: 'overdue', label: { zh: '超时', en: 'Overdue' }, tone: 'else' as const },
  ],
  face: {
    group: 'reach',
    icon: 'CustomerServiceOutlined',
    title: { zh: '人工任务', en: 'Staff task' },
    summary: (c, language) => {
      const who = c.who ?? ASSIGN[c.assign][language];
      const within = durationWords(c.due)[language];
      const what = `${TASK_WAYS[c.way][language]} · ${firstLine(c.title, language)}`;
      return language === 'zh' ? `${what} · ${who} · ${within}内` : `${what} · ${who} · within ${within}`;
    },
    keywords: ['待办', '客服', '电话', '一对一', '回访', 'call', 'staff', 'person', 'todo'],
  },
  samples: samples<Config>(callVip, team, groupText, finished),
  needs: ['facts', 'await', 'task'],
  mentions: (c) => ({ tags: tagsAsked([c.title, c.body ?? '']) }),
  check: (c, _graph, nodeId) => [
    ...templateDiagnostics(
      {
        title: { text: c.title, label: { zh: '任务', en: 'task' } },
        body: { text: c.body, label: { zh: '话术', en: 'text' } },
      },
      nodeId,
    ),
    ...kindDiagnostics(c, nodeId),
  ],
  awaits: () => [],
  decide: (c, { task }) => {
    if (task !== undefined && isOutcome(task.state)) return { type: 'go', outlet: task.state };
    // One that was withdrawn when a step failed is put again when the run is redriven.
    if (task !== undefined && task.state !== 'withdrawn') return { type: 'await', for: [] };
    const { way, title, body, text, assign, who, due, limit } = c;
    const effect = {
      type: 'task' as const,
      way,
      title,
      ...(text && { kind: text }),
      assign: { to: assign, ...(who && { who }) },
      due,
      limit,
    };
    return { type: 'await', for: [], effects: [body === undefined ? effect : { ...effect, body }] };
  },
  lower: (c, build) => build.await(durationSeconds(c.limit)!, 'overdue'),
});

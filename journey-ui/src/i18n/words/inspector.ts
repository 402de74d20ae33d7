import { area } from '../area.ts';

export const inspector = area(
  {
    label: '节点设置',
    title: '名称',
    stage: '阶段',
    duplicate: '复制一份',
    many: '已选 {{n}} 个节点',
    moveTo: '移到阶段',
  },
  {
    label: 'Node settings',
    title: 'Title',
    stage: 'Stage',
    duplicate: 'Duplicate',
    many: '{{n}} nodes selected',
    moveTo: 'Move to stage',
  },
);

export const settings = area(
  {
    label: '旅程设置',
    name: '名称',
    description: '说明',
    stage: '服务的阶段',
    reentry: '同一位客户能再来吗',
    reentries: { never: '只进入一次', after: '结束一段时间后可以再来', always: '每次都可以再来' },
    reentryHelp: '无论怎么选，一位客户同一时间只在这条旅程里走一次。',
    audience: '只让这些客户进入',
    audienceHelp: '在进入的那一刻判断；不满足的会记下原因。',
    maxEventAge: '事件最多可以晚到多久',
    maxEventAgeHelp: '比这更早发生的事件不会让客户进入，免得补传的旧数据发出迟到的消息。不填则不限。',
    zone: '时区',
    tenantZone: '跟随系统设置',
    zoneHelp: '不知道客户自己的时区时，按这个时区算时间。',
    goals: '目标',
    exits: '退出规则',
    ruleName: '规则名称',
    new: { goals: '下单', exits: '不再需要' },
    add: { goals: '添加目标', exits: '添加退出规则' },
    help: {
      goals: '一旦发生，客户立刻以「达成目标」离开，不再收到后面的消息。',
      exits: '一旦发生，客户立刻离开，不算达成目标。',
    },
  },
  {
    label: 'Journey settings',
    name: 'Name',
    description: 'Description',
    stage: 'Stage it serves',
    reentry: 'May the same customer come again?',
    reentries: { never: 'Once only', after: 'Again, some time after it ended', always: 'Every time' },
    reentryHelp: 'Whatever is chosen, a customer walks this journey once at a time.',
    audience: 'Let in only these customers',
    audienceHelp: 'Decided at the moment of entry; who is refused is recorded with the reason.',
    maxEventAge: 'How late may an event arrive?',
    maxEventAgeHelp:
      'An event that happened longer ago lets nobody in, so that late data sends no late messages. Empty: no limit.',
    zone: 'Time zone',
    tenantZone: 'As set for the system',
    zoneHelp: 'Times are reckoned in this zone where the customer’s own is not known.',
    goals: 'Goals',
    exits: 'Exit rules',
    ruleName: 'Name of the rule',
    new: { goals: 'Ordered', exits: 'No longer needed' },
    add: { goals: 'Add a goal', exits: 'Add an exit rule' },
    help: {
      goals: 'As soon as it happens the customer leaves as “reached the goal” and gets nothing more.',
      exits: 'As soon as it happens the customer leaves; it does not count as a goal.',
    },
  },
);

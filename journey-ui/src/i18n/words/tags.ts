import { area } from '../area.ts';

export const tags = area(
  {
    lead: '关于客户的事实：按什么规则打上，现在多少人有。规则第 {{n}} 版。',
    search: '查找标签',
    lint: '体检',
    openJourney: '打开旅程',
    emptyTitle: '还没有标签',
    emptyText: '标签由规则从事件里算出来。装上一个模板包，常用的就都有了。',
    purpose: '用途：{{text}}',
    group: '互斥',
    sticky: '一次打上不再去掉',
    family: '按值分开',
    excludes: '排斥点',
    count: '{{n}} 人',
  },
  {
    lead: 'Facts about customers: by which rule they are given, and how many hold them now. Rules version {{n}}.',
    search: 'Find a tag',
    lint: 'Lint',
    openJourney: 'Open the journey',
    emptyTitle: 'No tags yet',
    emptyText: 'Tags are computed from events by rules. Install a starter pack to have the usual ones.',
    purpose: 'For: {{text}}',
    group: 'exclusive',
    sticky: 'stays for ever',
    family: 'one per value',
    excludes: 'excludes',
    count: '{{n}} hold it',
  },
);

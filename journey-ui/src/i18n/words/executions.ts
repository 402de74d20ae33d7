import { area } from '../area.ts';

export const executions = area(
  {
    lead: '客户的每一次旅程：走到了哪里、为什么、在等什么。',
    anyJourney: '所有旅程',
    anyStatus: '所有状态',
    customer: '客户',
    journey: '旅程',
    status: '状态',
    why: '说明',
    entered: '进入',
    ended: '结束',
    emptyTitle: '还没有执行',
    emptyText: '客户进入已发布的旅程之后，会出现在这里。',
    noneTitle: '没有找到执行',
    noneText: '放宽筛选再看看。',
  },
  {
    lead: 'Each passage through a journey: how far she came, why, and what she waits for.',
    anyJourney: 'All journeys',
    anyStatus: 'Any status',
    customer: 'Customer',
    journey: 'Journey',
    status: 'Status',
    why: 'Reason',
    entered: 'Entered',
    ended: 'Ended',
    emptyTitle: 'No executions yet',
    emptyText: 'Customers show here once they enter a published journey.',
    noneTitle: 'No executions found',
    noneText: 'Try a wider filter.',
  },
);

import { area } from '../area.ts';

export const health = area(
  {
    lead: '没有按预期发生的事都在这里，什么都不会悄悄丢掉。',
    good: '一切正常',
    rejected: '没看懂的事件',
    rejectedHelp: '不符合约定的事件会连同原因留下来，同一批里的其他事件照常处理。',
    failed: '失败的执行',
    failedHelp: '某一步反复重试仍不成功。打开看看停在哪里、为什么。',
    dead: '死信',
    deadHelp: '处理多次仍失败的消息。原因解决后可以全部重新投递。',
    redrive: '全部重新投递',
    tries: '已试 {{n}} 次。',
  },
  {
    lead: 'Whatever did not go as it should is here; nothing is dropped silently.',
    good: 'All is well',
    rejected: 'Events not understood',
    rejectedHelp: 'An event that breaks the contract is kept with the reason; the others of its batch go on.',
    failed: 'Failed runs',
    failedHelp: 'A step that kept failing when tried again. Open one to see where it stands and why.',
    dead: 'Dead letters',
    deadHelp: 'Messages that failed too often. Once the cause is gone, deliver them all again.',
    redrive: 'Deliver all again',
    tries: 'Tried {{n}} times.',
  },
);

import type { Words } from '../../shared/words.ts';

/** What the local API refuses, as the Console's API says it: code, sentence, next step and place. */
export interface LocalProblem {
  readonly code: string;
  readonly message: Words;
  readonly next: Words;
  readonly at: string;
}

const SAY: Words = {
  zh: '请求内容写 {"advance":"P15D"}、{"to":"2011-04-01T00:00:00Z"} 或 {"freeze":true}。',
  en: 'Say {"advance":"P15D"}, {"to":"2011-04-01T00:00:00Z"} or {"freeze":true}.',
};

/** A wish for the clock that says nothing that can be done. */
export const badClockRequest = (at: string, zh: string, en: string): LocalProblem => ({
  code: 'BadClockRequest',
  message: { zh, en },
  next: SAY,
  at,
});

export const noRoute = (path: string): LocalProblem => ({
  code: 'NotFound',
  message: { zh: `没有 ${path.slice(0, 200)} 这个地址。`, en: `There is no ${path.slice(0, 200)}.` },
  next: {
    zh: '接口列表见 docs/contracts.md；页面请从控制台首页进入。',
    en: 'docs/contracts.md lists the addresses; pages are reached from the Console’s first one.',
  },
  at: path.slice(0, 200),
});

/** What could not be delivered after so many tries: why, and what to do about it. */
export const undelivered = (queue: string, id: string, receives: number, error: string): LocalProblem => ({
  code: 'undelivered',
  message: {
    zh: `试了 ${receives} 次都没有成功：${error}`,
    en: `It failed ${receives} ${receives === 1 ? 'time' : 'times'}: ${error}`,
  },
  next: {
    zh: `内容都还在。先消除上面的原因（函数的日志在 /aws/lambda/…），再放回队列：npm run pergola -- dead-letters redrive --queue ${queue}`,
    en: `Nothing of it is lost. Remove the cause (the function’s log is under /aws/lambda/…), then put it back: npm run pergola -- dead-letters redrive --queue ${queue}`,
  },
  at: `${queue}/${id}`,
});

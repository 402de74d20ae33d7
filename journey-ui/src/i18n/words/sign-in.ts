import { area } from '../area.ts';

export const signIn = area(
  {
    who: '已登录：{{name}}',
    out: '退出登录',
    again: '重新登录',
    ended: '登录已过期',
    endedText: '页面上的内容还在，但要登录之后才能继续保存和读取。已保存的草稿不受影响。',
    failed: '没有登录成功',
    failedText: '登录没有完成，可能是链接已用过或放得太久。请再登录一次。',
    groups: { viewer: '查看', marketer: '编辑旅程', publisher: '发布', admin: '管理员' },
  },
  {
    who: 'Signed in as {{name}}',
    out: 'Sign out',
    again: 'Sign in again',
    ended: 'Your sign-in has ended',
    endedText: 'What is on this page is still here, but loading and saving need a sign-in. Saved drafts are safe.',
    failed: 'You are not signed in',
    failedText: 'The sign-in was not completed; its link may have been used before or be too old. Sign in once more.',
    groups: { viewer: 'May look', marketer: 'May edit journeys', publisher: 'May publish', admin: 'Administrator' },
  },
);

import { area } from '../area.ts';

export const zone = area(
  {
    title: '时区',
    what: '「一天」从几点算起：连续天数、每天上限、年龄、文件里没写时区的时间、旅程里「等到几点」的默认时区，都按它。',
    pick: '时区',
    now: '那里现在是 {{at}}',
    inDraft: '草稿里已改为 {{zone}}，发布规则后生效',
    keep: '存入草稿',
    kept: '已存入规则草稿。在「标签」页看影响、再发布。',
    foot: '会影响标签，所以先存入规则草稿：试算谁的标签会变，再发布。',
    toDraft: '去看草稿',
  },
  {
    title: 'Time zone',
    what: 'Decides when a day begins: for days in a row, the ceiling of a day, ages, times in files that name no zone, and where a journey waits for a time of day.',
    pick: 'Time zone',
    now: 'It is {{at}} there now',
    inDraft: 'changed to {{zone}} in the draft; holds once the rules are published',
    keep: 'Keep in the draft',
    kept: 'Kept in the draft of the rules. See on “Tags” whom it concerns, then publish.',
    foot: 'It concerns tags, so it goes into the draft of the rules first: a dry run says whose tags change, then publish.',
    toDraft: 'See the draft',
  },
);

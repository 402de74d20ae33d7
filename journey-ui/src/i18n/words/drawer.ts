import { area } from '../area.ts';

export const drawer = area(
  {
    label: '问题、状态机与版本',
    problems: '问题',
    asl: '状态机 ASL',
    versions: '版本',
    fold: '收起',
    unfold: '展开',
    aslNone: '先解决标红的问题，这里就会显示将要发布的状态机。',
    versionsNone: '还没有发布过。发布之后，每个版本都会留在这里。',
    publishedAt: '发布于 {{at}}',
    seeLive: '看实况',
  },
  {
    label: 'Problems, state machine and versions',
    problems: 'Problems',
    asl: 'State machine (ASL)',
    versions: 'Versions',
    fold: 'Fold',
    unfold: 'Unfold',
    aslNone: 'Solve the problems marked red, and the state machine to be published shows here.',
    versionsNone: 'Not published yet. Every version you publish stays here.',
    publishedAt: 'published {{at}}',
    seeLive: 'See live',
  },
);

export const problems = area(
  {
    none: '没有问题，可以发布。',
    journey: '整条旅程',
    error: '错误',
    warning: '提醒',
    errors_one: '{{count}} 个错误',
    errors_other: '{{count}} 个错误',
    warnings_one: '{{count}} 个提醒',
    warnings_other: '{{count}} 个提醒',
  },
  {
    none: 'No problems. Ready to publish.',
    journey: 'The journey',
    error: 'Error',
    warning: 'Warning',
    errors_one: '{{count}} error',
    errors_other: '{{count}} errors',
    warnings_one: '{{count}} warning',
    warnings_other: '{{count}} warnings',
  },
);

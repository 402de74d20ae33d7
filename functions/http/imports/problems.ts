import type { ImportJob, LineRange } from '../../../shared/imports/index.ts';
import type { Words } from '../../../shared/words.ts';
import { ApiError } from '../errors.ts';

const STATUS: Readonly<Record<ImportJob['status'], Words>> = {
  running: { zh: '进行中', en: 'under way' },
  paused: { zh: '已暂停', en: 'paused' },
  done: { zh: '已完成', en: 'done' },
};

export const notRunning = ({ status }: ImportJob): ApiError =>
  new ApiError(409, {
    code: 'import-status',
    message: {
      zh: `这次导入${STATUS[status].zh}，现在不能这样做。`,
      en: `This import is ${STATUS[status].en}; that cannot be done now.`,
    },
    next: {
      zh: '已暂停的先继续；已完成的请重新导入。',
      en: 'Go on with one that is paused; begin a new one after one that is done.',
    },
    at: 'status',
  });

/** Lines cannot be cut in two ways: nothing would say which of them are done. */
export const otherChunk = (before: LineRange): ApiError =>
  new ApiError(
    409,
    {
      code: 'import-chunk',
      message: {
        zh: `从第 ${before.from} 行开始的一批到第 ${before.to} 行为止已经导入。`,
        en: `The chunk that begins at line ${before.from} is done up to line ${before.to}.`,
      },
      next: { zh: '读取进度，从没有完成的行继续。', en: 'Ask how far the import is and go on from there.' },
      at: 'to',
    },
    { current: before },
  );

export const notEverything = (done: readonly LineRange[]): ApiError =>
  new ApiError(
    409,
    {
      code: 'import-gap',
      message: { zh: '还有没有导入的行。', en: 'Some lines are not imported yet.' },
      next: { zh: '读取进度，把缺的行补上。', en: 'Ask how far the import is and bring the lines that are missing.' },
    },
    { current: { done } },
  );

export const notPublisher = (): ApiError =>
  new ApiError(403, {
    code: 'forbidden',
    message: {
      zh: '让导入触发旅程需要「publisher」权限。',
      en: 'An import that may start journeys needs the role “publisher”.',
    },
    next: { zh: '关掉「触发旅程」，或请有权限的人来导入。', en: 'Leave journeys out, or ask somebody who may.' },
    at: 'request.startJourneys',
  });

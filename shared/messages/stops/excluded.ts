import type { Stop } from './stop.ts';

/** 排斥点: she has a tag that says such content is not for her, and the message says what it is about. */
export const excluded: Stop = {
  name: 'excluded',
  check: ({ topics, guards, customer }) => {
    if (topics === undefined || topics.length === 0) return undefined;
    for (const { key, name, excludes } of guards ?? []) {
      const topic = excludes.find((each) => topics.includes(each));
      if (topic === undefined || customer.tags[key] === undefined) continue;
      return {
        hold: 'excluded',
        words: {
          zh: `被排斥点「${name.zh}」拦下：内容涉及「${topic}」`,
          en: `excluded by “${name.en}”: the message is about “${topic}”`,
        },
      };
    }
    return undefined;
  },
};

import type { Words } from './words.ts';

/** The five stages of a customer relationship, in the order in which it deepens (seed B, S100–S105). */
export const STAGES = ['touch', 'trial', 'engage', 'monetize', 'loyalty'] as const;
export type Stage = (typeof STAGES)[number];

export const STAGE_NAMES: Record<Stage, Words> = {
  touch: { zh: '触达', en: 'Touch' },
  trial: { zh: '初体验', en: 'Trial' },
  engage: { zh: '深度互动', en: 'Engage' },
  monetize: { zh: '价值兑现', en: 'Monetize' },
  loyalty: { zh: '忠诚', en: 'Loyalty' },
};

export const STAGE_AIMS: Record<Stage, Words> = {
  touch: { zh: '引导首次接触', en: 'Make first contact' },
  trial: { zh: '建立正向反馈', en: 'A first good experience' },
  engage: { zh: '提升使用粘性', en: 'Make it a habit' },
  monetize: { zh: '实现转化跃迁', en: 'Turn value into orders' },
  loyalty: { zh: '形成生态归属', en: 'Belong and recommend' },
};

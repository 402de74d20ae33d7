import { expect, test } from 'vitest';
import { BY_KEY } from '../../rules/index.ts';
import { STAGES } from '../../stages.ts';
import { stage } from './index.ts';

test('every stage can be chosen and named, nothing else', () => {
  for (const name of STAGES) expect(stage.face.summary({ stage: name }, 'zh', BY_KEY)).toMatch(/「.+」/);
  expect(stage.config.safeParse({ stage: 'heaven' }).success).toBe(false);
});

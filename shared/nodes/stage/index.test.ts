import { expect, test } from 'vitest';
import { STAGES } from '../../stages.ts';
import { stage } from './index.ts';

test('every stage can be chosen and named, nothing else', () => {
  for (const name of STAGES) expect(stage.face.summary({ stage: name }, 'zh')).toMatch(/「.+」/);
  expect(stage.config.safeParse({ stage: 'heaven' }).success).toBe(false);
});

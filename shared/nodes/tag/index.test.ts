import { expect, test } from 'vitest';
import { BY_KEY } from '../../rules/index.ts';
import { tag } from './index.ts';

test('a card without a tag is refused', () => {
  expect(tag.config.safeParse({ op: 'add', keys: [] }).success).toBe(false);
});

test('the card names the tags', () => {
  expect(tag.face.summary({ op: 'remove', keys: ['A', 'B'] }, 'zh', BY_KEY)).toBe('去掉 A、B');
  expect(tag.face.summary({ op: 'add', keys: ['A', 'B'] }, 'en', BY_KEY)).toBe('Add A, B');
});

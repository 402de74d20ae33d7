import { expect, it } from 'vitest';
import { sentence } from '../rules/index.ts';
import { namesIn, tagName } from './index.ts';

const condition = { all: [{ tag: '新客' }, { not: { tag: '买过:面霜' } }, { segment: 'dormant' }, { tag: '没有的' }] };
const ruleset = {
  tags: [
    { key: '新客', name: { zh: '新客', en: 'New customer' }, category: 'value', manual: true as const },
    {
      key: '买过',
      name: { zh: '买过', en: 'Bought' },
      category: 'value',
      when: { did: { event: 'Order Completed' } },
      family: { by: 'properties.category', bound: 5 },
    },
  ],
  segments: [
    {
      id: 'dormant',
      name: { zh: '沉默群体', en: 'Dormant customers' },
      goal: { zh: '唤醒', en: 'Wake' },
      when: { tag: '新客' },
    },
  ],
};

it('a rule speaks of tags and segments by the names that people gave them, in their language', () => {
  expect(sentence(condition as never, namesIn(ruleset as never))).toEqual({
    zh: '有标签「新客」，且没有标签「买过：面霜」，且在人群「沉默群体」里，且有标签「没有的」',
    en: 'has the tag “New customer”, and does not have the tag “Bought: 面霜”, and is in the segment “Dormant customers”, and has the tag “没有的”',
  });
});

it('of a value of a family says whose it is, and leaves what nobody named as it is', () => {
  expect(tagName('买过:面霜', ruleset as never)).toEqual({ zh: '买过：面霜', en: 'Bought: 面霜' });
  expect(tagName('没有的', ruleset as never)).toEqual({ zh: '没有的', en: '没有的' });
});

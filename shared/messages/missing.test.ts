import { expect, it } from 'vitest';
import { contextOf } from './context.ts';
import { missingVariables } from './missing.ts';

const cause = { type: 'event' as const, name: 'Order', at: '2026-03-01T00:00:00Z', properties: { total: 0, note: '' } };
const she = contextOf({ id: 'u-1', traits: { name: '梅', plan: { name: 'pro' } }, tags: {} }, cause, {
  id: 'j',
  name: 'J',
});
const said = (...templates: string[]) =>
  missingVariables(templates, she).map(({ name, covered }) => `${name}${covered ? ' (default)' : ''}`);

it('names what has no value for her, and whether the template knows what to say instead', () => {
  expect(said('{{ user.name }} {{ user.plan.name }} {{ event.properties.total }} {{ journey.name }}')).toEqual([]);
  expect(said('{{ user.nickname }}', '{{ event.properties.note | upcase }}')).toEqual([
    'user.nickname',
    'event.properties.note',
  ]);
  expect(said("{{ user.nickname | default: '朋友' }}")).toEqual(['user.nickname (default)']);
  expect(said("{{ user.nickname | default: '朋友' }}{{ user.nickname }}")).toEqual(['user.nickname']);
  expect(said('{% if user.city == "上海" %}沪{% endif %}')).toEqual(['user.city']);
  expect(said('{% assign x = 1 %}{{ x }}{% for p in event.properties.products %}{{ p.name }}{% endfor %}')).toEqual([
    'event.properties.products',
  ]);
});

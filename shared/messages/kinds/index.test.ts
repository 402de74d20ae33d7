import { expect, test } from 'vitest';
import { differsForEach, overLimits, TEMPLATE_KINDS } from './index.ts';

const { dm, group, moments } = TEMPLATE_KINDS;

test('a text is as long as its kind takes it, in bytes and in characters', () => {
  expect(overLimits('好'.repeat(1333), dm)).toBeUndefined();
  expect(overLimits('好'.repeat(1334), dm)?.zh).toContain('4002 字节');
  expect(overLimits('a'.repeat(2000), moments)).toBeUndefined();
  expect(overLimits('a'.repeat(2001), moments)?.en).toContain('2001 characters');
  expect(overLimits('好'.repeat(1400), moments)?.en).toContain('bytes');
});

test('what all read at once cannot speak to one of them', () => {
  for (const text of [
    '{{ user.name }}，你好',
    '{% if user.tags contains "VIP" %}尊贵{% endif %}',
    '{{ event.properties.total }}',
  ]) {
    expect([differsForEach(text, dm), differsForEach(text, group), differsForEach(text, moments)]).toEqual([
      false,
      true,
      true,
    ]);
  }
  expect(differsForEach('今晚八点上新 {{ company.name }}', moments)).toBe(false);
});

test('each kind says in both languages what goes with it, and how often it goes', () => {
  for (const { id, label, attachments, frequency } of Object.values(TEMPLATE_KINDS)) {
    for (const words of [label, attachments, frequency])
      expect([id, words.zh && words.en]).toEqual([id, expect.stringMatching(/./)]);
  }
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maskText, maskTraits } from './index.ts';

test('a customer can be told from another and not be reached', () => {
  const traits = {
    name: '李小薇',
    nickname: 'Lili',
    phone: '138 1234 5678',
    email: 'li.wei@example.com',
    birthday: '1990-01-01',
    address: { city: '上海', street: '南京路 1 号' },
    city: '上海',
    orders: 3,
  };
  expect(maskTraits(traits)).toEqual({
    name: '李**',
    nickname: 'L***',
    phone: '138****5678',
    email: 'l***@example.com',
    birthday: '***',
    address: '***',
    city: '上海',
    orders: 3,
  });
});

test('what lies deeper in an event is masked too, and products keep their names', () => {
  const properties = { contact: { mobile: '13812345678', store: '南京路店' }, products: [{ name: '面霜', price: 9 }] };
  expect(maskTraits(properties)).toEqual({
    contact: { mobile: '138****5678', store: '南京路店' },
    products: [{ name: '面霜', price: 9 }],
  });
});

test('a text written for her says her name and number no more than her traits do', () => {
  const traits = { name: '李小薇', phone: '13812345678', city: '上海' };
  expect(maskText('给李小薇打电话 13812345678，问问上海的门店', traits)).toBe(
    '给李**打电话 138****5678，问问上海的门店',
  );
});

test('whatever she is called, a text does not say it', () => {
  const name = fc.string({ minLength: 2, maxLength: 12 }).filter((s) => s.trim().length > 2 && !/[*]/.test(s));
  fc.assert(
    fc.property(name, fc.string(), (written, rest) => {
      expect(maskText(`${rest}${written}`, { name: written })).not.toContain(written.trim());
    }),
  );
});

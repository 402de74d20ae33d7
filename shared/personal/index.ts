/**
 * Personal data as those see it who need not know it: enough to tell two customers apart, not enough to reach one. What
 * is personal goes by the names that Segment's libraries, WeCom and our imports give to traits.
 */

type Mask = (value: string) => string;

const FULL = '***';

/** 李*, A***: the first letter of a name. */
const name: Mask = (value) => {
  const [first = ''] = value;
  return /\p{Script=Han}/u.test(first)
    ? `${first}${'*'.repeat(Math.max(1, Math.min(2, [...value].length - 1)))}`
    : `${first}${FULL}`;
};

/** 138****5678; of short numbers the last two. */
const phone: Mask = (value) => {
  const digits = value.replace(/\D/g, '');
  return digits.length >= 8 ? `${digits.slice(0, 3)}****${digits.slice(-4)}` : `${FULL}${digits.slice(-2)}`;
};

/** m***@example.com */
const email: Mask = (value) => {
  const at = value.lastIndexOf('@');
  return at > 0 ? `${value[0]}${FULL}${value.slice(at)}` : FULL;
};

const whole: Mask = () => FULL;

const PERSONAL: Readonly<Record<string, Mask>> = {
  name,
  nickname: name,
  firstname: name,
  lastname: name,
  username: name,
  realname: name,
  remark: name,
  phone,
  mobile: phone,
  telephone: phone,
  email,
  address: whole,
  avatar: whole,
  birthday: whole,
  description: whole,
  idnumber: whole,
  idcard: whole,
  wechat: whole,
  unionid: whole,
  openid: whole,
  wecomunionid: whole,
};

const maskOf = (trait: string): Mask | undefined => PERSONAL[trait.toLowerCase().replace(/[^a-z]/g, '')];

/**
 * A value under this name as it is shown; an object under a personal name is hidden whole. Lists are left alone: they
 * are of things (the products of an order have names, too).
 */
export function maskValue(trait: string, value: unknown): unknown {
  const mask = maskOf(trait);
  if (value === undefined || value === null) return value;
  if (mask !== undefined) return typeof value === 'string' || typeof value === 'number' ? mask(String(value)) : FULL;
  return isBag(value) ? maskTraits(value) : value;
}

const isBag = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Traits, or the properties of an event, with what is personal masked at every depth. */
export const maskTraits = (traits: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(traits).map(([trait, value]) => [trait, maskValue(trait, value)]));

/**
 * A text that was written about a customer: what it says of her traits is masked, wherever it stands. Not covered: what
 * somebody typed into a text that is none of her traits.
 */
export function maskText(text: string, traits: Readonly<Record<string, unknown>>): string {
  const known = Object.entries(traits)
    .flatMap(([trait, value]) => {
      const mask = maskOf(trait);
      const written = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
      return mask === undefined || [...written].length < 2 ? [] : [{ written, masked: mask(written) }];
    })
    .sort((a, b) => b.written.length - a.written.length);
  return known.reduce((said, { written, masked }) => said.replaceAll(written, masked), text);
}

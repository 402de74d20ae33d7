import { utf8Length } from '../../utf8-length.ts';
import type { Words } from '../../words.ts';
import { dm } from './dm.ts';
import { group } from './group.ts';
import { moments } from './moments.ts';
import type { TemplateKind } from './template-kind.ts';

export const TEMPLATE_KINDS = { dm, group, moments } as const satisfies Record<string, TemplateKind>;
export type TemplateKindId = keyof typeof TEMPLATE_KINDS;

/** What of a text is over the limits of its kind, in words; undefined when it fits. */
export function overLimits(text: string, { label, limits }: TemplateKind): Words | undefined {
  const bytes = utf8Length(text);
  const characters = [...text].length;
  if (limits.characters !== undefined && characters > limits.characters) {
    return {
      zh: `${characters} 字，「${label.zh}」最多 ${limits.characters} 字`,
      en: `${characters} characters; a text of the kind “${label.en}” has ${limits.characters} at most`,
    };
  }
  if (bytes <= limits.bytes) return undefined;
  return {
    zh: `${bytes} 字节，「${label.zh}」最多 ${limits.bytes} 字节`,
    en: `${bytes} bytes; a text of the kind “${label.en}” has ${limits.bytes} at most`,
  };
}

/** `{{ … }}` and `{% … %}` that speak of the customer or of what she did: another text for each of them. */
const OF_HER = /\{\{[^}]*\b(user|event|coupon)\b|\{%[^%]*\b(user|event|coupon)\b/;

/** Does the text differ from customer to customer where all read the same? */
export const differsForEach = (template: string, { perCustomer }: TemplateKind): boolean =>
  !perCustomer && OF_HER.test(template);

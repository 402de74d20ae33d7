import type { Diagnostic } from '../../shared/diagnostics.ts';
import type { TagHeld } from '../../shared/profile/index.ts';
import { definitionOf, type Ruleset, tagName } from '../../shared/tags/index.ts';
import type { Words } from '../../shared/words.ts';

/**
 * What is wrong with tags that somebody wants to give or take by hand, each with its place (`add.0`): keys that the
 * ruleset does not know, and tags that a rule alone keeps, which would be put right at the next evaluation. A tag that
 * she holds although it was deleted from the ruleset can still be taken off.
 */
export function problemsByHand(
  wanted: { readonly add: readonly string[]; readonly remove: readonly string[] },
  held: Readonly<Record<string, TagHeld>>,
  ruleset: Ruleset,
): Diagnostic[] {
  const check = (op: 'add' | 'remove') => (key: string, index: number) => {
    const definition = definitionOf(key, ruleset);
    const field = `${op}.${index}`;
    if (definition === undefined) return op === 'remove' && key in held ? [] : [unknown(key, field)];
    return definition.manual === true ? [] : [byRule(tagName(key, ruleset), field)];
  };
  return [...wanted.add.flatMap(check('add')), ...wanted.remove.flatMap(check('remove'))];
}

const unknown = (key: string, field: string): Diagnostic => ({
  code: 'tag-unknown',
  severity: 'error',
  field,
  message: { zh: `标签体系里没有「${key}」。`, en: `There is no tag “${key}”.` },
  next: { zh: '检查名称，或先在「标签」里建立它。', en: 'Check the name, or create the tag first.' },
});

const byRule = (name: Words, field: string): Diagnostic => ({
  code: 'tag-by-rule',
  severity: 'error',
  field,
  message: {
    zh: `「${name.zh}」由规则维护，不能手动打上或去掉。`,
    en: `“${name.en}” is kept by its rule; it cannot be given or taken by hand.`,
  },
  next: {
    zh: '改它的规则，或在「标签」里允许手动打标。',
    en: 'Change its rule, or allow setting the tag by hand.',
  },
});

import type { CustomerEvent } from '../../shared/events/index.ts';
import type { TagHeld } from '../../shared/profile/index.ts';
import type { Names } from '../../shared/rules/index.ts';
import {
  type CompiledRuleset,
  definitionOf,
  lastConfirmed,
  namesIn,
  ruleSentence,
  type TagDefinition,
  tagName,
} from '../../shared/tags/index.ts';
import type { Words } from '../../shared/words.ts';

/**
 * A customer's tags as the Console shows them: named, with the rule that gave them in words, and when it was last
 * confirmed.
 *
 * @param events the newest of her kept events, the newest first
 */
export function tagsHeld(
  tags: Readonly<Record<string, TagHeld>>,
  rules: CompiledRuleset,
  events: readonly CustomerEvent[],
) {
  const { ruleset } = rules;
  const names = namesIn(ruleset);
  return Object.entries(tags).map(([key, held]) => {
    const definition = definitionOf(key, ruleset);
    return {
      key,
      name: tagName(key, ruleset),
      category: definition?.category ?? 'basic',
      ...held,
      confirmedAt: lastConfirmed(key, held.since, events, rules),
      why: whyOf(held, definition, names),
    };
  });
}

function whyOf(held: TagHeld, definition: TagDefinition | undefined, names: Names): Words {
  if (held.manual === true) return { zh: '由人工或旅程打上', en: 'Given by hand or by a journey' };
  if (definition === undefined) return { zh: '规则已不存在', en: 'The rule is no longer there' };
  return ruleSentence(definition, names);
}

import { isDeepStrictEqual } from 'node:util';
import type { Ruleset } from '../../../shared/tags/index.ts';
import { CommandError } from '../command.ts';
import type { StackClient } from '../stack-client.ts';

/**
 * Adds the tags of a ruleset file to those that are there; a tag or group of the same key is replaced, and the file's
 * zone is taken over. Nothing is written where all of it is there already, so that a second replay changes nothing.
 * The API checks the whole and names what is wrong.
 */
export async function installRules(stack: StackClient, file: unknown): Promise<void> {
  const there = await stack.get<Ruleset>('/api/ruleset');
  if (!isRules(file)) throw new CommandError(NO_RULES, 'rules-file');
  const wanted = file;
  const ruleset = {
    ...there,
    zone: wanted.zone ?? there.zone,
    groups: merge(there.groups, wanted.groups ?? [], (group) => group.id),
    tags: merge(there.tags, wanted.tags ?? [], (tag) => tag.key),
  };
  if (isDeepStrictEqual(ruleset, there)) return;
  await stack.put('/api/ruleset', { ruleset, baseVersion: there.version });
}

/** Only that there is something to put together: the API checks the rest. */
function isRules(file: unknown): file is Ruleset {
  if (typeof file !== 'object' || file === null) return false;
  const { tags, groups = [] } = file as { tags?: unknown; groups?: unknown };
  return [tags, groups].every((list) => Array.isArray(list) && list.every((one) => typeof one === 'object' && one));
}

const NO_RULES = {
  zh: '--rules 的文件不是规则：须是含 tags 列表的 JSON 对象。',
  en: 'The file of --rules holds no rules: it must be a JSON object with a list of tags.',
};

function merge<T>(there: readonly T[], wanted: readonly T[], key: (item: T) => string): T[] {
  const replaced = new Map(wanted.map((item) => [key(item), item]));
  const kept = there.map((item) => replaced.get(key(item)) ?? item);
  const known = new Set(there.map(key));
  return [...kept, ...wanted.filter((item) => !known.has(key(item)))];
}

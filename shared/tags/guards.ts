import type { Words } from '../words.ts';
import type { Ruleset } from './ruleset.ts';

/** A tag whose holders are sent nothing about these topics. */
export interface Guard {
  readonly key: string;
  readonly name: Words;
  readonly excludes: readonly string[];
}

/** The tags that exclude topics, in the order of the ruleset. */
export const guardsOf = ({ tags }: Ruleset): readonly Guard[] =>
  tags.flatMap(({ key, name, excludes }) => (excludes === undefined ? [] : [{ key, name, excludes }]));

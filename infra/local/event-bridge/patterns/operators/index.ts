import type { PatternOperator } from '../operator.ts';
import { anythingBut } from './anything-but.ts';
import { cidr } from './cidr.ts';
import { equalsIgnoreCase } from './equals-ignore-case.ts';
import { exactly } from './exact.ts';
import { exists } from './exists.ts';
import { numeric } from './numeric.ts';
import { prefix } from './prefix.ts';
import { suffix } from './suffix.ts';
import { wildcard } from './wildcard.ts';

/** Every operator of the pattern language; a new one is a file and a line here. */
export const OPERATORS: ReadonlyMap<string, PatternOperator> = new Map(
  [anythingBut, cidr, equalsIgnoreCase, exactly, exists, numeric, prefix, suffix, wildcard].map((operator) => [
    operator.name,
    operator,
  ]),
);

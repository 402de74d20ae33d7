export { matches } from './match.ts';
export { InvalidPattern } from './operator.ts';
export { type Pattern, parsePattern } from './pattern.ts';
export { indexRules, type RuleIndex } from './rule-index.ts';

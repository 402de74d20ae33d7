/**
 * The part of JSONPath that EventBridge knows: names after dots, indexes and `*` in brackets or after a dot.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export type JsonPath = readonly Step[];

type Step = { readonly name: string } | { readonly index: number } | 'all';

/** Undefined for a text that is no such path. */
export function parsePath(text: string): JsonPath | undefined {
  if (!text.startsWith('$')) return undefined;
  const steps: Step[] = [];
  const step = /\.(\*)|\.([\w/-]+)|\[(\d+)\]|\[(\*)\]|\['([^']+)'\]|\["([^"]+)"\]/y;
  step.lastIndex = 1;
  while (step.lastIndex < text.length) {
    const match = step.exec(text);
    if (!match) return undefined;
    const [, star, name, index, all, quoted, doubled] = match;
    const named = name ?? quoted ?? doubled;
    if (star ?? all) steps.push('all');
    else steps.push(named === undefined ? { index: Number(index) } : { name: named });
  }
  return steps;
}

/** What lies at the path; a path with `*` gives a list. Undefined when there is nothing. */
export function at(value: unknown, path: JsonPath): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (typeof value !== 'object' || value === null) return undefined;
  if (step === 'all') {
    const found = Object.values(value).flatMap((one) => at(one, rest) ?? []);
    return found.length > 0 ? found : undefined;
  }
  if ('index' in step) return Array.isArray(value) ? at(value[step.index], rest) : undefined;
  return Object.hasOwn(value, step.name) ? at((value as Record<string, unknown>)[step.name], rest) : undefined;
}

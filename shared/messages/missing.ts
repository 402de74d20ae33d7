import { readPath } from '../rules/index.ts';
import type { MessageContext } from './context.ts';
import { engine } from './engine.ts';

/** A variable of a template that has no value. */
export interface Missing {
  /** user.nickname */
  readonly name: string;
  /** The template says what stands there instead wherever it is written out. */
  readonly covered: boolean;
}

/** The variables of these templates, which parse, that have no value for this customer. */
export function missingVariables(templates: readonly string[], context: MessageContext): readonly Missing[] {
  const found = new Map<string, boolean>();
  for (const template of templates) {
    const outputs = outputsOf(template);
    for (const path of engine.globalVariableSegmentsSync(template)) {
      // A part that is itself a variable can only be known when it is rendered.
      if (!path.every((part) => typeof part === 'string' || typeof part === 'number')) continue;
      const name = path.join('.');
      const value = readPath(context, path.map(String));
      if (value !== undefined && value !== null && value !== '') continue;
      const mine = outputs.filter((output) => output.path === name || output.path.startsWith(`${name}.`));
      const covered = mine.length > 0 && mine.every((output) => output.hasDefault);
      found.set(name, covered && (found.get(name) ?? true));
    }
  }
  return [...found].map(([name, covered]) => ({ name, covered }));
}

/**
 * Variables that are written out although they may have no value: without a default, not asked for by a tag, in a text
 * that does not give up by itself. Her id and the journey's always have one.
 */
export function bareVariables(templates: readonly string[]): readonly string[] {
  const bare = templates.flatMap((template) => {
    if (template.includes('abort_message')) return [];
    const asked = [...template.matchAll(/\{%-?\s*(?:if|elsif|unless|case|for)\b(.*?)-?%\}/gs)].map(
      ([, inside = '']) => inside,
    );
    const made = [...template.matchAll(/\{%-?\s*(?:assign|for|capture)\s+(\w+)/g)].map(([, name = '']) => name);
    const known = (path: string): boolean =>
      /^(user\.id$|journey\.)/.test(path) ||
      made.includes(path.split('.')[0]!) ||
      asked.some((inside) => inside.split(/[^\w.$-]+/).includes(path));
    return outputsOf(template).flatMap(({ path, hasDefault }) => (hasDefault || known(path) ? [] : [path]));
  });
  return [...new Set(bare)].filter((path) => path !== '');
}

/** What is written out, `{{ path | … }}`: by which path, and whether a default stands behind it. */
function outputsOf(template: string) {
  return [...template.matchAll(/\{\{-?\s*([\w.$-]+)\s*((?:\|.*?)?)-?\}\}/gs)].map(([, path = '', filters = '']) => ({
    path,
    hasDefault: /\|\s*default\s*:/.test(filters),
  }));
}

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

/** What is written out, `{{ path | … }}`: by which path, and whether a default stands behind it. */
function outputsOf(template: string) {
  return [...template.matchAll(/\{\{-?\s*([\w.$-]+)\s*((?:\|.*?)?)-?\}\}/gs)].map(([, path = '', filters = '']) => ({
    path,
    hasDefault: /\|\s*default\s*:/.test(filters),
  }));
}

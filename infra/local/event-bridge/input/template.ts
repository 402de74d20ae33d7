/**
 * InputTemplate of a target: text with `<variables>`. In a template that is JSON a variable alone stands for a value, one
 * within quotes for text.
 */

/** What the variables are: those of the InputPathsMap, and AWS's own. */
export type Variables = (name: string) => Variable | undefined;

/** `json` is how it is written where a value stands; a text variable is written with quotes there. */
export type Variable = { readonly value: unknown; readonly alwaysJson?: true };

const VARIABLE = /<([^<>]+)>/g;

export const variablesIn = (template: string): string[] =>
  [...template.matchAll(VARIABLE)].map(([, name]) => name as string);

export const isJsonTemplate = (template: string) => /^\s*[{[]/.test(template);

/** Variables that nothing is known of are left as they are. */
export function fillTemplate(template: string, variables: Variables): string {
  const json = isJsonTemplate(template);
  let within = false;
  let filled = '';
  let from = 0;
  for (const match of template.matchAll(VARIABLE)) {
    const before = template.slice(from, match.index);
    filled += before;
    from = match.index + match[0].length;
    within = endsWithin(before, within);
    const variable = variables(match[1] as string);
    filled += variable ? written(variable, json && !within, within) : match[0];
  }
  return filled + template.slice(from);
}

/** Whether a text ends between quotes, when it began so or not. */
function endsWithin(text: string, within: boolean): boolean {
  let inside = within;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '"') inside = !inside;
  }
  return inside;
}

function written({ value, alwaysJson }: Variable, asValue: boolean, within: boolean): string {
  // What is not there is an empty text.
  const known = value === undefined || value === null ? '' : value;
  if (asValue || alwaysJson) return JSON.stringify(known);
  const text = typeof known === 'string' ? known : JSON.stringify(known);
  return within ? JSON.stringify(text).slice(1, -1) : text;
}

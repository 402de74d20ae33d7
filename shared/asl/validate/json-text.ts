/** Tells a text that is no JSON as AWS does (its parser is Jackson): what was met, and where. */
import type { DefinitionDiagnostic } from './diagnostic.ts';

const EXPECTED = "was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

/** A diagnostic for the error that JSON.parse threw on `text`. */
export function jsonTextDiagnostic(text: string): DefinitionDiagnostic {
  const at = errorPosition(text);
  const token = /^[\w$]+/.exec(text.slice(at))?.[0];
  // Jackson names the column after the token, counted from one.
  const end = at + (token?.length ?? 0);
  const lines = text.slice(0, end).split('\n');
  const location = `[Source: (String)"${text.slice(0, 500)}"; line: ${lines.length}, column: ${(lines.at(-1)?.length ?? 0) + 1}]`;
  const what = token
    ? `Unrecognized token '${token}': ${EXPECTED}`
    : at >= text.length
      ? 'Unexpected end-of-input'
      : `Unexpected character ('${text[at]}' (code ${text.charCodeAt(at)}))`;
  return { severity: 'ERROR', code: 'INVALID_JSON_DESCRIPTION', message: `${what}\n at ${location}`, location };
}

/** The first place at which no JSON text can go on: the shortest beginning that already fails otherwise than by its end. */
function errorPosition(text: string): number {
  const found = /position (\d+)/.exec(messageOf(text))?.[1];
  if (found !== undefined) return Number(found);
  const start = /\S/.exec(text)?.index ?? text.length;
  return /Unexpected end/.test(messageOf(text)) ? text.length : start;
}

function messageOf(text: string): string {
  try {
    JSON.parse(text);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

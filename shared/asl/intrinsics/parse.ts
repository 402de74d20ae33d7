/** Parses `States.Name(argument, …)`: literals, paths and nested calls. Parsed calls are kept. */
import type { Json } from '../json.ts';
import { type Path, parsePath } from '../jsonpath/parse.ts';

export type Expression =
  | { kind: 'literal'; value: Json }
  | { kind: 'path'; path: Path }
  | { kind: 'call'; name: string; args: Expression[] };

/** Thrown for a text that is no intrinsic function call. */
class IntrinsicSyntaxError extends Error {}

const cache = new Map<string, Expression>();
const CACHE_LIMIT = 5_000;

/** True when a template's string is an intrinsic call rather than a path. */
export function isIntrinsic(text: string): boolean {
  return /^\s*States\.\w+\s*\(/.test(text);
}

/** Parses a path or an intrinsic call. Throws IntrinsicSyntaxError or PathSyntaxError. */
export function parseExpression(text: string): Expression {
  let expression = cache.get(text);
  if (!expression) {
    expression = text.startsWith('$') ? { kind: 'path', path: parsePath(text) } : new Parser(text).whole();
    if (cache.size >= CACHE_LIMIT) cache.clear();
    cache.set(text, expression);
  }
  return expression;
}

class Parser {
  readonly text: string;
  at = 0;
  constructor(text: string) {
    this.text = text;
  }

  whole(): Expression {
    const found = this.expression();
    this.space();
    if (this.at < this.text.length) throw this.wrong();
    return found;
  }

  private expression(): Expression {
    this.space();
    const sign = this.text[this.at];
    if (sign === "'") return { kind: 'literal', value: this.string() };
    if (sign === '$') return { kind: 'path', path: parsePath(this.pathText()) };
    const name = /^States\.\w+/.exec(this.text.slice(this.at))?.[0];
    if (name) return this.call(name);
    const literal = /^(?:-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true\b|false\b|null\b)/.exec(this.text.slice(this.at))?.[0];
    if (literal === undefined) throw this.wrong();
    this.at += literal.length;
    return { kind: 'literal', value: JSON.parse(literal) as Json };
  }

  private call(name: string): Expression {
    this.at += name.length;
    this.space();
    if (this.text[this.at++] !== '(') throw this.wrong();
    const args: Expression[] = [];
    this.space();
    if (this.text[this.at] === ')') {
      this.at++;
      return { kind: 'call', name, args };
    }
    for (;;) {
      args.push(this.expression());
      this.space();
      const sign = this.text[this.at++];
      if (sign === ')') return { kind: 'call', name, args };
      if (sign !== ',') throw this.wrong();
    }
  }

  /** A string in single quotes. `\'` and `\\` are unescaped here; `\{` and `\}` stay for States.Format. */
  private string(): string {
    let value = '';
    for (this.at++; this.at < this.text.length; this.at++) {
      const sign = this.text[this.at] as string;
      if (sign === "'") {
        this.at++;
        return value;
      }
      if (sign === '\\' && this.at + 1 < this.text.length) {
        const next = this.text[++this.at] as string;
        if (next === "'" || next === '\\') value += next;
        else if (next === 'n') value += '\n';
        else if (next === 't') value += '\t';
        else if (next === 'r') value += '\r';
        else if (next === '{' || next === '}') value += `\\${next}`;
        else throw this.wrong();
      } else value += sign;
    }
    throw this.wrong();
  }

  private pathText(): string {
    const from = this.at;
    let depth = 0;
    let quote = '';
    for (; this.at < this.text.length; this.at++) {
      const sign = this.text[this.at] as string;
      if (quote) {
        if (sign === quote) quote = '';
      } else if (depth > 0 && (sign === "'" || sign === '"')) quote = sign;
      else if (sign === '[' || sign === '(') depth++;
      else if (sign === ']') depth--;
      else if (sign === ')') {
        if (depth === 0) break;
        depth--;
      } else if ((sign === ',' || /\s/.test(sign)) && depth === 0) break;
    }
    return this.text.slice(from, this.at);
  }

  private space(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at++;
  }

  private wrong(): Error {
    return new IntrinsicSyntaxError(`Invalid intrinsic function at position ${this.at}: ${this.text}`);
  }
}

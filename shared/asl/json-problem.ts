/**
 * What is wrong with a text that is no JSON, in the words of AWS's parser (Jackson), which it shows to its callers.
 * Source: the messages of jackson-core's ReaderBasedJsonParser, and recordings of AWS.
 */
export interface JsonProblem {
  message: string;
  /** Where the parser stood when it gave up, both counted from one. */
  line: number;
  column: number;
}

const VALUES = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";
const ESCAPES = 'bfnrt"\\/u';

class Stop extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

/** Undefined for a text that is JSON. `unique`: no object may have a name twice, as no reader of JSON asks for by itself. */
export function jsonProblem(text: string, { unique = false } = {}): JsonProblem | undefined {
  try {
    new Scan(text, unique).whole();
    return undefined;
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    return { message: error.message, ...place(text, error.at) };
  }
}

function place(text: string, at: number): { line: number; column: number } {
  const lines = text.slice(0, at).split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

/** A place as Jackson writes it; of the text at most 500 signs are shown. */
export function sourceLocation(text: string, { line, column }: { line: number; column: number }): string {
  return `[Source: (String)"${text.slice(0, 500)}"; line: ${line}, column: ${column}]`;
}

class Scan {
  readonly text: string;
  private readonly unique: boolean;
  at = 0;
  constructor(text: string, unique: boolean) {
    this.text = text;
    this.unique = unique;
  }

  whole(): void {
    this.space();
    if (this.at >= this.text.length) throw new Stop('No content to map due to end-of-input', this.at);
    this.value();
    this.space();
    if (this.at < this.text.length) this.odd(`expected a valid value ${VALUES}`);
  }

  private value(): void {
    const sign = this.text[this.at] as string;
    if (sign === '{') {
      const names = new Set<string>();
      this.entries('Object', '}', () => this.member(names));
    } else if (sign === '[') this.entries('Array', ']', () => this.value());
    else if (sign === '"') this.string('was expecting closing quote for a string value');
    else if (sign === '-' || /\d/.test(sign)) this.number();
    else {
      const word = /^(?:null|true|false)(?![\w$])/.exec(this.text.slice(this.at))?.[0];
      if (!word) this.odd(`expected a valid value ${VALUES}`);
      this.at += (word as string).length;
    }
  }

  private entries(what: 'Object' | 'Array', close: string, entry: () => void): void {
    const opened = this.at++;
    this.closing(what, opened);
    if (this.text[this.at] === close) {
      this.at++;
      return;
    }
    for (;;) {
      entry();
      this.closing(what, opened);
      const sign = this.text[this.at];
      if (sign === close) {
        this.at++;
        return;
      }
      if (sign !== ',') this.unexpected(`was expecting comma to separate ${what} entries`);
      this.at++;
      this.closing(what, opened);
    }
  }

  private member(names: Set<string>): void {
    if (this.text[this.at] !== '"') this.unexpected('was expecting double-quote to start field name');
    const from = this.at;
    this.string('in field name');
    if (this.unique) {
      const name = JSON.parse(this.text.slice(from, this.at)) as string;
      if (names.has(name)) throw new Stop(`Duplicate field '${name}'`, this.at);
      names.add(name);
    }
    this.space();
    if (this.at >= this.text.length) throw new Stop('Unexpected end-of-input within/between Object entries', this.at);
    if (this.text[this.at] !== ':') this.unexpected('was expecting a colon to separate field name and value');
    this.at++;
    this.space();
    if (this.at >= this.text.length) throw new Stop('Unexpected end-of-input within/between Object entries', this.at);
    this.value();
  }

  private string(open: string): void {
    for (this.at++; this.at < this.text.length; this.at++) {
      const sign = this.text[this.at] as string;
      if (sign === '"') {
        this.at++;
        return;
      }
      const code = sign.charCodeAt(0);
      if (code < 32) {
        const why = 'has to be escaped using backslash to be included in string value';
        throw new Stop(`Illegal unquoted character ((CTRL-CHAR, code ${code})): ${why}`, this.at + 1);
      }
      if (sign === '\\') this.escape();
    }
    throw new Stop(`Unexpected end-of-input${open.startsWith('in') ? ' ' : ': '}${open}`, this.at);
  }

  private escape(): void {
    const sign = this.text[++this.at];
    if (sign === undefined) throw new Stop('Unexpected end-of-input in character escape sequence', this.at);
    if (!ESCAPES.includes(sign))
      throw new Stop(`Unrecognized character escape '${sign}' (code ${sign.charCodeAt(0)})`, this.at + 1);
    if (sign !== 'u') return;
    for (let i = 0; i < 4; i++) {
      this.at++;
      if (!/[\da-fA-F]/.test(this.text[this.at] ?? ''))
        this.unexpected('expected a hex-digit for character escape sequence');
    }
  }

  private number(): void {
    const rest = this.text.slice(this.at);
    const digits = /^-?\d*/.exec(rest)?.[0] as string;
    if (/^-?0\d/.test(digits))
      throw new Stop('Invalid numeric value: Leading zeroes not allowed', this.at + digits.indexOf('0') + 2);
    this.at += digits.length;
    if (digits === '-') this.inNumber('expected digit (0-9) to follow minus sign, for valid numeric value');
    if (this.text[this.at] === '.') {
      this.at++;
      this.digits('Decimal point not followed by a digit');
    }
    if (/[eE]/.test(this.text[this.at] ?? '')) {
      this.at += /[+-]/.test(this.text[this.at + 1] ?? '') ? 2 : 1;
      this.digits('Exponent indicator not followed by a digit');
    }
  }

  private digits(why: string): void {
    const found = /^\d+/.exec(this.text.slice(this.at))?.[0];
    if (!found) this.inNumber(why);
    this.at += (found as string).length;
  }

  /** What can be no value: a word is told whole, another sign as it stands. */
  private odd(why: string): never {
    const word = /^[\p{ID_Start}$_][\p{ID_Continue}$]*/u.exec(this.text.slice(this.at))?.[0];
    if (word) throw new Stop(`Unrecognized token '${word}': was expecting ${VALUES}`, this.at + word.length);
    return this.unexpected(why);
  }

  private unexpected(why: string): never {
    throw new Stop(`${this.sign()}: ${why}`, this.at + 1);
  }

  private inNumber(why: string): never {
    throw new Stop(`${this.sign()} in numeric value: ${why}`, this.at + 1);
  }

  private sign(): string {
    const sign = this.text[this.at];
    return sign === undefined
      ? 'Unexpected end-of-input'
      : `Unexpected character ('${sign}' (code ${sign.charCodeAt(0)}))`;
  }

  private space(): void {
    while (' \t\n\r'.includes(this.text[this.at] ?? '.')) this.at++;
  }

  /** Skips space inside something that must still be closed. */
  private closing(what: string, opened: number): void {
    this.space();
    if (this.at < this.text.length) return;
    const start = sourceLocation(this.text, place(this.text, opened));
    throw new Stop(`Unexpected end-of-input: expected close marker for ${what} (start marker at ${start})`, this.at);
  }
}

import { describe, expect, it } from 'vitest';
import { resolveImport, type SourceFile, sourceFiles } from './source-files.ts';

/*
 * The layout's rules, walked: shared is pure and imports nothing of the others; functions and journey-ui import shared;
 * infra reaches functions only as entry files (by path, never by import). What this does not see: code that reaches
 * outside through globals (the clock rule below looks for the usual ones).
 */
const files = sourceFiles();
const top = (path: string): string => path.split('/')[0] ?? '';
/** Tests, and what only they use: `testing/` folders beside the source. */
const isTest = (path: string): boolean => /\.test\.tsx?$|\/testing\//.test(path) || path.startsWith('test/');
const sources = files.filter((file) => !isTest(file.path));

const ALLOWED: Record<string, readonly string[]> = {
  shared: ['shared'],
  functions: ['functions', 'shared'],
  'journey-ui': ['journey-ui', 'shared'],
  infra: ['infra', 'shared'],
  bin: ['bin', 'infra'],
};

const PURE_PACKAGES = new Set([
  'zod',
  'luxon',
  'liquidjs',
  'tyme4ts',
  'jsonata',
  'saxes',
  '@zip.js/zip.js/lib/zip-core-native.js',
]);

function offences(
  list: readonly SourceFile[],
  wrong: (file: SourceFile, to: string | undefined, from: string) => boolean,
): string[] {
  return list.flatMap((file) =>
    file.imports
      .filter((line) => wrong(file, resolveImport(file, line), line.from))
      .map((line) => `${file.path} imports ${line.from}`),
  );
}

describe('the layout', () => {
  it('has sources to look at', () => {
    expect(sources.length).toBeGreaterThan(50);
  });

  it('lets each top-level folder import only what it may', () => {
    expect(
      offences(sources, (file, to) => to !== undefined && !(ALLOWED[top(file.path)] ?? []).includes(top(to))),
    ).toEqual([]);
  });

  it('keeps what only tests use out of the product', () => {
    expect(offences(sources, (_file, to) => to?.includes('/testing/') === true)).toEqual([]);
  });

  it('keeps shared free of the SDK, of React and of Node', () => {
    const shared = sources.filter((file) => file.path.startsWith('shared/') && !file.path.endsWith('card.tsx'));
    expect(offences(shared, (_file, to, from) => to === undefined && !PURE_PACKAGES.has(from))).toEqual([]);
  });

  it('keeps clocks, timers and randomness out of shared', () => {
    const words =
      /\b(Date\.now\(|new Date\(\)|Math\.random\(|setTimeout\(|setInterval\(|performance\.now\(|DateTime\.(now|local|utc)\(\))/;
    const shared = sources.filter((file) => file.path.startsWith('shared/') && !/\.generated\./.test(file.path));
    expect(shared.filter((file) => words.test(withoutComments(file.text))).map((file) => file.path)).toEqual([]);
  });

  it('gives handlers the time only through the clock port', () => {
    const words = /\b(Date\.now\(|new Date\(\)|setTimeout\()/;
    const handlers = sources.filter(
      (file) => file.path.startsWith('functions/') && !file.path.startsWith('functions/ports/clock'),
    );
    expect(handlers.filter((file) => words.test(withoutComments(file.text))).map((file) => file.path)).toEqual([]);
  });

  it('has no import cycle among modules that run', () => {
    expect(cycles(sources)).toEqual([]);
  });
});

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
}

function cycles(list: readonly SourceFile[]): string[] {
  const next = new Map(
    list.map((file) => [
      file.path,
      file.imports.filter((line) => !line.typeOnly).flatMap((line) => resolveImport(file, line) ?? []),
    ]),
  );
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const at = trail.indexOf(path);
    if (at >= 0) found.push([...trail.slice(at), path].join(' -> '));
    if (at >= 0 || done.has(path)) return;
    for (const to of next.get(path) ?? []) visit(to, [...trail, path]);
    done.add(path);
  };
  for (const path of next.keys()) visit(path, []);
  return found;
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { resolveImport, sourceFiles } from './source-files.ts';

/*
 * Code that nobody uses: files that nothing reaches, exports that nothing names, packages that nothing imports. Entries are what the outside
 * starts: handlers, the app, the console's main file, commands, configuration and tests. A name counts as used when
 * any file imports it (a test too), so this finds what is dead, not what is only tested.
 */
const files = sourceFiles();
const ENTRIES = [
  /^functions\/(events|streams|timers|steps|http)\/[^/]+\.ts$/,
  /^infra\/app\.ts$/,
  /^bin\//,
  /^infra\/cli\//,
  /^infra\/local\/test-support\//,
  /^journey-ui\/(src\/main\.tsx|vite\.config\.ts)$/,
  /\.test\.tsx?$/,
  /^test\/(bench|conformance|faults|support|browser)\//,
  /^shared\/nodes\/[^/]+\/card\.tsx$/,
  /\/generate[^/]*\.ts$/,
];
const isEntry = (path: string): boolean => ENTRIES.some((entry) => entry.test(path));

it('every source file is reached from somewhere', () => {
  const reached = new Set(files.flatMap((file) => file.imports.flatMap((line) => resolveImport(file, line) ?? [])));
  expect(files.map((file) => file.path).filter((path) => !isEntry(path) && !reached.has(path))).toEqual([]);
});

it('every export is named by somebody', () => {
  const used = new Map<string, Set<string>>();
  for (const file of files) {
    for (const line of file.imports) {
      const to = resolveImport(file, line);
      if (to === undefined) continue;
      const names = used.get(to) ?? new Set();
      for (const name of line.names) names.add(name);
      used.set(to, names);
    }
  }
  const isFace = (path: string): boolean => path.endsWith('/index.ts');
  const dead = files
    .filter((file) => !isEntry(file.path) && !isFace(file.path))
    .flatMap((file) => {
      const names = used.get(file.path) ?? new Set();
      if (names.has('*')) return [];
      return file.exports
        .filter((name) => !names.has(name) && !isSignature(file.text, name))
        .map((name) => `${file.path}: ${name}`);
    });
  expect(dead).toEqual([]);
});

it('every package is used: imported, named where it is looked up, or a tool of a script', () => {
  const root = join(import.meta.dirname, '..', '..');
  const read = (...path: string[]) => readFileSync(join(root, ...path), 'utf8');
  const { dependencies, devDependencies, optionalDependencies, scripts } = JSON.parse(read('package.json'));
  const texts = [
    ...files.map(({ text }) => text),
    ...['bin/pergola.mjs', 'vitest.config.ts'].map((file) => read(file)),
  ];
  const packages = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies });
  const isNamed = (name: string): boolean =>
    texts.some((text) => text.includes(`'${name}'`) || text.includes(`'${name}/`));
  const isTool = (name: string): boolean => {
    const { bin = {} } = JSON.parse(read('node_modules', name, 'package.json'));
    const commands = typeof bin === 'string' ? [name] : Object.keys(bin);
    const called = Object.values<string>(scripts).flatMap((script) => script.split(/\s+/));
    return commands.some((command) => called.includes(command));
  };
  /** Types belong to the package that they describe; Node's own and Lambda's are used where there is no package. */
  const isUsed = (name: string): boolean => {
    const typed = name.startsWith('@types/') ? name.slice('@types/'.length) : undefined;
    if (typed !== undefined) return typed === 'node' || packages.includes(typed) || isNamed(typed);
    return isNamed(name) || isTool(name);
  };
  expect(packages.filter((name) => !isUsed(name))).toEqual([]);
});

/** An exported type that describes an exported function's own argument or answer is part of that function. */
function isSignature(text: string, name: string): boolean {
  const declared = new RegExp(`export (interface|type) ${name}\\b`).test(text);
  return declared && (text.match(new RegExp(`\\b${name}\\b`, 'g'))?.length ?? 0) > 1;
}

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parseAst } from 'vite';

/** One `import`/`export … from`/`import()` of a source file. `names` are the imported names ("*" for all of them). */
export interface ImportLine {
  readonly from: string;
  readonly typeOnly: boolean;
  readonly names: readonly string[];
}

export interface SourceFile {
  /** Path from the repository's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly ImportLine[];
  readonly exports: readonly string[];
}

const ROOT = join(import.meta.dirname, '..', '..');
const TOPS = ['shared', 'functions', 'infra', 'journey-ui', 'test', 'bin'];
const SKIP = new Set(['node_modules', 'dist', 'cdk.out']);

interface AstNode {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** Every TypeScript source of the repository with what it imports and exports, read from its syntax tree. */
export function sourceFiles(): SourceFile[] {
  return TOPS.flatMap((top) => walk(join(ROOT, top))).map((file) => {
    const text = readFileSync(file, 'utf8');
    const lang = file.endsWith('x') ? 'tsx' : 'ts';
    const program = parseAst(text, { lang, sourceType: 'module' } as never) as unknown as AstNode;
    const path = relative(ROOT, file).replaceAll('\\', '/');
    return { path, text, ...readModule(program) };
  });
}

/** The repository path an import leads to, or undefined for a package or a Node built-in. */
export function resolveImport(file: SourceFile, line: ImportLine): string | undefined {
  if (!line.from.startsWith('.')) return undefined;
  return join(dirname(file.path), line.from.replace(/\?.*$/, '')).replaceAll('\\', '/');
}

function walk(folder: string): string[] {
  let entries: import('node:fs').Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
  return entries.flatMap((entry) => {
    if (SKIP.has(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return walk(path);
    return /\.(ts|tsx|mts)$/.test(entry.name) && !/\.d\.(ts|mts)$/.test(entry.name) && !/\.generated\./.test(entry.name)
      ? [path]
      : [];
  });
}

function readModule(program: AstNode): { imports: ImportLine[]; exports: string[] } {
  const imports: ImportLine[] = [];
  const exports: string[] = [];
  for (const node of program['body'] as AstNode[]) {
    const source = (node['source'] as AstNode | null | undefined)?.['value'] as string | undefined;
    if (node.type === 'ImportDeclaration' && source !== undefined) {
      const specifiers = node['specifiers'] as AstNode[];
      imports.push({
        from: source,
        typeOnly:
          node['importKind'] === 'type' ||
          (specifiers.length > 0 && specifiers.every((s) => s['importKind'] === 'type')),
        names: specifiers.map((s) =>
          s.type === 'ImportSpecifier' ? nameOf(s['imported']) : s.type === 'ImportDefaultSpecifier' ? 'default' : '*',
        ),
      });
    } else if (node.type === 'ExportAllDeclaration' && source !== undefined) {
      imports.push({ from: source, typeOnly: node['exportKind'] === 'type', names: ['*'] });
    } else if (node.type === 'ExportNamedDeclaration') {
      const specifiers = (node['specifiers'] as AstNode[]) ?? [];
      if (source !== undefined) {
        imports.push({
          from: source,
          typeOnly: node['exportKind'] === 'type',
          names: specifiers.map((s) => nameOf(s['local'])),
        });
      }
      exports.push(...specifiers.map((s) => nameOf(s['exported'])));
      exports.push(...declaredNames(node['declaration'] as AstNode | null));
    } else if (node.type === 'ExportDefaultDeclaration') exports.push('default');
  }
  collectDynamic(program, imports);
  return { imports, exports };
}

function nameOf(node: unknown): string {
  const n = node as { name?: string; value?: string };
  return n.name ?? n.value ?? '';
}

function declaredNames(declaration: AstNode | null): string[] {
  if (!declaration) return [];
  if (declaration.type === 'VariableDeclaration') {
    return (declaration['declarations'] as AstNode[]).map((d) => nameOf(d['id'])).filter((n) => n !== '');
  }
  return [nameOf(declaration['id'])].filter((n) => n !== '');
}

/** `import('…')` with a literal path, wherever it stands. */
function collectDynamic(node: unknown, into: ImportLine[]): void {
  if (Array.isArray(node)) {
    for (const child of node) collectDynamic(child, into);
  } else if (node !== null && typeof node === 'object') {
    const n = node as AstNode;
    if (n.type === 'ImportExpression') {
      const value = (n['source'] as AstNode)['value'];
      if (typeof value === 'string') into.push({ from: value, typeOnly: false, names: ['*'] });
    }
    if (n.type === 'TSImportType') {
      const literal = (n['source'] ?? n['argument']) as AstNode | undefined;
      const value = (literal?.['value'] ?? (literal?.['literal'] as AstNode | undefined)?.['value']) as unknown;
      if (typeof value === 'string') into.push({ from: value, typeOnly: true, names: ['*'] });
    }
    for (const key of Object.keys(n)) if (key !== 'parent') collectDynamic(n[key], into);
  }
}

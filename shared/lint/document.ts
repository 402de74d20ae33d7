import { LINTS } from './index.ts';

const code = (data: unknown): string => `\`\`\`json\n${JSON.stringify(data)}\n\`\`\``;

/** docs/lint.md, made of the registry. */
export const lintPage = (): string =>
  [
    '# 体检 · Lint',
    '',
    'What is sound but unwise about tags, segments and journeys. Errors refuse (publishing a journey, storing rules), warnings are told beside the result. Where it is told: the Console’s *Tags* page and problems panel, `GET /api/lint`, and the command line:',
    '',
    '```',
    'npm run pergola -- lint                        everything on the running stack (--aws: of your AWS profile)',
    'npm run pergola -- lint rules.json trip.json   files: a ruleset, journeys; no stack needed',
    '  --json      findings as JSON      --strict    exit code 1 for warnings, too',
    '```',
    '',
    'This page is made of `shared/lint` (`npx vitest run shared/lint -u` writes it again); a test holds it to that. A new lint is a file in `shared/lint/lints/` and a line in `shared/lint/index.ts`.',
    '',
    '| | | |',
    '| --- | --- | --- |',
    ...LINTS.map(
      ({ id, code: name, title }) =>
        `| [${id}](#${id.toLowerCase()}-${name}) | ${title.zh} · ${title.en} | \`${name}\` |`,
    ),
    ...LINTS.flatMap(({ id, code: name, why, wrong, right }) => [
      '',
      `## ${id} ${name}`,
      '',
      why.zh,
      '',
      why.en,
      '',
      `**✗** ${wrong.said.zh} · ${wrong.said.en}`,
      '',
      code(wrong.shown),
      '',
      `**✓** ${right.said.zh} · ${right.said.en}`,
      '',
      code(right.shown),
    ]),
    '',
  ].join('\n');

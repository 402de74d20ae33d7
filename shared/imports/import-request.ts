import { z } from 'zod';
import type { Diagnostic } from '../diagnostics.ts';
import type { ImportPlan } from './chunks.ts';
import { IMPORT_KINDS } from './kinds/index.ts';
import { needsOf } from './mapping.ts';

/** What is to be imported, and how it is read: all that decides what becomes of a row. */
export const importRequestSchema = z.object({
  kind: z.enum(IMPORT_KINDS.map(({ id }) => id)),
  /** Of headings; by the places in it columns are named. */
  headings: z.array(z.string().max(2000)).min(1).max(500),
  /** Field -> place of its column. */
  fields: z.record(z.string().max(100), z.int().nonnegative()),
  /** Places of columns that are not taken at all; others become traits or properties under their headings. */
  leave: z.array(z.int().nonnegative()).max(500).default([]),
  /** IANA zone of times that are written without one. */
  zone: z.string().min(1).max(100),
  /** When the file was true. */
  asOf: z.iso.datetime({ offset: true }),
  /** What the file tells is news: it may let customers into journeys. */
  startJourneys: z.boolean().default(false),
});

export type ImportRequest = z.infer<typeof importRequestSchema>;

/** What of it reads rows. @param tagKey the key of a tag by what the file calls it */
export function planOf(request: ImportRequest, tagKey: (name: string) => string | undefined): ImportPlan {
  const { headings, fields, leave, zone, asOf, startJourneys } = request;
  return {
    kind: IMPORT_KINDS.find(({ id }) => id === request.kind)!,
    headings: headings.map((heading, place) => (leave.includes(place) ? '' : heading)),
    mapping: new Map(Object.entries(fields)),
    context: { zone, asOf: new Date(asOf).toISOString(), startJourneys, tagKey },
  };
}

/** What stands in the way of importing so: columns that are needed and not named, or named and not there. */
export function requestProblems(request: ImportRequest): readonly Diagnostic[] {
  const kind = IMPORT_KINDS.find(({ id }) => id === request.kind)!;
  const problems: Diagnostic[] = [...needsOf(kind, new Map(Object.entries(request.fields)), request.headings)];
  for (const [field, place] of Object.entries(request.fields)) {
    if (place >= request.headings.length || !kind.fields.some(({ id }) => id === field)) {
      problems.push({
        code: 'import-no-column',
        severity: 'error',
        field: `fields.${field}`,
        message: {
          zh: `没有「${field}」这个字段，或没有第 ${place + 1} 列。`,
          en: `There is no field “${field}”, or no column ${place + 1}.`,
        },
        next: {
          zh: `可用的字段：${kind.fields.map(({ id }) => id).join('、')}。`,
          en: `The fields are: ${kind.fields.map(({ id }) => id).join(', ')}.`,
        },
      });
    }
  }
  if (!isZone(request.zone)) {
    problems.push({
      code: 'import-zone',
      severity: 'error',
      field: 'zone',
      message: { zh: `「${request.zone}」不是时区。`, en: `“${request.zone}” is no time zone.` },
      next: { zh: '写 Asia/Shanghai 这样的名字。', en: 'Say an IANA zone such as Asia/Shanghai.' },
    });
  }
  return problems;
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

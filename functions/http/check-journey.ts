import { type Compiled, compile } from '../../shared/compiler/index.ts';
import type { Diagnostic } from '../../shared/diagnostics.ts';
import { type Journey, parseDraft, parseJourney } from '../../shared/journey/index.ts';
import { lintJourney } from '../../shared/lint/index.ts';
import { journeyEntry } from '../ports/journeys/index.ts';
import { MAX_PACKED_BYTES, pack } from '../ports/packed.ts';
import { currentRules } from '../ports/ruleset/index.ts';
import { compileOptions } from './compile-options.ts';
import { ApiError, invalid } from './errors.ts';

/** A draft may be half done, but its frame must be sound. */
export function draftOf(document: unknown): Journey {
  const parsed = parseDraft(document);
  if (!parsed.ok) throw invalid(parsed.diagnostics);
  assertKept(parsed.journey);
  return parsed.journey;
}

/** @throws ApiError 422 where it is larger (packed) than a row of the table holds */
export function assertKept(value: unknown): void {
  if (pack(value).length > MAX_PACKED_BYTES) throw invalid([TOO_LARGE]);
}

const TOO_LARGE: Diagnostic = {
  code: 'journey-too-large',
  severity: 'error',
  field: 'nodes',
  message: { zh: '这条旅程太大，存不下。', en: 'The journey is too large to be kept.' },
  next: {
    zh: '缩短很长的文字，或拆成几条旅程。',
    en: 'Shorten very long texts, or make several journeys of it.',
  },
};

/** All that is wrong with a document, and what it compiles to when nothing is. */
export async function checkJourney(
  document: unknown,
): Promise<{ diagnostics: readonly Diagnostic[]; compiled?: Compiled }> {
  const parsed = parseJourney(document);
  if (!parsed.ok) return { diagnostics: parsed.diagnostics };
  const compiled = compile(parsed.journey, await compileOptions(1));
  const { ruleset } = await currentRules();
  const lints = lintJourney(ruleset, parsed.journey);
  return { diagnostics: [...parsed.diagnostics, ...compiled.diagnostics, ...lints], compiled };
}

/** What is to be known of the journey that has an id. */
export async function holderOf(id: string) {
  const entry = await journeyEntry(id);
  return entry && { id, name: entry.name, revision: entry.revision, liveVersion: entry.liveVersion };
}

/** There is a journey of that id; `current` says which. */
export async function idTaken(id: string): Promise<ApiError> {
  const current = await holderOf(id);
  return new ApiError(
    409,
    {
      code: 'id-taken',
      message: {
        zh: `编号「${id}」已经用过了${current ? `，是旅程「${current.name}」` : ''}。`,
        en: `There is a journey with the id “${id}” already${current ? `: “${current.name}”` : ''}.`,
      },
      next: {
        zh: '换一个编号；如果就是要改那条旅程，把它存成那条旅程的草稿。',
        en: 'Choose another id, or keep it as the draft of that journey if that is the one you mean to change.',
      },
      at: 'document.id',
    },
    { current },
  );
}

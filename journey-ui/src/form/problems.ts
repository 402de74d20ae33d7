import type { Diagnostic } from '../../../shared/diagnostics.ts';

/** Of diagnostics whose `field` is a path, those at a member or below it, each with the path that is left. */
export const under = (problems: readonly Diagnostic[], member: string): readonly Diagnostic[] =>
  problems.flatMap((one) => {
    if (one.field === member) return [{ ...one, field: '' }];
    return one.field?.startsWith(`${member}.`) ? [{ ...one, field: one.field.slice(member.length + 1) }] : [];
  });

/** Those that are about the value itself, not about a member of it. */
export const ofItself = (problems: readonly Diagnostic[]): readonly Diagnostic[] => problems.filter((p) => !p.field);

/** What "A followed by B" and "A not followed by B" share: the form, and which events both must be shown. */
import { z } from 'zod';
import type { Words } from '../words.ts';
import type { FollowedConfig } from './condition.ts';
import { duration, eventField, exceptField, whereField } from './fields.ts';
import { compileFilter, type Listens, namesOf } from './filter.ts';
import type { EventNeeds } from './finding.ts';

/** @param span what the duration means */
export const sequenceConfig = (span: { readonly label: Words; readonly help: Words }) =>
  z.strictObject({
    event: eventField,
    except: exceptField,
    where: whereField,
    by: z
      .strictObject({ event: eventField, except: exceptField, where: whereField })
      .meta({ label: { zh: '之后的事件', en: 'And then' }, widget: 'group' }),
    within: duration.optional().meta({ ...span, widget: 'duration' }),
  });

export function compileSequence(config: FollowedConfig) {
  const first = compileFilter(config);
  const then = compileFilter(config.by);
  const names = namesTogether(config);
  const listens: Listens = { names, except: [] };
  return { first, then, listens, paths: [...first.paths, ...then.paths] };
}

export const sequenceNeeds = (config: FollowedConfig): EventNeeds => ({ names: namesTogether(config) });

function namesTogether(config: FollowedConfig): readonly string[] | '*' {
  const [first, then] = [namesOf(config), namesOf(config.by)];
  return first === '*' || then === '*' ? '*' : [...new Set([...first, ...then])];
}

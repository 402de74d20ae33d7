/** ValidateStateMachineDefinition: all that is wrong, without making anything. */
import { validateDefinition } from '../../../../shared/asl/index.ts';
import { optional, required, validationError } from '../check.ts';
import type { Operation } from './define-operation.ts';

const MOST = 100;

export const validateStateMachineDefinition: Operation = (body) => {
  const text = required(body, 'definition');
  const type = optional(body, 'type') === 'EXPRESS' ? 'EXPRESS' : 'STANDARD';
  const most = typeof body.maxResults === 'number' && body.maxResults > 0 ? body.maxResults : MOST;
  if (most > MOST)
    throw validationError(
      `Value '${most}' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 100`,
    );
  const found = validateDefinition(text, type).filter(
    ({ severity }) => severity === 'ERROR' || body.severity === 'WARNING',
  );
  return {
    result: found.some(({ severity }) => severity === 'ERROR') ? 'FAIL' : 'OK',
    diagnostics: found.slice(0, most),
    truncated: found.length > most,
  };
};

/** ValidateStateMachineDefinition: all that is wrong, without making anything. */
import { validateDefinition } from '../../../../shared/asl/index.ts';
import { optional, pageSize, required } from '../check.ts';
import type { Operation } from './define-operation.ts';

export const validateStateMachineDefinition: Operation = (body) => {
  const text = required(body, 'definition');
  const type = optional(body, 'type') === 'EXPRESS' ? 'EXPRESS' : 'STANDARD';
  const most = pageSize(body);
  const found = validateDefinition(text, type).filter(
    ({ severity }) => severity === 'ERROR' || body.severity === 'WARNING',
  );
  return {
    result: found.some(({ severity }) => severity === 'ERROR') ? 'FAIL' : 'OK',
    diagnostics: found.slice(0, most),
    truncated: found.length > most,
  };
};

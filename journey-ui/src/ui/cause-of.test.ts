import { describe, expect, it } from 'vitest';
import { causeOf } from './cause-of.ts';

describe('the cause of a failed step', () => {
  it('of a function is what it said, and apart from it where in the code that was', () => {
    const cause = { errorType: 'Error', errorMessage: 'no such table', trace: ['Error: no such table', '    at read'] };
    expect(causeOf(JSON.stringify(cause))).toEqual({
      said: 'no such table',
      trace: 'Error: no such table\n    at read',
    });
    expect(causeOf('{"errorMessage":"gone"}')).toEqual({ said: 'gone' });
  });

  it('of anything else is the text as it is', () => {
    expect(causeOf('Timed out after 60 s')).toEqual({ said: 'Timed out after 60 s' });
    expect(causeOf('{"Error":"x"}')).toEqual({ said: '{"Error":"x"}' });
    expect(causeOf('null')).toEqual({ said: 'null' });
    expect(causeOf('')).toEqual({});
    expect(causeOf(undefined)).toEqual({});
  });
});

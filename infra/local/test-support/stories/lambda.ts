import { expect } from 'vitest';
import { column, type Story } from './story.ts';

const FunctionName = 'pergola-steps-decide';

export const lambda: Story = {
  service: 'lambda',
  args: { Invoke: ['--function-name', FunctionName, '/dev/null'] },
  async tell({ call }) {
    expect(column((await call('ListFunctions'))['Functions'], 'FunctionName')).toContain(FunctionName);
    expect(await call('GetFunction', { FunctionName })).toMatchObject({ Configuration: { FunctionName } });
    expect(await call('GetFunctionConfiguration', { FunctionName })).toMatchObject({ State: 'Active' });
    expect(await call('Invoke', { FunctionName })).toMatchObject({ StatusCode: 200 });
    await expect(call('GetFunction', { FunctionName: 'nobody' })).rejects.toThrow(/Function not found/);
  },
};

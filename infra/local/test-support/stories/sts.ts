import { expect } from 'vitest';
import type { Story } from './story.ts';

export const sts: Story = {
  service: 'sts',
  async tell({ call }) {
    expect(await call('GetCallerIdentity')).toMatchObject({ Account: '000000000000' });
  },
};

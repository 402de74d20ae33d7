import type { Channel } from './channel.ts';
import { inbox } from './inbox.ts';

export type { Channel } from './channel.ts';

export const CHANNELS = { inbox } as const satisfies Record<string, Channel>;
export type ChannelId = keyof typeof CHANNELS;

export const channel = (id: string): Channel | undefined => (CHANNELS as Record<string, Channel>)[id];

/**
 * A small pseudo-random generator whose whole state is four numbers, so that it can be kept in an execution's document:
 * the same execution cut at any place and carried on draws the same numbers (sfc32; not for secrets).
 */
export type RandomState = [number, number, number, number];

/** The generator of an execution, begun when it is first drawn from. */
export function randomOf(execution: { id: string; random?: RandomState }): RandomState {
  execution.random ??= seedRandom(execution.id);
  return execution.random;
}

/** The next number in [0, 1); moves `state` on. */
export function nextRandom(state: RandomState): number {
  const [a, b, c, d] = state;
  const t = (((a + b) | 0) + d) | 0;
  state[3] = (d + 1) | 0;
  state[0] = b ^ (b >>> 9);
  state[1] = (c + (c << 3)) | 0;
  state[2] = (((c << 21) | (c >>> 11)) + t) | 0;
  return (t >>> 0) / 4294967296;
}

/** A generator's first state from any text (the execution's id, a test's seed). */
export function seedRandom(text: string): RandomState {
  const state: RandomState = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 1];
  for (let i = 0; i < text.length; i++) {
    const k = i & 3;
    state[k] = Math.imul((state[k] as number) ^ text.charCodeAt(i), 0x01000193) | 0;
    state[(k + 1) & 3] = ((state[(k + 1) & 3] as number) + (state[k] as number)) | 0;
  }
  for (let i = 0; i < 15; i++) nextRandom(state);
  return state;
}

/** A version 4 UUID drawn from the generator. */
export function randomUuid(state: RandomState): string {
  let hex = '';
  for (let i = 0; i < 8; i++) {
    hex += Math.floor(nextRandom(state) * 65536)
      .toString(16)
      .padStart(4, '0');
  }
  const variant = ((Number.parseInt(hex[16] as string, 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}

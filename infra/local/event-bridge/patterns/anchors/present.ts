import type { Anchor, AnchorIndex, AnchorKind } from './anchor.ts';

/** Any value: what is filed here is asked whenever the field is there at all. */
const PRESENT: AnchorKind = {
  name: 'present',
  open<T extends object>(): AnchorIndex<T> {
    const filed: T[] = [];
    return {
      file: (_, thing) => void filed.push(thing),
      find(_, tell) {
        for (const thing of filed) tell(thing);
      },
    };
  },
};

export const present: Anchor = { kind: PRESENT, key: undefined, place: '' };

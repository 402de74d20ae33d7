import type { CompiledRuleset } from '../tags/index.ts';
import { Lane, Shelf } from './lane.ts';
import { type Mark, type Memory, NO_DUE, UNTOUCHED, UNTOUCHED_DUE } from './memory.ts';
import type { TagHeld } from './profile.ts';
import type { CustomerState } from './state.ts';

interface Parts {
  readonly mem: Lane<unknown>;
  readonly due: Lane<number>;
  readonly fam: Shelf<unknown>;
  readonly famDue: Shelf<number>;
  readonly marks: Shelf<Mark>;
  readonly tags: Shelf<TagHeld>;
  readonly traits: Shelf<unknown>;
}

/** A customer's head while it is worked on, and with it the way back to the base. The state it is made from stays. */
export class Draft implements Parts {
  /** Last instant processed; -Infinity when nothing was yet. */
  last: number;
  /** The last instant folded into the base. */
  base: number;
  readonly mem: Lane<unknown>;
  readonly due: Lane<number>;
  readonly fam: Shelf<unknown>;
  readonly famDue: Shelf<number>;
  readonly marks: Shelf<Mark>;
  readonly tags: Shelf<TagHeld>;
  readonly traits: Shelf<unknown>;

  private constructor(parts: Parts, last: number, base: number) {
    this.mem = parts.mem;
    this.due = parts.due;
    this.fam = parts.fam;
    this.famDue = parts.famDue;
    this.marks = parts.marks;
    this.tags = parts.tags;
    this.traits = parts.traits;
    this.last = last;
    this.base = base;
  }

  /** Of a state with the memory of these very rules, or of none yet. */
  static of(
    { memory, tags, traits }: Pick<CustomerState, 'tags' | 'traits'> & { memory: Memory },
    rules: CompiledRuleset,
  ): Draft {
    const { undo, last = -Infinity } = memory;
    const parts: Parts = {
      mem: new Lane<unknown>(memory.mem.length > 0 ? memory.mem : rules.emptyMem, undo?.mem, null, UNTOUCHED),
      due: new Lane<number>(memory.due.length > 0 ? memory.due : rules.emptyDue, undo?.due, NO_DUE, UNTOUCHED_DUE),
      fam: new Shelf<unknown>(memory.fam, undo?.fam),
      famDue: new Shelf<number>(memory.famDue, undo?.famDue),
      marks: new Shelf<Mark>(memory.marks, undo?.marks),
      tags: new Shelf<TagHeld>(tags, undo?.tags),
      traits: new Shelf<unknown>(traits, undo?.traits),
    };
    return new Draft(parts, last, undo === undefined ? last : (undo.last ?? -Infinity));
  }

  /** Nothing was ever evaluated. */
  get fresh(): boolean {
    return this.last === -Infinity;
  }

  /** The next moment at which time changes anything; Infinity when none. */
  soonest(): number {
    let soonest = Infinity;
    for (const due of this.due.all()) if (due !== NO_DUE && due < soonest) soonest = due;
    const families = this.famDue.all();
    for (const key in families) soonest = Math.min(soonest, families[key] as number);
    return soonest;
  }

  /** Marks the instant as processed. */
  moveTo(instant: number): void {
    if (instant > this.last) this.last = instant;
  }

  /** The base, as a draft of its own. */
  rewound(): Draft {
    const { mem, due, fam, famDue, marks, tags, traits } = this;
    const parts: Parts = {
      mem: mem.rewound(),
      due: due.rewound(),
      fam: fam.rewound(),
      famDue: famDue.rewound(),
      marks: marks.rewound(),
      tags: tags.rewound(),
      traits: traits.rewound(),
    };
    return new Draft(parts, this.base, this.base);
  }

  /** Head and base become one: what was open is settled. */
  settle(): void {
    for (const part of [this.mem, this.due, this.fam, this.famDue, this.marks, this.tags, this.traits]) part.settle();
    this.base = this.last;
  }

  /** Takes `base`, made by rewound() and gone on from there, as the new base of the same head. */
  rebase(base: Draft): void {
    this.mem.rebase(base.mem);
    this.due.rebase(base.due);
    this.fam.rebase(base.fam);
    this.famDue.rebase(base.famDue);
    this.marks.rebase(base.marks);
    this.tags.rebase(base.tags);
    this.traits.rebase(base.traits);
    this.base = base.last;
  }

  undo(): Memory['undo'] {
    if (this.base === this.last) return undefined;
    const { mem, due, fam, famDue, marks, tags, traits } = this;
    return given({
      last: this.base === -Infinity ? undefined : this.base,
      mem: mem.old(),
      due: due.old(),
      fam: fam.old(),
      famDue: famDue.old(),
      marks: marks.old(),
      tags: tags.old(),
      traits: traits.old(),
    });
  }
}

/** Without what is undefined, so that it is the same before and after JSON. */
function given<T extends object>(value: T): T {
  const kept: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(value)) if (part !== undefined) kept[key] = part;
  return kept as T;
}

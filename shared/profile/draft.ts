import { type Memory, SECTIONS, type SectionName, type Sections, type Undo } from './memory.ts';
import type { CustomerState } from './state.ts';

type Changing = { [S in SectionName]: Record<string, Sections[S][string]> };

/**
 * A customer's head while it is worked on. The state it was made from is never changed: a section is copied when it is
 * first written to. Remembers the old value of everything that changes, for rewinding.
 */
export class Draft {
  /** Last instant processed; -Infinity when nothing was yet. */
  last: number;
  private readonly sections: Changing;
  private readonly owned = new Set<SectionName>();
  private old: { [S in SectionName]?: Record<string, unknown> } = {};
  private readonly ownedOld = new Set<SectionName>();
  private baseLast: number | undefined;
  private undoing: boolean;
  private soonest: number | undefined;

  private constructor(sections: Sections, last: number, undo: Undo | undefined, soonest: number | undefined) {
    this.sections = { ...sections } as Changing;
    this.last = last;
    this.undoing = undo !== undefined;
    this.baseLast = undo === undefined ? last : (undo.last ?? -Infinity);
    if (undo !== undefined) this.old = { ...undo.old } as typeof this.old;
    this.soonest = soonest;
  }

  static of(state: CustomerState): Draft {
    const { mem, marks, due, last, undo } = state.memory as Memory;
    const soonest = state.dueAt === undefined ? Infinity : Date.parse(state.dueAt);
    return new Draft({ mem, marks, due, tags: state.tags, traits: state.traits }, last ?? -Infinity, undo, soonest);
  }

  /** Nothing was ever evaluated. */
  get fresh(): boolean {
    return this.last === -Infinity;
  }

  /** The last instant folded into the base. */
  get base(): number {
    return this.baseLast as number;
  }

  section<S extends SectionName>(name: S): Sections[S] {
    return this.sections[name] as Sections[S];
  }

  get<S extends SectionName>(name: S, key: string): Sections[S][string] | undefined {
    return this.sections[name][key] as Sections[S][string] | undefined;
  }

  /** undefined takes the entry out. */
  put<S extends SectionName>(name: S, key: string, value: Sections[S][string] | undefined): void {
    if (!this.owned.has(name)) {
      this.sections[name] = { ...this.sections[name] };
      this.owned.add(name);
    }
    const section = this.sections[name] as Record<string, unknown>;
    const before = section[key];
    this.remember(name, key, before);
    if (value === undefined) delete section[key];
    else section[key] = value;
    if (name === 'due') this.dueChanged(before as number | undefined, value as number | undefined);
  }

  /** The next moment at which time changes anything; Infinity when none. */
  get due(): number {
    this.soonest ??= Object.values(this.sections.due).reduce((soonest, due) => Math.min(soonest, due), Infinity);
    return this.soonest;
  }

  /** Marks the instant as processed. */
  moveTo(instant: number): void {
    this.undoing = true;
    if (instant > this.last) this.last = instant;
  }

  /** The base, as a draft of its own. */
  rewound(): Draft {
    const sections = { ...this.sections } as Changing;
    for (const name of SECTIONS) {
      const old = this.old[name];
      if (old === undefined) continue;
      const section: Record<string, unknown> = { ...sections[name] };
      for (const [key, value] of Object.entries(old)) {
        if (value === null) delete section[key];
        else section[key] = value;
      }
      sections[name] = section as never;
    }
    return new Draft(sections, this.base, undefined, undefined);
  }

  /** Head and base become one: what was open is settled. */
  settle(): void {
    this.undoing = false;
    this.old = {};
    this.ownedOld.clear();
    this.baseLast = this.last;
  }

  /** Takes `base`, a draft further on than this one's base, as the new base of the same head. */
  rebase(base: Draft): void {
    const old: { [S in SectionName]?: Record<string, unknown> } = {};
    for (const name of SECTIONS) {
      for (const key of new Set([...Object.keys(this.old[name] ?? {}), ...Object.keys(base.old[name] ?? {})])) {
        const was: unknown = base.get(name, key);
        if (JSON.stringify(was) === JSON.stringify(this.get(name, key))) continue;
        old[name] ??= {};
        (old[name] as Record<string, unknown>)[key] = was ?? null;
      }
    }
    this.old = old;
    for (const name of SECTIONS) this.ownedOld.add(name);
    this.baseLast = base.last;
  }

  undo(): Undo | undefined {
    if (!this.undoing) return undefined;
    return { ...(this.base === -Infinity ? {} : { last: this.base }), old: this.old };
  }

  private remember(name: SectionName, key: string, before: unknown): void {
    if (!this.ownedOld.has(name)) {
      this.old[name] = { ...this.old[name] };
      this.ownedOld.add(name);
    }
    const old = this.old[name] as Record<string, unknown>;
    if (!Object.hasOwn(old, key)) old[key] = before === undefined ? null : before;
    this.undoing = true;
  }

  private dueChanged(before: number | undefined, after: number | undefined): void {
    if (this.soonest === undefined) return;
    if (after !== undefined && after <= this.soonest) this.soonest = after;
    else if (before === this.soonest) this.soonest = undefined;
  }
}

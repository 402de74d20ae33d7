/**
 * Copy-on-write holders of a customer's values that remember, for rewinding, what each value was before it was first
 * changed. What they were made from is never changed.
 *
 * Values that every customer has for every rule lie in arrays (lanes), by position: an array is copied in a hundredth
 * of a microsecond per value, while objects whose keys came in a different order for each customer cost a hundred times
 * that.
 */

/** By position. `none` is what an empty place holds, `untouched` marks places whose old value need not be known. */
export class Lane<T> {
  private values: readonly T[];
  private oldValues: readonly T[] | undefined;
  private readonly none: T;
  private readonly untouched: T;
  private owned = false;
  private ownedOld = false;

  constructor(values: readonly T[], old: readonly T[] | undefined, none: T, untouched: T) {
    this.values = values;
    this.oldValues = old;
    this.none = none;
    this.untouched = untouched;
  }

  all(): readonly T[] {
    return this.values;
  }

  get(place: number): T {
    return this.values[place] ?? this.none;
  }

  put(place: number, value: T): void {
    if (!this.owned) {
      this.values = this.values.slice();
      this.owned = true;
    }
    if (!this.ownedOld) {
      this.oldValues = this.oldValues?.slice() ?? this.values.map(() => this.untouched);
      this.ownedOld = true;
    }
    const old = this.oldValues as T[];
    if (old[place] === this.untouched) old[place] = this.get(place);
    (this.values as T[])[place] = value;
  }

  old(): readonly T[] | undefined {
    return this.oldValues;
  }

  settle(): void {
    this.oldValues = undefined;
    this.ownedOld = false;
  }

  rewound(): Lane<T> {
    const { oldValues: old, untouched } = this;
    const values =
      old === undefined ? this.values : this.values.map((value, i) => (old[i] === untouched ? value : (old[i] as T)));
    return new Lane(values, undefined, this.none, untouched);
  }

  /** Takes `base`, made by rewound() and gone on from there, as what to rewind to. */
  rebase(base: Lane<T>): void {
    this.oldValues = this.values.map((value, i) => (sameJson(base.get(i), value) ? this.untouched : base.get(i)));
    this.ownedOld = true;
  }
}

/** By key, for what only some customers have; null among the old values: there was none. */
export class Shelf<T> {
  private values: Readonly<Record<string, T>>;
  private oldValues: Readonly<Record<string, T | null>> | undefined;

  constructor(values: Readonly<Record<string, T>>, old: Readonly<Record<string, T | null>> | undefined) {
    this.values = values;
    this.oldValues = old;
  }

  all(): Readonly<Record<string, T>> {
    return this.values;
  }

  get(key: string): T | undefined {
    return this.values[key];
  }

  /** undefined takes the entry out. */
  put(key: string, value: T | undefined): void {
    const before = this.values[key];
    if (before === undefined && value === undefined) return;
    if (this.oldValues === undefined || !Object.hasOwn(this.oldValues, key)) {
      this.oldValues = { ...this.oldValues, [key]: before ?? null };
    }
    this.values = value === undefined ? without(this.values, key) : { ...this.values, [key]: value };
  }

  old(): Readonly<Record<string, T | null>> | undefined {
    return this.oldValues;
  }

  settle(): void {
    this.oldValues = undefined;
  }

  rewound(): Shelf<T> {
    const old = this.oldValues;
    if (old === undefined) return new Shelf(this.values, undefined);
    const entries = Object.entries({ ...this.values, ...old }).filter(
      (entry): entry is [string, T] => entry[1] !== null,
    );
    return new Shelf(Object.fromEntries(entries), undefined);
  }

  rebase(base: Shelf<T>): void {
    const keys = Object.keys({ ...this.oldValues, ...base.oldValues });
    const differ = keys.filter((key) => !sameJson(base.get(key), this.get(key)));
    this.oldValues =
      differ.length === 0 ? undefined : Object.fromEntries(differ.map((key) => [key, base.get(key) ?? null]));
  }
}

const sameJson = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

const without = <T>(values: Readonly<Record<string, T>>, key: string): Record<string, T> =>
  Object.fromEntries(Object.entries(values).filter(([other]) => other !== key));

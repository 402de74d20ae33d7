import { createHash } from 'node:crypto';
import { compileMachine, type Json, type Machine } from '../../../shared/asl/index.ts';
import type { Database } from './database.ts';

const KEPT_MACHINES = 1_000;

/** The texts of definitions, the same text once; and the machines that they are, kept compiled. */
export class Definitions {
  private readonly db: Database;
  private readonly machines = new Map<number, Machine>();

  constructor(db: Database) {
    this.db = db;
  }

  /** The id of a text. */
  keep(text: string): number {
    const hash = createHash('sha256').update(text).digest('hex');
    const known = this.db.get('SELECT id FROM definitions WHERE hash = ?', hash);
    if (known) return known.id as number;
    return this.db.run('INSERT INTO definitions (hash, text) VALUES (?, ?)', hash, text).id;
  }

  text(id: number): string {
    return this.db.get('SELECT text FROM definitions WHERE id = ?', id)?.text as string;
  }

  machine(id: number): Machine {
    let machine = this.machines.get(id);
    if (!machine) {
      machine = compileMachine(JSON.parse(this.text(id)) as Json);
      if (this.machines.size >= KEPT_MACHINES) this.machines.delete(this.machines.keys().next().value as number);
      this.machines.set(id, machine);
    }
    return machine;
  }
}

import type { Store } from '../store.ts';

/** An e-mail that was handed over, as it can be read. Instants in ms on the stack's clock. */
export interface Mail {
  readonly id: string;
  readonly at: number;
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly replyTo: readonly string[];
  readonly subject: string;
  readonly text?: string;
  readonly html?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly attachments: readonly { readonly name: string; readonly type: string; readonly bytes: number }[];
  readonly tags: Readonly<Record<string, string>>;
  /** The message as it was given, when it was given whole. */
  readonly raw?: string;
}

/** Mail that was sent here: kept to be looked at, the newest some thousands of it. */
export interface MailStore {
  add(mail: Mail): void;
  get(id: string): Mail | undefined;
  /** The newest first, without their bodies' sources. */
  list(limit: number, to?: string): Mail[];
  count(since: number): number;
}

const KEPT = 5000;

export function openMailStore(store: Store): MailStore {
  store.db.exec(`CREATE TABLE IF NOT EXISTS mail (row INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, at INTEGER NOT NULL,
    recipients TEXT NOT NULL, json TEXT NOT NULL) STRICT`);
  const insert = store.prepare('INSERT INTO mail VALUES (NULL, ?, ?, ?, ?)');
  const trim = store.prepare('DELETE FROM mail WHERE row <= ?');
  const one = store.prepare('SELECT json FROM mail WHERE id = ?');
  const list = store.prepare(
    'SELECT json FROM mail WHERE ?1 IS NULL OR instr(recipients, ?1) ORDER BY row DESC LIMIT ?2',
  );
  const count = store.prepare('SELECT count(*) AS n FROM mail WHERE at > ?');
  return {
    add(mail) {
      const recipients = [...mail.to, ...mail.cc, ...mail.bcc].join('\n').toLowerCase();
      const { lastInsertRowid } = insert.run(mail.id, mail.at, recipients, JSON.stringify(mail));
      if (Number(lastInsertRowid) % 100 === 0) trim.run(Number(lastInsertRowid) - KEPT);
    },
    get(id) {
      const row = one.get(id);
      return row && (JSON.parse(String(row['json'])) as Mail);
    },
    list: (limit, to) =>
      list.all(to?.toLowerCase() ?? null, limit).map(({ json }) => {
        const { raw: _, ...mail } = JSON.parse(String(json)) as Mail;
        return mail;
      }),
    count: (since) => Number(count.get(since)?.['n']),
  };
}

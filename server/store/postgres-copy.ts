/**
 * Inserts rows into PostgreSQL by COPY, which is many times faster than single inserts. Triggers and constraints apply
 * as usual.
 */
import pg from 'pg';
import { withoutNul } from './postgres-session.ts';

type Row = Record<string, unknown>;

/** What `pg` calls when the server is ready for the rows. */
interface CopyConnection {
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

class CopyFrom extends pg.Query {
  readonly chunk: Buffer;
  constructor(text: string, chunk: Buffer, done: (error: Error | null) => void) {
    super({ text } as never, done as never);
    this.chunk = chunk;
  }

  handleCopyInResponse(connection: CopyConnection): void {
    connection.sendCopyFromChunk(this.chunk);
    connection.endCopyFrom();
  }
}

/** All rows have the columns of the first. They are sent in one go, so pass some thousands at a time. */
export async function copyRows(client: pg.Client, table: string, rows: readonly Row[]): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const names = Object.keys(first);
  const columns = names.map((name) => `"${name}"`).join(', ');
  const lines = rows.map(
    (row) =>
      `${withoutNul(names.map((name) => row[name]))
        .map(inCopyText)
        .join('\t')}\n`,
  );
  await new Promise<void>((resolve, reject) => {
    const done = (error: Error | null) => (error ? reject(error) : resolve());
    client.query(new CopyFrom(`copy ${table} (${columns}) from stdin`, Buffer.from(lines.join('')), done));
  });
}

const ESCAPED: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** A value in the text format of PostgreSQL's COPY. */
function inCopyText(value: unknown): string {
  if (value === null || value === undefined) return '\\N';
  return String(value).replace(/[\\\t\n\r]/g, (letter) => ESCAPED[letter] ?? letter);
}

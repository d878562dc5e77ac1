/** Rows into PostgreSQL by COPY, which takes them many times as fast as inserts of their own. Triggers and constraints hold as for these. */
import pg from 'pg';
import { bindable } from './postgres-session.ts';

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

/** All rows have the columns of the first. They are sent at once, so give some thousands at a time. */
export async function copyRows(client: pg.Client, table: string, rows: readonly Row[]): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const names = Object.keys(first);
  const columns = names.map((name) => `"${name}"`).join(', ');
  const lines = rows.map(
    (row) =>
      `${bindable(names.map((name) => row[name]))
        .map(inCopyText)
        .join('\t')}\n`,
  );
  await new Promise<void>((resolve, reject) => {
    const done = (error: Error | null) => (error ? reject(error) : resolve());
    client.query(new CopyFrom(`copy ${table} (${columns}) from stdin`, Buffer.from(lines.join('')), done));
  });
}

const ESCAPED: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** As PostgreSQL's text format of COPY has it. */
function inCopyText(value: unknown): string {
  if (value === null || value === undefined) return '\\N';
  return String(value).replace(/[\\\t\n\r]/g, (letter) => ESCAPED[letter] ?? letter);
}

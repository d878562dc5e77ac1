/** Passkeys of the people of the duty desks. */
import type { AccountEntries } from './account-entries.ts';
import type { Engine } from './engine.ts';
import type { Database, Tables } from './tables.ts';

export interface Passkey {
  id: string;
  account: string;
  /** COSE key, base64url. */
  publicKey: string;
  counter: number;
  transports: string[];
  name: string;
  addedAt: string;
}

export interface Passkeys {
  passkeysOf(account: string): Promise<Passkey[]>;
  findPasskey(id: string): Promise<Passkey | undefined>;
  /** False if the passkey is already registered. */
  addPasskey(passkey: Omit<Passkey, 'addedAt'>): Promise<boolean>;
  /** False if it is the only second factor, so that nobody locks themselves out. */
  removePasskey(account: string, id: string): Promise<boolean>;
}

export function createPasskeys({ read, write }: Engine, { noteIn }: AccountEntries, clock: () => Date): Passkeys {
  return {
    async passkeysOf(account) {
      const rows = await read((db) => db.selectFrom('passkeys').selectAll().where('account', '=', account).execute());
      return rows.map(toPasskey);
    },
    async findPasskey(id) {
      const row = await read((db) => db.selectFrom('passkeys').selectAll().where('id', '=', id).executeTakeFirst());
      return row && toPasskey(row);
    },
    addPasskey: (passkey) =>
      write(async (db) => {
        const known = await db.selectFrom('passkeys').select('id').where('id', '=', passkey.id).executeTakeFirst();
        if (known !== undefined) return false;
        await insertPasskey(db, { ...passkey, addedAt: clock().toISOString() });
        await noteIn(db, passkey.account, { kind: 'passkey added', name: passkey.name });
        return true;
      }),
    removePasskey: (account, id) =>
      write(async (db) => {
        if (await isOnlyFactor(db, account, id)) return false;
        const passkeys = db.deleteFrom('passkeys').where('id', '=', id).where('account', '=', account);
        const row = await passkeys.returning('name').executeTakeFirst();
        if (row !== undefined) await noteIn(db, account, { kind: 'passkey removed', name: row.name });
        return true;
      }),
  };
}

export async function insertPasskey(db: Database, passkey: Passkey): Promise<void> {
  const { id, account, publicKey, counter, transports, name, addedAt } = passkey;
  const row = { id, account, counter, name, public_key: publicKey, transports: JSON.stringify(transports) };
  await db
    .insertInto('passkeys')
    .values({ ...row, added_at: addedAt })
    .execute();
}

async function isOnlyFactor(db: Database, account: string, passkey: string): Promise<boolean> {
  const row = await db.selectFrom('accounts').select('totp_secret').where('id', '=', account).executeTakeFirst();
  const passkeys = await db.selectFrom('passkeys').select('id').where('account', '=', account).execute();
  return row?.totp_secret === null && passkeys.length === 1 && passkeys[0]?.id === passkey;
}

function toPasskey({ id, account, public_key, counter, transports, name, added_at }: Tables['passkeys']): Passkey {
  return { id, account, publicKey: public_key, counter, transports: JSON.parse(transports), name, addedAt: added_at };
}

import { expect, it } from 'vitest';
import { describeDatabaseAddress, readDatabaseAddress } from '../../server/base/database-address.ts';

it.each([
  ['postgres://u:hunter2@db.example.org/fd', 'postgres://db.example.org/fd'],
  ['postgres://u:hunter2@db.example.org:6432/fd?sslmode=verify-full', 'postgres://db.example.org:6432/fd'],
  ['postgres://[::1]:5433/fd', 'postgres://[::1]:5433/fd'],
  ['postgres://localhost/fd?host=::1&user=u&password=hunter2', 'postgres://[::1]/fd'],
  ['postgres:///fd?host=/var/run/postgresql', 'fd at the socket /var/run/postgresql/.s.PGSQL.5432'],
  [
    'postgres://u:hunter2@/fd?host=/var/run/postgresql/&port=5433',
    'fd at the socket /var/run/postgresql/.s.PGSQL.5433',
  ],
  ['postgres:///fd?host=/tmp&user=u&password=hunter2', 'fd at the socket /tmp/.s.PGSQL.5432'],
  ['postgres://u:hunter2@%2Fvar%2Frun%2Fpostgresql/fd', 'fd at the socket /var/run/postgresql/.s.PGSQL.5432'],
  ['postgres:///fd', 'postgres://localhost/fd'],
  ['postgres://u:hun%ter2@localhost/front%20door', 'postgres://localhost/front door'],
])('%s is named %s, without what is secret', (given, named) => {
  const address = readDatabaseAddress(given);
  expect(address && describeDatabaseAddress(address)).toBe(named);
});

it('what the library takes from the environment is named, too', () => {
  const address = readDatabaseAddress('postgres:///fd', { PGHOST: '/run/pg', PGPORT: '5434' });
  expect(address && describeDatabaseAddress(address)).toBe('fd at the socket /run/pg/.s.PGSQL.5434');
});

it.each([
  'mysql://db/fd',
  'postgres://db',
  'postgres://db/',
  'postgres://db:99999/fd',
  'postgres://db/fd?port=abc',
  'postgres://db/fd?port=99999',
  'postgres://db/fd?sslmode=reqire',
  'postgres://db/10%',
  'postgres://u:p%ff@db/fd',
])('%s is the address of no database', (given) => {
  expect(readDatabaseAddress(given)).toBeUndefined();
});

/** If PostgreSQL is not available, its tests are skipped; `setup.ts` has printed why. */
import { beforeEach } from 'vitest';
import { isPostgres } from './databases.ts';

beforeEach(({ skip }) => skip(!isPostgres, 'there is no PostgreSQL'));

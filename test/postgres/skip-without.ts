/** Where no PostgreSQL can be had, its tests are left out; `setup.ts` has said why. */
import { beforeEach } from 'vitest';
import { isPostgres } from './databases.ts';

beforeEach(({ skip }) => skip(!isPostgres, 'there is no PostgreSQL'));

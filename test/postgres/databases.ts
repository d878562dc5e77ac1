/** Databases on the PostgreSQL server that `setup.ts` started for the tests of this project. */
import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { query } from './server.ts';

export { query };

/** Address of the server, as an administrator; empty if these tests use SQLite. */
export const adminUrl = process.env.TEST_POSTGRES ?? '';
export const isPostgres = adminUrl !== '';
/** Folder with the keys that belong to the template database. */
export const emptyFolder = process.env.TEST_POSTGRES_FOLDER ?? '';

/** The user of Front Door: it owns its database and nothing else. */
export const APP_USER = 'app';
export const TEMPLATE = 'front_door_empty';

export function urlOf(database: string, user?: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  if (user !== undefined) url.username = user;
  return url.href;
}

/** The same database, as the server's administrator. */
export function withAllRights(url: string): string {
  return urlOf(new URL(url).pathname.slice(1));
}

async function create(more: string): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await query(adminUrl, `create database ${name} owner ${APP_USER} ${more}`);
  onTestFinished(async () => void (await query(adminUrl, `drop database if exists ${name} with (force)`)));
  return urlOf(name, APP_USER);
}

/** A database without tables, removed after the test. */
export const createEmpty = () => create(`encoding 'UTF8' template template0`);

/** A database with all tables, empty, removed after the test. */
export const fromTemplate = () => create(`template ${TEMPLATE} strategy file_copy`);

/** Starts one PostgreSQL server for all tests of the project, with a template database that each of them copies. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openStore } from '../../server/store/store.ts';
import { type PostgresServer, query, startPostgres } from './server.ts';

const SMALL = [
  'max_wal_size=96MB',
  'min_wal_size=32MB',
  'shared_buffers=32MB',
  'max_connections=200',
  'autovacuum=off',
];

/** `TEST_DATABASE_URL`: an existing server to use, with a user who may create databases and roles. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env.TEST_DATABASE_URL;
  const server = given === undefined ? await startOrSay() : undefined;
  if (given === undefined && server === undefined) return undefined;
  const admin = given ?? server?.url() ?? '';
  const folder = mkdtempSync(join(tmpdir(), 'front-door-keys-'));
  try {
    await makeTemplate(admin, folder);
  } catch (error) {
    await server?.remove();
    throw error;
  }
  project.config.env = { ...project.config.env, TEST_POSTGRES: admin, TEST_POSTGRES_FOLDER: join(folder, 'data') };
  return async () => {
    rmSync(folder, { recursive: true, force: true });
    await server?.remove();
  };
}

async function startOrSay(): Promise<PostgresServer | undefined> {
  try {
    return await startPostgres({ settings: SMALL });
  } catch (error) {
    const todo = 'Install PostgreSQL, or name a server in TEST_DATABASE_URL';
    console.warn(`The tests of PostgreSQL are left out: ${(error as Error).message}. ${todo}.`);
    return undefined;
  }
}

async function makeTemplate(admin: string, folder: string): Promise<void> {
  await query(admin, `do $$ begin create role app login; exception when duplicate_object then null; end $$`);
  await query(admin, 'drop database if exists front_door_empty');
  await query(admin, `create database front_door_empty owner app encoding 'UTF8' template template0`);
  const url = new URL(admin);
  url.pathname = '/front_door_empty';
  url.username = 'app';
  const clock = () => new Date('2026-11-22T09:00:00.000Z');
  const store = await openStore({ file: join(folder, 'data', 'front-door.sqlite'), databaseUrl: url.href, clock });
  await store.close();
}

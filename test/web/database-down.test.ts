import { writeFileSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { paths } from '../../server/base/paths.ts';
import { openOnSmallDisk } from '../store/small-disk.ts';
import { openApp } from './app.ts';
import { attribute, type Page } from './page.ts';
import type { Visitor } from './visitor.ts';
import { answer, idOf, openDoor, walkOn } from './walking.ts';

const ALWAYS = [
  paths.start(),
  paths.contacts(),
  paths.area('bury'),
  paths.search(),
  paths.talk(),
  paths.about(),
  paths.flows(),
];

/** A consultation in progress on a disk that can be filled and freed again. */
async function openVisitOnSmallDisk() {
  const { fill, free, ...disk } = await openOnSmallDisk();
  const opened = await openApp(disk);
  const visitor = opened.visit();
  const page = await openDoor(visitor, 'bury', 'level');
  return { ...opened, visitor, page, id: idOf(page), fill, free };
}

/** Adds notes until the disk is full. Returns those that were acknowledged. */
async function writeUntilFull(visitor: Visitor, id: string): Promise<{ acknowledged: string[]; refused: Page }> {
  const acknowledged: string[] = [];
  const form = (await visitor.go(paths.record(id))).form(paths.addition(id, 'notes'));
  for (let count = 0; count < 500; count++) {
    const text = `${count} ${'x'.repeat(9000)}`;
    const page = await visitor.send(form, { text });
    if (page.status !== 200) return { acknowledged, refused: page };
    acknowledged.push(text);
  }
  throw new Error('the disk is not full');
}

function expectUnavailable(page: Page) {
  expect([page.status, page.heading]).toEqual([503, 'We cannot save anything at the moment']);
  expect(page.text).toContain('not saved');
  expect(page.words('.fd-urgent')).toContain('Call 999');
  expect(page.words('.fd-urgent')).toContain('0161 253 5678');
  expect(page.all('main a').map((link) => attribute(link, 'href'))).toContain('tel:01612535678');
}

describe('with a full disk', () => {
  it('acknowledged data is there, everything else was refused, and all of it can be read', async () => {
    const { visitor, id, fill, store, log } = await openVisitOnSmallDisk();
    await fill();
    const { acknowledged, refused } = await writeUntilFull(visitor, id);
    expectUnavailable(refused);
    const notes = ((await store.log.read(id)) ?? []).flatMap(({ what }) => (what.kind === 'noted' ? [what.text] : []));
    expect(notes).toEqual(acknowledged);
    expect((await visitor.go(paths.record(id))).status).toBe(200);
    expect(log.join()).toContain('SQLITE_FULL');
    expect(log.join()).not.toContain('xxxx');
  });

  it('public pages and numbers work, and no consultation is opened that could not be saved', async () => {
    const { visitor, id, fill, visit } = await openVisitOnSmallDisk();
    await fill();
    await writeUntilFull(visitor, id);
    let refused = await openDoor(visit(), 'bury', 'level');
    for (let count = 0; refused.status === 200 && count < 200; count++)
      refused = await openDoor(visit(), 'bury', 'level');
    expectUnavailable(refused);
    for (const path of ALWAYS) expect([path, (await visit().go(path)).status]).toEqual([path, 200]);
    expect((await visit().go(paths.contacts())).text).toContain('0161 253 5678');
  });

  it('an answer is not acknowledged, not even to a script, and is accepted when there is room again', async () => {
    const { visitor, page, id, fill, free, store } = await openVisitOnSmallDisk();
    await fill();
    await writeUntilFull(visitor, id);
    const before = await store.log.read(id);
    // A small answer may still fit into an existing page; an answer that does not fit is never shown as saved.
    const results = [await answer(visitor, page, 'no'), await answer(visitor, page, 'no', { 'HX-Request': 'true' })];
    for (const result of results)
      if (result.status === 503) expectUnavailable(result);
      else expect((await store.log.read(id))?.length).toBe((before?.length ?? 0) + 1);
    await free();
    const next = await answer(visitor, page, 'no');
    expect(next.question).toBe('who_is_asking');
    expect((await store.log.read(id))?.filter(({ what }) => what.kind === 'answered')).toHaveLength(1);
    expect((await visitor.request(paths.ready())).status).toBe(200);
  });
});

describe('with a database that another program keeps locked', () => {
  it('pages are read, and answers are refused after a while', async () => {
    const opened = await openApp({ patienceMs: 200 });
    const visitor = opened.visit();
    const page = await openDoor(visitor, 'bury', 'level');
    const raw = new Sqlite(opened.store.file);
    onTestFinished(() => void raw.close());
    raw.exec('begin immediate');
    expectUnavailable(await answer(visitor, page, 'no'));
    expectUnavailable(await answer(visitor, page, 'no', { 'HX-Request': 'true' }));
    const code = await visitor.go(paths.record(idOf(page)));
    expectUnavailable(await visitor.send(code.form(paths.codes(idOf(page)))));
    expect((await visitor.go(page.url)).question).toBe('immediate_danger');
    raw.exec('rollback');
    expect((await answer(visitor, page, 'no')).question).toBe('who_is_asking');
  });
});

describe('with a database that cannot be read', () => {
  async function openDamaged() {
    const opened = await openApp();
    const visitor = opened.visit();
    const page = await openDoor(visitor, 'bury', 'level');
    // Another program writes to the database, so caches in memory become outdated.
    const raw = new Sqlite(opened.store.file);
    raw.exec(`insert into tallies (area, "end", week, count) values ('bury', 'none', '2026-11-16', 1)`);
    for (const ending of ['', '-wal']) writeFileSync(opened.store.file + ending, 'Not a database. '.repeat(2000));
    onTestFinished(() => void raw.close());
    return { ...opened, visitor, page };
  }

  it('public pages and numbers work, and everything else says that it does not', async () => {
    const { visitor, page, visit, log } = await openDamaged();
    for (const path of ALWAYS) expect([path, (await visit().go(path)).status]).toEqual([path, 200]);
    for (const failed of [await visitor.go(page.url), await answer(visitor, page, 'no')]) {
      expect(failed.status).toBe(503);
      const links = failed.all('main a').map((link) => attribute(link, 'href'));
      expect(links).toEqual(expect.arrayContaining(['tel:999', 'tel:01612535678', 'tel:01612176028']));
    }
    expect((await visit().request(paths.ready())).status).toBe(503);
    expect(log.join()).toMatch(/SQLITE_(NOTADB|CORRUPT|IOERR)/);
  });

  it('the public is still led to whom to ring', async () => {
    const { visit, log } = await openDamaged();
    const visitor = visit();
    const begun = await visitor.send((await visitor.go(paths.talkFor('public'))).form(paths.talk()));
    const result = await walkOn(visitor, begun, {
      immediate_danger: 'no',
      where_child_lives: 'bury',
      worry_kind: ['hurt'],
    });
    expect(result.end).toBe('tell_bury');
    expect(result.text).toContain('0161 253 5678');
    expect(log.join()).toContain('not counted');
  });
});

describe('with an unexpected error', () => {
  it('the page gives a reference, and the log has it without saying whose consultation it was', async () => {
    const { visit, store, log } = await openApp();
    const visitor = visit();
    const page = await openDoor(visitor, 'bury', 'level');
    const { id, reference } = await store.consultations.open({
      area: 'bury',
      flow: 'level',
      version: 'never kept',
      by: 'professional',
      makeReference: () => 'B 11 22 33 44 5',
    });
    const { hashToken } = await import('../../server/store/sessions.ts');
    await store.consultations.hold(hashToken(visitor.cookies.get('front_door') ?? ''), id);
    const failed = await visitor.go(paths.consultation(id));
    expect([failed.status, failed.heading]).toEqual([500, 'Sorry, something went wrong']);
    const quoted = /quote ([0-9a-f]{8})/.exec(failed.text)?.[1] ?? 'none';
    expect(log).toEqual([expect.stringContaining(quoted)]);
    for (const secret of [id, reference, visitor.cookies.get('front_door') ?? '', idOf(page)])
      expect(log.join()).not.toContain(secret);
    expect(failed.html).not.toContain('never kept');
  });
});

/** Every way of tampering with a log, done to a real database file by somebody who can write to it. */
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { addErased, countErased, digestOf } from '../../server/audit/erasure.ts';
import { describeFindings } from '../../server/audit/findings.ts';
import { someOf } from '../short-form.ts';
import { answered, openTemporary } from '../store/temporary.ts';
import { check, found, makeChainAnew, makeLog, tamper, WHO } from './tampered-log.ts';

it('finds nothing in an untouched log, even while it is being written', async () => {
  const log = await makeLog();
  const verified = check(log);
  expect(verified.findings.list()).toEqual([]);
  expect(verified).toMatchObject({ lines: 16, erased: 0 });
  const store = await openTemporary({ file: log.file });
  await store.log.decide(log.ids[0] ?? '', () => [answered('b')], 'professional');
  expect(check(log, [{ position: 16, hash: verified.head.hash.slice(0, 16) }])).toMatchObject({ lines: 17 });
  expect(found(log)).toEqual([]);
});

const LAST = `(select max(position) from chain)`;
const DEEDS: [string, (raw: Sqlite.Database) => void, string[]][] = [
  ['an edited text', (raw) => raw.exec(`update entries set body = '{"text":"x"}' where seq = 3`), ['1 text changed']],
  ['an edited time', (raw) => raw.exec(`update entries set at = '2020' where seq = 3`), ['1 facts changed']],
  ['an edited writer', (raw) => raw.exec(`update entries set "by" = 'public' where seq = 3`), ['1 facts changed']],
  ['an edited look', (raw) => raw.exec(`update looks set name = 'Tom' where seq = 2`), ['1 facts changed']],
  [
    'an edited line',
    (raw) => raw.exec(`update chain set content = 'x' where position = 3`),
    ['1 facts changed', '1 text changed'],
  ],
  ['a deleted entry', (raw) => raw.exec('delete from entries where seq = 3'), ['1 deleted']],
  ['a deleted look', (raw) => raw.exec('delete from looks where seq = 2'), ['1 deleted']],
  [
    'a deleted entry with its line',
    (raw) => raw.exec(`delete from entries where seq = 3; delete from chain where source = 'entries' and seq = 3`),
    ['1 gap', '4 rewritten'],
  ],
  [
    'a deleted entry, the others moved up',
    (raw) =>
      raw.exec(`delete from entries where seq = 3; delete from chain where source = 'entries' and seq = 3;
        update chain set position = position - 1 where position > 3`),
    ['13 facts changed', '1 out of order', '3 rewritten', '1 behind'],
  ],
  [
    'an inserted entry',
    (raw) =>
      raw.exec(`insert into entries (consultation, number, at, "by", kind, body)
        select consultation, 4, at, "by", kind, body from entries where seq = 3`),
    ['1 inserted'],
  ],
  [
    'an inserted look',
    (raw) =>
      raw.exec(`insert into looks (at, person, name, role, area, what, body) values ('', '', '', '', '', '', '{}')`),
    ['1 inserted'],
  ],
  [
    'two texts that changed places',
    (raw) =>
      raw.exec(`create temp table two as select seq, body from entries where seq in (2, 3);
        update entries set body = (select body from two where two.seq = 5 - entries.seq) where seq in (2, 3)`),
    ['2 text changed'],
  ],
  [
    'two lines that changed places',
    (raw) =>
      raw.exec(`update chain set position = -2 where position = 2; update chain set position = 2 where position = 3;
        update chain set position = 3 where position = -2`),
    ['3 out of order', '1 facts changed', '1 deleted', '1 inserted', '4 rewritten'],
  ],
  [
    'a tail that was cut off',
    (raw) =>
      raw.exec(
        `delete from looks where seq = 4; delete from entries where seq > 9; delete from chain where position > 12`,
      ),
    ['1 consultation changed', '1 behind'],
  ],
  [
    'a tail of the chain that was cut off',
    (raw) => raw.exec(`delete from chain where position = ${LAST}`),
    ['1 inserted', '1 behind'],
  ],
  [
    'a chain that was made anew',
    (raw) => {
      raw.exec(`update entries set body = '{"text":"Sam has no phone"}' where seq = 6`);
      makeChainAnew(raw, 5);
    },
    ['3 rewritten', '10 not ours'],
  ],
  [
    'another reference',
    (raw) =>
      raw.exec(`update consultations set reference = 'B' where id = (select consultation from entries where seq = 1)`),
    ['1 consultation changed'],
  ],
  [
    'an erasure that nobody recorded',
    (raw) =>
      raw.exec(`update entries set body = '{"erased":9}' where seq = 3;
        update chain set salt = null where source = 'entries' and seq = 3`),
    ['1 erased without record'],
  ],
  [
    'the mark of an erasure alone',
    (raw) => raw.exec(`update entries set body = '{"erased":9}' where seq = 3`),
    ['1 erased without record'],
  ],
  [
    'a salt that was taken away',
    (raw) => raw.exec('update chain set salt = null where position = 3'),
    ['1 text changed'],
  ],
];

describe('is found', () => {
  it.each(someOf(DEEDS, 3))('%s', async (_, deed, expected) => {
    const log = await makeLog();
    tamper(log, deed);
    expect(found(log).sort()).toEqual([...expected].sort());
  });

  it('an old copy put back', async () => {
    const log = await makeLog();
    const copy = `${log.file}.old`;
    copyFileSync(log.file, copy);
    await makeLog(log.file);
    for (const file of [`${log.file}-wal`, `${log.file}-shm`]) rmSync(file, { force: true });
    copyFileSync(copy, log.file);
    expect(found(log)).toEqual(['4 behind']);
    const words = describeFindings(check(log).findings).join('\n');
    expect(words).toContain('the log ends at line 16');
    expect(words).toContain('to do: if you restored a backup on purpose');
  });

  it('a printed checkpoint that no longer matches', async () => {
    const log = await makeLog();
    const findings = check(log, [
      { position: 5, hash: 'somethingelse' },
      { position: 99, hash: 'x' },
    ]).findings.list();
    expect(findings.map(({ kind }) => kind)).toEqual(['rewritten', 'behind']);
  });

  it('checkpoints and keys that are missing or changed', async () => {
    const log = await makeLog();
    const other = await makeLog();
    const heads = readFileSync(log.headsFile, 'utf8');
    const without = (file: string) =>
      found({ ...log, ...(file === 'key' ? { keyFile: 'none' } : { headsFile: 'none' }) });
    expect(without('key')).toEqual(['1 no key']);
    expect(without('heads')).toEqual(['1 no heads']);
    expect(found({ ...log, keyFile: other.keyFile })).toEqual(['4 badly signed', '4 rows changed']);
    writeFileSync(log.headsFile, heads.replace('"position":8', '"position":9'));
    expect(found(log)).toEqual(['1 badly signed']);
    writeFileSync(log.headsFile, `${heads}half a li`);
    expect(found(log)).toEqual(['1 not a head']);
  });

  it('an erasure that removed more than it recorded', async () => {
    const log = await makeLog();
    tamper(log, (raw) => {
      const lines = countErased();
      for (const seq of [2, 3]) addErased(lines, 'entries', seq);
      raw.exec(`update entries set body = '{"erased":5}' where seq in (2, 3, 5);
        update chain set salt = null where source = 'entries' and seq in (2, 3, 5)`);
      expect(digestOf(lines)).toHaveLength(43);
    });
    const store = await openTemporary({ file: log.file });
    const lines = countErased();
    for (const seq of [2, 3]) addErased(lines, 'entries', seq);
    const body = { lines: 2, digest: digestOf(lines) };
    await store.accessLog.add({ who: WHO, area: 'bury', what: 'erasure', body });
    expect(found(log)).toEqual(['1 erasure differs']);
    tamper(log, (raw) => raw.exec(`update entries set body = '{}' where seq = 5`));
    expect(found(log)).toEqual(['1 text changed']);
  });
});

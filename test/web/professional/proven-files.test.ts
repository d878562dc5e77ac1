import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkExport } from '../../../server/audit/export-proof.ts';
import { paths } from '../../../server/base/paths.ts';
import { RECORD_FORMATS, type RecordFormat } from '../../../server/base/record-formats.ts';
import { readPublicKey } from '../../../server/store/checkpoints.ts';
import { checkpointFiles } from '../../../server/store/store.ts';
import { readPdf } from '../../export/read-pdf.ts';
import { openApp } from '../app.ts';
import { beginConsultation } from '../begin-consultation.ts';
import { openDeskApp } from '../people/desk-app.ts';
import { jumpToResult } from '../walking.ts';

async function makeFiles() {
  const opened = await openApp();
  const visitor = opened.visit();
  const id = await jumpToResult(opened, visitor, 'bury', 'harm_by_act');
  const note = { kind: 'noted', text: 'Sam said it twice, in Bolton “and” here' } as const;
  await opened.store.log.decide(id, () => [note], 'professional');
  const files = {} as Record<RecordFormat, Buffer>;
  for (const format of RECORD_FORMATS)
    files[format] = Buffer.from(await (await visitor.request(paths.download(id, format))).arrayBuffer());
  const key = readPublicKey(checkpointFiles(opened.store.file).keyFile) ?? createPublicKey('');
  return { opened, files, key, id };
}

const problemsOf = (file: Buffer | string, key: Parameters<typeof checkExport>[1]) =>
  checkExport(Buffer.from(file), key).problems;

describe('an exported record', () => {
  // Made in the first test for all of them: afterwards only the files and the key are needed.
  let made: ReturnType<typeof makeFiles> | undefined;
  const theFiles = () => {
    made ??= makeFiles();
    return made;
  };

  it.each(RECORD_FORMATS)('contains what is needed to check it offline, as %s', async (format) => {
    const { files, key, id } = await theFiles();
    const checked = checkExport(files[format], key);
    expect(checked).toMatchObject({ problems: [], made: { source: 'looks' } });
    if ('made' in checked) expect(checked.made.facts).toEqual(expect.arrayContaining(['file made', id, 'bury']));
  });

  it('is still a file of its kind', async () => {
    const { files } = await theFiles();
    expect(
      readPdf(files.pdf)
        .pages.map(({ text }) => text)
        .join(),
    ).toContain('Sam said it twice');
    expect(files.pdf.toString('latin1')).toMatch(/startxref\n\d+\n%%EOF\n$/);
    const table = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(files.pdf.toString('latin1'))?.[1]);
    expect(files.pdf.toString('latin1', table, table + 4)).toBe('xref');
    expect(JSON.parse(files.json.toString())).toMatchObject({ format: 'front-door-record', formatVersion: 1 });
    expect(files.txt.toString()).toContain('END OF THE RECORD\n\n-----BEGIN PROOF OF THE LOG-----\n');
  });

  it('is not proven if a word of it was changed', async () => {
    const { files, key } = await theFiles();
    const changed = { json: 'said it twice', txt: 'said it twice', pdf: 'FlateDecode' };
    for (const format of RECORD_FORMATS) {
      const bytes = Buffer.from(files[format]);
      bytes.write('X', bytes.indexOf(changed[format]));
      expect(problemsOf(bytes, key), format).toEqual([expect.stringMatching(/not the one that was made/)]);
    }
  });

  it('is not proven with another key, another checkpoint, or another line', async () => {
    const { files, key } = await theFiles();
    const { proof, ...rest } = JSON.parse(files.json.toString());
    const other = generateKeyPairSync('ed25519').publicKey;
    expect(checkExport(files.json, other)).toEqual({
      problems: [expect.stringMatching(/signed with another key/)],
      isOtherKey: true,
    });
    const withProof = (change: (copy: typeof proof) => void) => {
      const copy = structuredClone(proof);
      change(copy);
      return problemsOf(JSON.stringify({ ...rest, proof: copy }), key).join();
    };
    expect(withProof(() => {})).toBe('');
    expect(withProof((copy) => (copy.checkpoint = copy.checkpoint.replace(/\nat 2/, '\nat 3')))).toMatch(/changed/);
    expect(withProof((copy) => (copy.checkpoint = 'none'))).toMatch(/not one of a Front Door/);
    expect(withProof((copy) => copy.made.path.pop())).toMatch(/did not stand in the log/);
    expect(withProof((copy) => (copy.made.position = 1))).toMatch(/facts are not those/);
    expect(withProof((copy) => (copy.made.facts[0] = '2020'))).toMatch(/facts are not those/);
    expect(withProof((copy) => (copy.made.body = '{"file":"x"}'))).toMatch(/changed in its proof/);
    expect(withProof((copy) => copy.entries.pop())).toMatch(/is listed and not proven/);
    expect(withProof((copy) => (copy.entries[0].facts[4] = 'noted'))).toMatch(/facts are not those/);
    expect(problemsOf(JSON.stringify(rest), key)).toEqual([expect.stringMatching(/carries no proof/)]);
    expect(problemsOf('-----BEGIN PROOF OF THE LOG-----', key)).toEqual([expect.stringMatching(/carries no proof/)]);
  });

  it('contains no word in its proof that the file does not show', async () => {
    const { files } = await theFiles();
    const { proof } = JSON.parse(files.json.toString());
    for (const entry of proof.entries) expect(Object.keys(entry)).not.toContain('body');
    expect(JSON.stringify(proof)).not.toMatch(/Sam|salt":"[^"]{30}/);
  });

  it('is sent without a proof if the log cannot be signed, and that is logged', async () => {
    const opened = await openApp();
    const visitor = opened.visit();
    const id = await jumpToResult(opened, visitor, 'bury', 'harm_by_act');
    opened.store.proofs.prove = () => Promise.reject(new Error('no place for the head'));
    const page = await visitor.go(paths.download(id, 'txt'));
    expect(page.html).toMatch(/END OF THE RECORD\n$/);
    expect(opened.log.join()).toMatch(/no place.*a file was sent without its proof/);
  });
});

it('is not listed a second time as an access by the line that proves it', async () => {
  const world = await openDeskApp();
  const browser = world.openBrowser();
  const { id, at } = await beginConsultation(browser);
  await browser.post(paths.handovers(id), { question: 'Is this for you?', reach: '0161 496 0001' }, at);
  const manager = await world.openDesk('operational manager');
  await manager.get(paths.deskDownload(id, 'txt'));
  const seen = await world.store.accessLog.at(id, 100);
  expect(seen.filter(({ what }) => what === 'export')).toHaveLength(1);
  expect(seen.map(({ what }) => what)).not.toContain('file made');
});

import { describe, expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import { type Library, loadLibrary } from '../../../server/flow/check/library.ts';
import type { ContentFile } from '../../../server/flow/language/folder.ts';
import { versionOf } from '../../../server/flow/language/version.ts';
import { contentFiles, type Opened, openApp, readLibrary, realLibrary, TODAY } from '../app.ts';
import { attribute, type Page, wordsOf } from '../page.ts';
import type { Visitor } from '../visitor.ts';
import { answer, idOf, openDoor, storyOf, walkOn } from '../walking.ts';

const WHY = 'The threshold for neglect was raised after a review';
const NEW_WORDS = 'Is anybody in danger at this moment?';

/** The files after an author has changed them: another wording, and one more question. */
function change(file: ContentFile): ContentFile {
  if (file.folder === 'national' && file.name === 'questions.yaml')
    return replace(file, /(immediate_danger:\n\s+question: ).*/, `$1${NEW_WORDS}`);
  if (file.folder === 'bury' && file.name === 'level.yaml')
    return replace(file, /(\n {2}- call: significant_harm\n)/, `$1${MORE}`);
  return file;
}

const MORE = `
  - ask: asked_since
    question: Has anybody asked the school nurse?
    why: It is asked since the change.
    type: one of
    means nothing of its own: a test
    options:
      asked: { text: Somebody has, level: 1 }
      not_asked: { text: Nobody has, level: 1 }
    unknown: { ask: mash }
    cite: BT 5.1
`;

function replace(file: ContentFile, from: RegExp, to: string): ContentFile {
  const text = file.text.replace(from, to);
  if (text === file.text) throw new Error(`${file.folder}/${file.name} has no ${from}`);
  return { ...file, text };
}

function getFlow(library: Library, area: string, id: string) {
  const flow = library.areas.get(area)?.flows.get(id);
  if (flow === undefined) throw new Error(`${area} has no flow ${id}`);
  return flow;
}

function withdraw(...versions: string[]): ContentFile {
  const lines = versions.map((version) => `  - version: ${version}\n    on: 2026-11-20\n    why: ${WHY}\n`);
  return { folder: 'bury', name: 'withdrawn.yaml', text: `withdrawn:\n${lines.join('')}` };
}

const before = realLibrary;
const old = versionOf(getFlow(before, 'bury', 'level'));
const changed = readLibrary(contentFiles.map(change));
const withdrawn = readLibrary([...contentFiles.map(change), withdraw(old)]);
const taken = readLibrary([...contentFiles, withdraw(old)]);
const { story } = storyOf('bury', 'harm_by_act');

/** Restarts the server on the same database with other content; the browser stays the same. */
async function startAgain({ store, clock }: Opened, library: Library, browser: Visitor) {
  const again = await openApp({ library, file: store.file, clock });
  const visitor = again.visit();
  for (const [name, value] of browser.cookies) visitor.cookies.set(name, value);
  return { ...again, visitor };
}

const FIRST = { immediate_danger: 'no', open_to_social_care: 'no', child_age: 9 };

/** Some answers in the old version; then the server restarts with other content. */
async function openBefore(library: Library) {
  const opened = await openApp({ library: before });
  const browser = opened.visit();
  const page = await walkOn(browser, await openDoor(browser, 'bury', 'level'), FIRST);
  const after = await startAgain(opened, library, browser);
  return { ...after, page, id: idOf(page), browser };
}

const turnsOf = (page: Page) => page.all('#turns > .fd-turn').map(wordsOf).join(' ');

describe('a consultation that was begun before the files changed', () => {
  it('reads as it was asked, and continues in the version that it began with', async () => {
    const { visitor, page, id } = await openBefore(changed);
    const again = await visitor.go(paths.consultation(id));
    expect(again.question).toBe(page.question);
    expect(turnsOf(again)).toContain('Is a child, or anyone else, in danger right now?');
    expect(turnsOf(again)).not.toContain(NEW_WORDS);
    const end = await walkOn(visitor, again, story);
    expect(end.end).toBe('refer_now');
    expect(turnsOf(end)).not.toContain('school nurse');
    for (const format of ['txt', 'json'] as const)
      expect((await visitor.go(paths.download(id, format))).html).toContain(old);
  });

  it('is different from a new one, which uses the new version', async () => {
    const { visitor } = await openBefore(changed);
    const page = await openDoor(visitor, 'bury', 'level');
    expect(page.heading).toBe(NEW_WORDS);
    expect((await walkOn(visitor, page, story)).question).toBe('asked_since');
  });

  it('continues even if its flow is gone from the files', async () => {
    const areas = new Map(before.areas);
    const bury = areas.get('bury');
    if (bury === undefined) throw new Error('there is no Bury');
    const flows = new Map([...bury.flows].filter(([flow]) => flow !== 'level'));
    areas.set('bury', { ...bury, flows, doors: bury.doors.filter((door) => door.flow !== 'level') });
    const { visitor, id } = await openBefore({ ...before, areas });
    const end = await walkOn(visitor, await visitor.go(paths.consultation(id)), story);
    expect(end.end).toBe('refer_now');
  });
});

/** Gives the question about the age another id and other words. */
function rename(file: ContentFile): ContentFile {
  if (/cases|used|safety|floor|outcomes/.test(file.name)) return file;
  const text = file.text
    .replaceAll(/\bchild_age\b/g, 'age_of_child')
    .replaceAll('How old is the child', 'What is the age of the child');
  return { ...file, text };
}
const RENAMED: ContentFile = {
  folder: 'national',
  name: 'retired.yaml',
  text: 'retired:\n  child_age: { on: 2026-11-20, why: One name for it, renamed to: age_of_child }\n',
};

describe('an answer whose question has another name in the new version', () => {
  // Cases and safety rules use the old name, and are left out: this tests the consultation, not the content.
  const speechless = contentFiles.map(rename).filter(({ name }) => !/^(cases|safety|used)\.yaml$/.test(name));
  const { library } = loadLibrary([...speechless, RENAMED, withdraw(old)], TODAY, 'parts');

  it('is reported as moved to the new one, moves there, and is in the record', async () => {
    const { visitor, id, store } = await openBefore(library);
    const told = await visitor.go(paths.consultation(id));
    expect(told.words('#what-becomes')).toMatch(
      /^“How old is the child.*” is now asked as “What is the age of the child.*”\. Your answer stands there\.$/,
    );
    const on = await visitor.send(told.form(paths.moves(id)));
    expect(turnsOf(on)).toContain('What is the age of the child');
    expect(turnsOf(on)).toContain('9 years');
    const whats = (await store.log.read(id))?.map(({ what }) => what) ?? [];
    expect(whats.slice(-2)).toMatchObject([
      { kind: 'moved' },
      { kind: 'answered', question: 'age_of_child', answer: 9 },
    ]);
    expect((await visitor.go(paths.record(id))).words('#entries')).toContain('Your answer stands there.');
  });
});

describe('a version that was withdrawn', () => {
  it('is reported to a reader in the middle: since when, why, and that the answers are kept', async () => {
    const { visitor, id } = await openBefore(withdrawn);
    for (const path of [paths.consultation(id), paths.question(id, 'concerns'), paths.question(id, 'child_age')]) {
      const told = await visitor.go(path);
      expect(told.status).toBe(200);
      expect(told.heading).toBe('The guidance has changed');
      expect(told.text).toContain(WHY);
      expect(told.text).toContain('20 November 2026');
      expect(told.text).toContain('Your answers are kept');
      expect(told.words('.fd-urgent')).toContain('0161 253 5678');
    }
  });

  it('accepts no more answers, and loses none', async () => {
    const { visitor, page, id, store } = await openBefore(withdrawn);
    const entries = await store.log.read(id);
    const refused = await answer(visitor, page, ['physical_abuse']);
    expect(refused.status).toBe(409);
    expect(refused.heading).toBe('The guidance has changed');
    const byScript = await answer(visitor, page, ['physical_abuse'], { 'HX-Request': 'true' });
    expect(byScript.status).toBe(409);
    expect(byScript.html).toMatch(/^<!doctype/i);
    expect(await store.log.read(id)).toEqual(entries);
  });

  it('is replaced by the new one with its answers kept; only what is new is asked', async () => {
    const { visitor, id, store } = await openBefore(withdrawn);
    const told = await visitor.go(paths.consultation(id));
    const on = await visitor.send(told.form(paths.moves(id)));
    expect(turnsOf(on)).toContain(NEW_WORDS);
    expect(turnsOf(on)).toContain('9 years');
    const next = await walkOn(visitor, on, story);
    expect(next.question).toBe('asked_since');
    const end = await walkOn(visitor, next, { ...story, asked_since: 'asked' });
    expect(end.end).toBe('refer_now');
    const kinds = (await store.log.read(id))?.map(({ what }) => what.kind);
    expect(kinds?.filter((kind) => kind === 'moved')).toHaveLength(1);
    expect((await visitor.go(paths.record(id))).words('#entries')).toContain(WHY);
  });

  it('is replaced once, however often the button is pressed', async () => {
    const { visitor, id, store } = await openBefore(withdrawn);
    const form = (await visitor.go(paths.consultation(id))).form(paths.moves(id));
    await Promise.all([visitor.send(form), visitor.send(form), visitor.send(form)]);
    expect((await store.log.read(id))?.filter(({ what }) => what.kind === 'moved')).toHaveLength(1);
  });

  it('is not replaced for a reader who was not asked', async () => {
    const { visitor, id, page, store } = await openBefore(changed);
    const token = page.questionForm.sends.get('token') ?? '';
    const next = await visitor.post(paths.moves(id), { token });
    expect(next.question).toBe(page.question);
    expect((await store.log.read(id))?.filter(({ what }) => what.kind === 'moved')).toHaveLength(0);
  });

  it('leads nobody to a result of the old guidance', async () => {
    const opened = await openApp({ library: before });
    const browser = opened.visit();
    const end = await walkOn(browser, await openDoor(browser, 'bury', 'level'), story);
    const { visitor } = await startAgain(opened, withdrawn, browser);
    const result = await visitor.go(end.url);
    expect(result.heading).toBe('The guidance has changed');
    expect(result.end).toBeUndefined();
  });

  it('can still be corrected and read in the record', async () => {
    const { visitor, id } = await openBefore(withdrawn);
    const record = await visitor.go(paths.record(id));
    expect(record.status).toBe(200);
    expect(record.words('#answers')).toContain('Is a child, or anyone else, in danger right now?');
    const noted = await visitor.send(record.form(paths.addition(id, 'notes')), { text: 'Kept while it changed' });
    expect(noted.text).toContain('Kept while it changed');
  });

  it('says whom to ring if nothing replaces it, and cannot be opened', async () => {
    const { visitor, id, store } = await openBefore(taken);
    const told = await visitor.go(paths.consultation(id));
    expect(told.text).toContain(WHY);
    expect(told.all('form').map((form) => attribute(form, 'action'))).not.toContain(paths.moves(id));
    expect(told.all('main a').map((link) => attribute(link, 'href'))).toContain('tel:01612535678');
    const refused = await openDoor(visitor, 'bury', 'level');
    expect(refused.status).toBe(409);
    expect(refused.question).toBeUndefined();
    expect(refused.all('main a').map((link) => attribute(link, 'href'))).toContain('tel:01612535678');
    expect((await store.log.read(id))?.filter(({ what }) => what.kind === 'moved')).toHaveLength(0);
  });
});

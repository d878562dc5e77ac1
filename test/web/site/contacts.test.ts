import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { paths } from '../../../server/base/paths.ts';
import { groupContacts } from '../../../server/web/site/contact-groups.ts';
import { linesInSight } from '../../reading/shown-results.ts';
import { contentFiles, openApp, realLibrary, TODAY } from '../app.ts';

const groups = groupContacts(realLibrary, TODAY);
const names = groups.map(({ contacts }) => contacts.map(({ name }) => name));

describe('the contacts', () => {
  it('are in the order of need: danger, somebody to talk to, the councils, then one kind of worry', () => {
    expect(groups.map(({ id }) => id)).toEqual(['now', 'talk', 'bolton', 'bury', 'stockport', 'national']);
    expect(names[0]?.[0]).toBe('Police, emergency');
    expect(names[1]?.slice(0, 2)).toEqual(['Childline', 'NSPCC Helpline']);
    for (const { id, contacts } of groups) {
      const facts = realLibrary.areas.get(id)?.facts;
      if (id !== 'national' && facts !== undefined) expect(contacts[0]?.id).toBe(facts.frontDoor);
      if (facts?.outOfHours !== undefined) expect(contacts[1]?.id).toBe(facts.outOfHours);
    }
  });

  it('are all listed, each once', () => {
    const twice = names.flat().filter((name, index) => names.flat().indexOf(name) !== index);
    // A contact of two councils is listed under both.
    expect(twice.filter((name) => !name.includes('Bury and Stockport'))).toEqual([]);
    const shown = new Set(
      groups.flatMap(({ contacts }) => contacts.flatMap(({ phones }) => phones.map(({ number }) => number))),
    );
    const all = [...realLibrary.areas.values()].flatMap(({ flows }) =>
      [...flows.values()].flatMap(({ contacts }) =>
        Object.values(contacts).flatMap(({ phones }) => phones.map(({ number }) => number)),
      ),
    );
    expect(all.filter((number) => !shown.has(number))).toEqual([]);
  });

  it('of a council are separate from national ones', () => {
    const national = groups.at(-1)?.contacts ?? [];
    expect(national.filter(({ name }) => /\b(Bury|Bolton|Stockport)\b/.test(name)).map(({ name }) => name)).toEqual([]);
  });

  it('show nothing that is for editors', () => {
    const remarks = /document|protocol|guidance|prints? no|copy of|confirmed|heading|given in the source/i;
    const shown = groups.flatMap(({ contacts }) =>
      contacts.flatMap((contact) =>
        [contact.for, contact.note, contact.hours, contact.conflict].filter((text) => text !== undefined),
      ),
    );
    expect(shown.filter((text) => remarks.test(text))).toEqual([]);
  });

  it('for emergencies and each front door are visible, and the others a tap away: at most 500 words', async () => {
    const page = await (await openApp()).visit().go(paths.contacts());
    const lines = linesInSight(page.html);
    expect(lines.join(' ').split(' ').length).toBeLessThan(500);
    for (const number of ['999', '0800 1111', '01204 333333', '0161 253 5678', '0161 253 6606', '0161 217 6028'])
      expect(lines.join('; ')).toContain(number);
    expect(page.all('.fd-contact')).toHaveLength(names.flat().length);
  });
});

describe('the paragraphs that a result cites', () => {
  it('say what they contain, and not how the document was read, which is for editors', () => {
    const titles = contentFiles
      .filter(({ name }) => name === 'sources.yaml')
      .flatMap(({ folder, text }) => {
        const { sources } = parse(text) as { sources: Record<string, { paragraphs: Record<string, string> }> };
        return Object.entries(sources).flatMap(([id, { paragraphs }]) =>
          Object.values(paragraphs).map((title) => `${folder} ${id}: ${title}`),
        );
      });
    expect(titles.length).toBeGreaterThan(300);
    expect(titles.filter((title) => /\bscan\b|\barrows\b|heading lost/i.test(title))).toEqual([]);
  });
});

/** National flows use national contacts; an area can replace them with its own. */
import { describe, expect, it } from 'vitest';
import { loadLibrary } from '../../server/flow/check/library.ts';
import type { ContentFile } from '../../server/flow/language/folder.ts';
import { proveAll } from '../../server/flow/prove/all.ts';
import { isProved } from '../../server/flow/prove/prove.ts';
import { TODAY, town } from './small-content.ts';

const contact = (id: string, phone: string) =>
  `  ${id}: { name: ${id}, phone: ${phone}, for: Advice, cite: NAT 1, checked on: not checked }\n`;

const NATION: Record<string, string> = {
  'area.yaml': `area: national
name: The nation
front door: line
front door is called: the line
reference letter: N
scale: { 1: Level 1 }
doors:
  advice: { title: Advice, for: professional }
`,
  'sources.yaml': `sources:
  NAT: { title: The nation's, publisher: N, published: undated, paragraphs: { 1: First } }
`,
  'contacts.yaml': `contacts:\n${contact('line', '0808 157 0000')}${contact('officer', '0808 157 0001')}`,
  'timetable.yaml': 'next:\n  told: { do: Tell the officer, who: you, whose: yours, with: officer, cite: NAT 1 }\n',
  'advice.yaml': `flow: advice
title: Advice
cite: NAT 1
steps:
  - end: ask_both
    action: Ask both
    within: today
    next: told
    contacts: [officer, front_door]
    cite: NAT 1
`,
  'safety.yaml': `rules:
  officer_first:
    says: The officer is first, and the front door is named
    flows: [advice]
    whenever: {}
    always: { first contact: officer, contact: [officer, front_door] }
    cite: NAT 1
`,
};

function files(more = '', nation = ''): ContentFile[] {
  const national = Object.entries(NATION).map(([name, text]) => ({
    folder: 'national',
    name,
    text: name === 'area.yaml' ? text + nation : text,
  }));
  const desk = contact('town_officer', '0161 496 0001').replace('NAT 1', 'DOC 1');
  return [...town({ 'area.yaml': (text) => text + more, 'contacts.yaml': (text) => text + desk }), ...national];
}

const OWN = 'own contacts: { officer: town_officer }\n';

describe('own contacts of an area', () => {
  it('replace those of the national flow in that area, in its ends and next steps, and nowhere else', () => {
    const { library, problems } = loadLibrary(files(OWN), TODAY);
    expect(problems).toEqual([]);
    const inTown = library.areas.get('town')?.flows.get('advice');
    expect(inTown?.parts.advice?.steps[0]).toMatchObject({ contacts: ['town_officer', 'desk'] });
    expect(inTown?.next.told?.with).toBe('town_officer');
    const inNation = library.areas.get('national')?.flows.get('advice');
    expect(inNation?.parts.advice?.steps[0]).toMatchObject({ contacts: ['officer', 'line'] });
  });

  it('are meant by national safety rules in that area', () => {
    const proofs = (more: string) => proveAll(loadLibrary(files(more), TODAY).library, TODAY);
    for (const more of ['', OWN]) expect(proofs(more).every(isProved)).toBe(true);
    // The rule would be broken if it still meant the national officer, and it has to be broken if another contact comes
    // first.
    const mixed = files(OWN).map((file) =>
      file.name === 'advice.yaml'
        ? { ...file, text: file.text.replace('[officer, front_door]', '[front_door, officer]') }
        : file,
    );
    const broken = proveAll(loadLibrary(mixed, TODAY).library, TODAY).filter((proof) => !isProved(proof));
    expect(broken.map(({ flow }) => flow.area.id).sort()).toEqual(['national', 'town']);
  });

  it.each([
    ['own contacts: { oficer: town_officer }\n', '', 'no national contact is called "oficer". Did you mean "officer"?'],
    ['own contacts: { officer: nobody }\n', '', 'no contact is called "nobody".'],
    ['', 'own contacts: { officer: line }\n', '"own contacts" stand in the area.yaml of an area'],
  ])('are refused if they do not exist (%s%s)', (more, nation, message) => {
    const told = loadLibrary(files(more, nation), TODAY).problems.map((problem) => problem.message);
    expect(told).toContainEqual(expect.stringContaining(message));
  });
});

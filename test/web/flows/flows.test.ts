import { describe, expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import type { Library } from '../../../server/flow/check/library.ts';
import type { Flow } from '../../../server/flow/flow.ts';
import { versionOf } from '../../../server/flow/language/version.ts';
import { expectValid } from '../../browser/valid.ts';
import { linesInSight } from '../../reading/shown-results.ts';
import { openApp, realLibrary } from '../app.ts';
import { attribute, type Page } from '../page.ts';
import { idOf, openDoor, storyOf, walkCase, walkOn } from '../walking.ts';

const library = realLibrary;
const flows = [...library.areas].flatMap(([area, { flows }]) => [...flows.values()].map((flow) => ({ area, flow })));
const level = getFlow(library, 'bury', 'level');

function getFlow({ areas }: Library, area: string, id: string): Flow {
  const flow = areas.get(area)?.flows.get(id);
  if (flow === undefined) throw new Error(`${area} has no flow ${id}`);
  return flow;
}

/** The same content, with one end of one flow renamed and without its next steps. */
function withChangedEnd(): Library {
  const changed = structuredClone(level);
  const part = changed.parts[changed.id];
  const end = part?.steps.find((step) => step.id === 'refer_now');
  if (end?.kind !== 'end') throw new Error('bury/level has no end refer_now');
  end.id = 'refer_at_once';
  end.action = 'Refer at once';
  end.next = [];
  const bury = library.areas.get('bury');
  if (bury === undefined) throw new Error('there is no Bury');
  const areas = new Map(library.areas).set('bury', { ...bury, flows: new Map(bury.flows).set(changed.id, changed) });
  return { ...library, areas };
}

const count = (page: Page, words: string) => page.html.split(words).length - 1;

describe('the list of all flows', () => {
  it('has each flow once, with its version and a link to it', async () => {
    const page = await (await openApp()).visit().go(paths.flows());
    expect(page.status).toBe(200);
    const links = page.all('main a').map((link) => attribute(link, 'href'));
    const listed = [...library.areas].flatMap(([area, { flows, instruments }]) => [
      ...[...flows.keys()].map((flow) => paths.flow(area, flow)),
      ...[...instruments.keys()].map((instrument) => paths.instrument(area, instrument)),
    ]);
    expect(links.toSorted()).toEqual([paths.floor(), ...listed].toSorted());
    for (const { flow } of flows) expect(page.text).toContain(versionOf(flow));
    expect(page.text).toMatch(/The worked cases take \d+ to \d+ questions, the median is \d+\./);
    await expectValid(page.html);
  });

  it('is folded by area and kind of reader, each with a count', async () => {
    const page = await (await openApp()).visit().go(paths.flows());
    const seen = linesInSight(page.html).join(' ');
    expect(seen.split(/\s+/).length).toBeLessThan(200);
    const bury = library.areas.get('bury');
    expect(seen).toMatch(
      new RegExp(`Bury For professionals ${bury?.flows.size} flows Instruments ${bury?.instruments.size} forms`),
    );
  });
});

describe('the floor', () => {
  it('is on a separate page, with every rule in words and its source', async () => {
    const page = await (await openApp()).visit().go(paths.floor());
    expect(page.status).toBe(200);
    await expectValid(page.html);
    const rules = library.areas.get('national')?.floor?.rules ?? [];
    expect(rules.length).toBeGreaterThan(20);
    for (const { says, cite } of rules) {
      expect(page.text).toContain(says);
      expect(page.text).toContain(cite.join(', '));
    }
    expect(page.text).toContain('whenever the answers mean “Somebody is in danger now”');
    expect(page.text).toContain('Level: the highest');
    expect(page.text).toContain('No area has one.');
  });
});

describe('an instrument', () => {
  it('that does not exist is not found', async () => {
    const { visit } = await openApp();
    expect((await visit().go(paths.instrumentFile('bury', 'nothing'))).status).toBe(404);
    expect((await visit().go(paths.instrument('bury', 'nothing'))).status).toBe(404);
    expect((await visit().go(paths.instrument('nowhere', 'screening_tool'))).status).toBe(404);
  });
});

describe('a flow', () => {
  it('that every area has shows the national safety rules in each area', async () => {
    const { visit } = await openApp();
    for (const area of ['bury', 'bolton', 'stockport', 'national']) {
      const page = await visit().go(paths.flow(area, 'worry_about_worker'));
      expect(page.text).toContain('A worry about somebody never leads to that person');
      expect(page.text).not.toContain('A plan or a wish to die is for now');
    }
  });

  it('is valid, and shows each source and the cases of each step', async () => {
    const page = await (await openApp()).visit().go(paths.flow('bury', 'may_i_tell_parents'));
    await expectValid(page.html);
    const cites = page.all('.fd-spoken__cite a').map((link) => attribute(link, 'href'));
    expect(cites).toContain('#source-BT');
    expect(cites.some((href) => href?.startsWith('#case-'))).toBe(true);
    expect(page.words('.fd-urgent')).toContain('0161 253 5678');
  });

  it('can unfold each step or everything, and a link to a part opens what is around it', async () => {
    const { visit } = await openApp();
    const address = paths.flow('bury', 'may_i_tell_parents');
    const folded = await visit().go(address);
    expect(folded.all('.fd-spoken__step > details[open]')).toEqual([]);
    expect(linesInSight(folded.html).join(' ')).toContain('Opens ladder A.');
    // Browsers open the folds around a link's target, but not a fold that is the target itself.
    const targets = folded.all('a').flatMap((link) => /^#(.+)/.exec(attribute(link, 'href') ?? '')?.[1] ?? []);
    expect(targets.length).toBeGreaterThan(100);
    const notOpened = new Set(folded.all('details[id], summary [id]').map((element) => attribute(element, 'id')));
    expect(targets.filter((id) => notOpened.has(id))).toEqual([]);
    const unfolded = await visit().go(`${address}?all=open`);
    expect(folded.all('main a').map((link) => attribute(link, 'href'))).toContain(`${address}?all=open`);
    expect(unfolded.all('main details')).toHaveLength(unfolded.all('main details[open]').length);
  });

  it('shows the path of a worked case, in words too', async () => {
    const page = await (await openApp()).visit().go(`${paths.flow('bury', 'level')}?case=harm_by_act`);
    expect(page.words('.fd-shown')).toContain('burns that he explains');
    expect(count(page, 'fd-map__box--taken')).toBeGreaterThan(5);
    expect(page.html).toContain('question · taken');
    // The drawings through which the case goes are open, and no others.
    const open = page.all('.fd-ladder__drawing[open]').length;
    expect(open).toBeGreaterThan(2);
    expect(open).toBeLessThan(page.all('.fd-ladder__drawing').length);
    const without = await (await openApp()).visit().go(`${paths.flow('bury', 'level')}?case=__proto__`);
    expect(count(without, 'fd-map__box--taken')).toBe(0);
  });

  it('can be enlarged by a link, without a script', async () => {
    const { visit } = await openApp();
    const widthAt = async (size: string) => {
      const page = await visit().go(`${paths.flow('bury', 'may_i_tell_parents')}?size=${size}`);
      return Number(attribute(page.find('svg'), 'width'));
    };
    const [small, normal, large, odd] = [
      await widthAt('small'),
      await widthAt('normal'),
      await widthAt('large'),
      await widthAt('toString'),
    ];
    expect([small < normal, normal < large, odd === normal]).toEqual([true, true, true]);
  });

  it.each(['bury/none', 'none/level', '__proto__/level', 'bury/__proto__', 'bury/..%2f..'])(
    'does not exist at %s',
    async (name) => {
      const page = await (await openApp()).visit().go(`${paths.flows()}/${name}`);
      expect(page.status).toBe(404);
    },
  );
});

describe('two versions of a flow', () => {
  const old = versionOf(level);
  const changed = withChangedEnd();

  async function compareAfter(cases: string[]) {
    const opened = await openApp();
    const visitor = opened.visit();
    const pages = [];
    for (const id of cases) pages.push(await walkCase(visitor, 'bury', id));
    const again = await openApp({ library: changed, file: opened.store.file, clock: opened.clock });
    const page = await again.visit().go(`${paths.flowCompare('bury', 'level')}?with=${old}`);
    return { page, ids: pages.map((result) => idOf(result)), again };
  }

  it('shows which worked cases have a different outcome, and how', async () => {
    const { page } = await compareAfter(['harm_by_act']);
    expect(page.status).toBe(200);
    expect(page.text).toMatch(/\d+ of \d+ worked cases came out differently/);
    const table = page.words('.fd-compare');
    expect(table).toMatch(/What to do.*Refer to MASH without delay.*Refer at once/s);
    expect(table).toMatch(/Next steps that differ.*Nothing more/s);
    await expectValid(page.html);
  });

  it('shows how many consultations would end differently, and never which', async () => {
    const { page, ids, again } = await compareAfter(['harm_by_act', 'harm_by_act']);
    expect(page.text).toContain('2 consultations reached an end. 2 of them would end differently (What to do: 2');
    for (const id of ids) {
      const line = await again.store.consultations.find(id);
      expect(page.html).not.toContain(id);
      expect(page.text).not.toContain(line?.reference);
    }
  });

  it('leaves out consultations that have not reached an end', async () => {
    const opened = await openApp();
    const visitor = opened.visit();
    const { story } = storyOf('bury', 'harm_by_act');
    const [first = ''] = Object.keys(story);
    await walkOn(visitor, await openDoor(visitor, 'bury', 'level'), { [first]: story[first] ?? 'no' });
    const again = await openApp({ library: changed, file: opened.store.file, clock: opened.clock });
    const page = await again.visit().go(`${paths.flowCompare('bury', 'level')}?with=${old}`);
    expect(page.text).toContain('0 consultations reached an end. 0 of them');
  });

  it.each(['0123456789abcdef', 'no version', "' or 1=1"])(
    'reports a version that is not stored, such as %s',
    async (version) => {
      const page = await (await openApp())
        .visit()
        .go(`${paths.flowCompare('bury', 'level')}?with=${encodeURIComponent(version)}`);
      expect(page.status).toBe(404);
      expect(page.text).toContain(`No version ${version} of this flow is kept here`);
    },
  );

  it('does not accept a version of another flow', async () => {
    const opened = await openApp();
    await walkCase(opened.visit(), 'bury', 'harm_by_act');
    const page = await opened.visit().go(`${paths.flowCompare('bury', 'may_i_tell_parents')}?with=${old}`);
    expect(page.status).toBe(404);
  });

  it('offers the stored versions if none is given', async () => {
    const { again } = await compareAfter(['harm_by_act']);
    const page = await again.visit().go(paths.flowCompare('bury', 'level'));
    expect(page.status).toBe(200);
    expect(page.all('main a').map((link) => attribute(link, 'href'))).toContain(
      `${paths.flowCompare('bury', 'level')}?with=${old}`,
    );
  });
});

describe('the map of a consultation', () => {
  it('is shown, drawn and in words, only to the browser that has the consultation', async () => {
    const opened = await openApp();
    const visitor = opened.visit();
    const id = idOf(await walkCase(visitor, 'bury', 'harm_by_act'));
    const page = await visitor.go(paths.map(id));
    expect(page.status).toBe(200);
    expect(page.words('.fd-way__steps')).toContain('Refer to MASH without delay');
    expect(page.html.match(/<svg[^>]* role="img"[^>]*><title/g)).toHaveLength(1);
    expect(page.all('.fd-way__passed li').length).toBeGreaterThan(10);
    await expectValid(page.html);
    expect((await opened.visit().go(paths.map(id))).status).toBe(404);
  });
});

/**
 * The floor of national rules. A copy of any area that lacks something that has to be safe everywhere must fail, even
 * if the area's own rules and cases are removed with it. Each fault is planted in each area.
 */

import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadLibrary, type ReadLibrary } from '../../server/flow/check/library.ts';
import type { ContentFile } from '../../server/flow/language/folder.ts';
import { describeProblem, type Problem } from '../../server/flow/problem.ts';
import { proveOne } from '../../server/flow/prove/all.ts';
import { describeProof } from '../../server/flow/prove/describe.ts';
import { isProved, type Proof } from '../../server/flow/prove/prove.ts';
import { CONTENT_DAY } from '../content-day.ts';
import { realFiles } from '../real-content.ts';
import { isShort, someOf } from '../short-form.ts';

const TODAY = CONTENT_DAY;
const SLOW = 60_000;
const AREAS = ['bolton', 'bury', 'stockport'];
const IS_OWN_GUARD = /^(safety|cases)\.yaml$/;

interface Judged {
  problems: Problem[];
  /** Proved only when a test asks for it. */
  readonly proofs: Proof[];
}

/** An area depends on its own files and the national ones, and on no other area. */
const near = (area: string) => realFiles.filter(({ folder }) => folder === area || folder === 'national');

/** Judges the area without its own rules and cases, and with `change` applied to every flow and question. */
function judge(area: string, change: (text: string) => string): Judged {
  const whole = near(area).filter(({ folder, name }) => folder !== area || !IS_OWN_GUARD.test(name));
  const copy = whole.map((file) => {
    const text = file.folder === area ? change(file.text) : file.text;
    return text === file.text ? file : { ...file, text };
  });
  if (copy.every((file, index) => file === whole[index])) throw new Error(`nothing was changed in ${area}`);
  const { library, problems } = loadLibrary(copy, TODAY);
  return {
    problems,
    get proofs() {
      return proofsOf(library, area);
    },
  };
}

function proofsOf(library: ReadLibrary, area: string): Proof[] {
  const found = library.areas.get(area);
  if (found === undefined) return [];
  const own = [...found.flows.values()].filter((flow) => found.content.flows.has(flow.id));
  return own.map((flow) => proveOne(library, found, flow, TODAY));
}

/** The floor's rules that some fault in this file has broken, and all that apply to some area's own doors. */
const tried = { broken: new Set<string>(), spoken: new Set<string>() };

function brokenRules(proofs: readonly Proof[]): string[] {
  const ofFloor = proofs.flatMap(({ rules }) => rules.filter(({ rule }) => rule.isFloor));
  const broken = ofFloor.filter(({ result }) => result === 'broken');
  for (const { rule } of broken) tried.broken.add(rule.id);
  for (const { rule, result } of ofFloor) if (result !== 'vacuous') tried.spoken.add(rule.id);
  return [...new Set(broken.map(({ rule }) => rule.id))];
}

const without = (line: RegExp) => (text: string) => text.replace(line, '');
/** Matches for example `        parents: do not tell` on an option, a piece of advice or an end. */
const MARKS = (topic: string, words: string) => without(new RegExp(`^ +${topic}: (${words})$\\n`, 'gm'));

/** The rules about times, steps and agreement that every area's own doors could break. */
const BROKEN_WITHOUT_TIMES = [
  'after_999_the_front_door_hears',
  'danger_in_doubt_is_talked_through',
  'a_report_can_be_made',
  'neglect_has_a_time',
  'bruise_on_a_baby',
  'serious_harm_is_told',
  'not_to_the_person_of_the_worry',
  'consent_is_given_only_by_somebody',
  'wanting_to_die_is_not_left',
];

/** The short form plants half of the faults, in one area. */
const itInFull = it.skipIf(isShort);

describe.each(someOf(AREAS, 3))('a copy of %s without rules and cases of its own', (area) => {
  it(
    'keeps the floor as it is',
    () => {
      const { proofs } = judge(area, (text) => `${text}\n`);
      expect(proofs.length).toBeGreaterThan(3);
      expect(proofs.filter((proof) => !isProved(proof)).map((proof) => describeProof(proof))).toEqual([]);
    },
    SLOW,
  );

  it(
    'fails without the danger question, and says what to add',
    () => {
      const { proofs } = judge(area, without(/^ +- call: danger\n/gm));
      const faults = proofs.flatMap(({ floor }) => floor?.faults ?? []);
      expect(faults.length).toBeGreaterThanOrEqual(proofs.length);
      expect(faults[0]?.message).toMatch(
        /^the first question does not ask about danger\. .*begin with "- call: danger"/,
      );
      expect(proofs.every(isProved)).toBe(false);
    },
    SLOW,
  );

  itInFull(
    'fails without its marks on parents',
    () => {
      const { proofs } = judge(area, MARKS('parents', 'do not tell|ask first'));
      expect(brokenRules(proofs)).toEqual(expect.arrayContaining(['kept_from_parents']));
      const told = proofs.map((proof) => describeProof(proof)).join('\n');
      expect(told).toContain('nobody tells the parents without asking first');
      expect(told).toContain('parents must not be "tell"');
    },
    SLOW,
  );

  itInFull(
    'fails without its marks on the police',
    () => {
      const { proofs } = judge(area, MARKS('police', 'consider|report'));
      expect(brokenRules(proofs)).toContain('a_crime_names_the_police');
    },
    SLOW,
  );

  itInFull(
    'fails without its highest level',
    () => {
      const top = Math.max(...[...levelsOf(area)]);
      const { proofs } = judge(area, (text) => text.replace(new RegExp(`level: ${top}\\b`, 'g'), `level: ${top - 1}`));
      expect(brokenRules(proofs)).toContain('after_999_the_front_door_hears');
    },
    SLOW,
  );

  it(
    'fails without its times, its steps, its marks on agreement and its "to", and says which rules are broken',
    () => {
      const changes: [RegExp, string][] = [
        [/^( +within: )(at once|today)$/gm, '$1no set time'],
        [/^ +next: police_today\n/gm, ''],
        [/^( +consent: )(needed|weigh)$/gm, '$1given'],
        [/^ +next: \[social_worker_of_child_in_care, placing_council_told\]\n/gm, ''],
        [/, own_manager_is_the_worry\]/g, ']'],
        [/ only with: \{ means: \{ none of: \[own_manager_is_the_worry\] \} \}/g, ''],
      ];
      const { proofs } = judge(area, (text) => changes.reduce((all, [from, to]) => all.replace(from, to), text));
      expect(brokenRules(proofs)).toEqual(expect.arrayContaining(BROKEN_WITHOUT_TIMES));
      expect(proofs.flatMap(({ floor }) => floor?.doubts.map(({ problem }) => problem) ?? [])).toContain(
        'no time is set for doubt about harm',
      );
    },
    SLOW,
  );

  itInFull(
    'fails if it sends nobody to children’s services, or asks for agreement that was given',
    () => {
      const changes: [RegExp, string][] = [
        [
          /contacts: \[(mash|bolton_front_door|stockport_front_door|allocated_social_worker), .*\]/g,
          'contacts: [nspcc]',
        ],
        [/^( +)contact: .*$/gm, '$1contact: nspcc'],
        [/^( +)ask: (mash|\w*front_door)$/gm, '$1ask: nspcc'],
        [/^ +next: .*$\n/gm, ''],
        [/agreement: (it was given|do without it)/g, 'agreement: ask for it'],
      ];
      const { proofs } = judge(area, (text) => changes.reduce((all, [from, to]) => all.replace(from, to), text));
      expect(brokenRules(proofs)).toEqual(expect.arrayContaining(['serious_harm_is_told', 'refusal_is_not_the_end']));
    },
    SLOW,
  );

  it(
    'fails while an option does not say what it means',
    () => {
      const { problems } = judge(area, without(/^ +means: \[[a-z_]+\]\n/gm));
      expect(problems.filter(({ message }) => message.includes('does not say what it means')).length).toBeGreaterThan(
        5,
      );
    },
    SLOW,
  );

  itInFull(
    'fails while its main door cannot hear of self-harm, and says what to add',
    () => {
      const deaf = (text: string) => text.replaceAll(/\bself_harm\b(?=[,\]])/g, 'mental_ill_health');
      const told = judge(area, deaf).problems.map(describeProblem).join('\n');
      expect(told).toMatch(
        /cannot hear this worry: The child harms themselves\. Give a question that it asks an option with "means: \[self_harm\]"/,
      );
    },
    SLOW,
  );

  it(
    'fails without a door for any kind of worry',
    () => {
      const { problems } = judge(area, without(/^ +main: yes\n/gm));
      expect(problems.map(({ message }) => message).join()).toContain('no door says "main: yes"');
    },
    SLOW,
  );
});

/** Rules that only depend on the national flows about danger and about who is asking, which no area can change. */
const HELD_BY_NATIONAL_FLOWS = ['danger_is_999', 'a_carer_does_not_tell_the_parents'];

it.skipIf(isShort)('tries every rule of the floor that applies to an area’s own doors', () => {
  const untried = [...tried.spoken].filter((id) => !tried.broken.has(id) && !HELD_BY_NATIONAL_FLOWS.includes(id));
  expect(tried.spoken.size).toBeGreaterThan(25);
  expect(untried).toEqual([]);
});

it('is explained, rule by rule, in the document about planted faults', () => {
  const text = readFileSync(new URL('../../docs/planted-faults.md', import.meta.url), 'utf8');
  const floor = realFiles.find(({ folder, name }) => folder === 'national' && name === 'floor.yaml')?.text ?? '';
  const rules = [...floor.slice(floor.indexOf('\nfloor:')).matchAll(/^ {2}(\w+):$/gm)].map(([, id]) => id ?? '');
  expect(rules.length).toBeGreaterThan(30);
  expect(rules.filter((id) => !text.includes(`\`${id}\``))).toEqual([]);
});

function levelsOf(area: string): number[] {
  const text = realFiles.find(({ folder, name }) => folder === area && name === 'area.yaml')?.text ?? '';
  return [...text.matchAll(/^ {2}(\d): /gm)].map(([, level]) => Number(level));
}

describe('an exception to the floor', () => {
  let safety: ContentFile;
  beforeAll(() => {
    safety = realFiles.find(({ folder, name }) => folder === 'bury' && name === 'safety.yaml') as ContentFile;
  });
  const withException = (lines: string) => {
    const text = `${safety.text}\nfloor exceptions:\n  - ${lines.trim().replaceAll('\n', '\n    ')}\n`;
    return loadLibrary(
      near('bury').map((file) => (file === safety ? { ...file, text } : file)),
      TODAY,
    );
  };
  const WHOLE = 'rule: kept_from_parents\ndoors: [level]\nwhy: Because.\ncite: BT 5.7\nsigned by: A lead';

  it.each(
    someOf(
      [
        ['cite', '"cite" is missing'],
        ['signed by', '"signed by" is missing'],
        ['why', '"why" is missing'],
      ],
      3,
    ),
  )('is refused without "%s"', (key, message) => {
    const lines = WHOLE.split('\n').filter((line) => !line.startsWith(`${key}:`));
    expect(withException(lines.join('\n')).problems.map(describeProblem).join()).toContain(message);
  });

  itInFull('is refused for a rule, a door or a paragraph that does not exist', () => {
    const told = (from: string, to: string) =>
      withException(WHOLE.replace(from, to)).problems.map(describeProblem).join();
    expect(told('kept_from_parents', 'kept_from_parent')).toContain('Did you mean "kept_from_parents"?');
    expect(told('[level]', '[levell]')).toContain('no flow is called "levell"');
    expect(told('BT 5.7', 'BT 9.9')).toContain('there is no "BT 9.9"');
  });

  it(
    'removes the rule from that door only',
    () => {
      const { library, problems } = withException(WHOLE);
      expect(problems).toEqual([]);
      const area = library.areas.get('bury');
      if (area === undefined) throw new Error('no Bury');
      const rulesOf = (id: string) => {
        const flow = area.flows.get(id);
        if (flow === undefined) throw new Error(`no ${id}`);
        return proveOne(library, area, flow, TODAY).rules.flatMap(({ rule }) => (rule.isFloor ? [rule.id] : []));
      };
      expect(rulesOf('level')).not.toContain('kept_from_parents');
      expect(rulesOf('exploitation')).toContain('kept_from_parents');
    },
    SLOW,
  );
});

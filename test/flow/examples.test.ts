/** Examples that a document prints with their level end at exactly that level. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { countExamples } from '../../server/flow/check/examples.ts';
import { loadLibrary } from '../../server/flow/check/library.ts';
import { describeProblem } from '../../server/flow/problem.ts';
import { TODAY, town } from './small-content.ts';

const EXAMPLES = 'examples:\n  bruised: { says: A bruise, level: 3, cite: DOC 1 }\n';
const caseOf = (must: string, example = 'bruised', answer = 'bruise') => `cases:
  a_bruise:
    flow: worry
    example: ${example}
    story: A boy has a bruise.
    answers: { danger: no, signs: [${answer}] }
    must: ${must}
`;
const load = (cases: string, examples = EXAMPLES) =>
  loadLibrary(town({ 'examples.yaml': examples, 'cases.yaml': cases }), TODAY);
const told = (cases: string, examples?: string) => load(cases, examples).problems.map(describeProblem);

describe('a printed example', () => {
  it('has a case at exactly its level, and is counted', () => {
    expect(told(caseOf('{ level: 3 }'))).toEqual([]);
    const contents = [...load(caseOf('{ level: 3 }')).library.areas.values()].map(({ content }) => content);
    expect(countExamples(contents)).toEqual([{ area: 'town', examples: 1, cases: 1, levels: new Map([[3, 1]]) }]);
  });

  it('does not count a case that leaves the level open, or has another', () => {
    const wrong =
      'flows/town/cases.yaml:4:5: case "a_bruise": the document prints this example at level 3, so the case must come out at exactly that. Write "level: 3" under "must".';
    expect(told(caseOf('{ end: refer }'))).toEqual([wrong]);
    expect(told(caseOf('{ level: 2 }'))[0]).toBe(wrong);
  });

  it('fails if it ends at a lower or higher level', () => {
    expect(told(caseOf('{ level: 3 }', 'bruised', 'late')).join()).toContain('level is 2, and must be 3');
    const lower = EXAMPLES.replace('level: 3', 'level: 2');
    expect(told(caseOf('{ level: 2 }'), lower).join()).toContain('level is 3, and must be 2');
  });

  it('needs a case, and an id that exists', () => {
    const more = `${EXAMPLES}  cold: { says: A cold child, level: 2, cite: DOC 1 }\n`;
    expect(told(caseOf('{ level: 3 }'), more)).toEqual([
      'flows/town/examples.yaml:3:3: no case tells this printed example. Write one with "example: cold", and "level: 2" under "must".',
    ]);
    expect(told(caseOf('{ level: 3 }', 'bruisd'))).toContain(
      'flows/town/cases.yaml:4:5: no example is called "bruisd". Did you mean "bruised"? They stand in examples.yaml.',
    );
    expect(told(caseOf('{ level: 3 }'), EXAMPLES.replace('DOC 1', 'DOC 9')).join()).toContain('examples.yaml');
  });
});

it('exists for each council in the real content, from its own documents', () => {
  const levelsIn = (area: string) =>
    [...readFileSync(`flows/${area}/examples.yaml`, 'utf8').matchAll(/level: (\d)/g)].map(([, level]) => Number(level));
  for (const area of ['bury', 'bolton', 'stockport']) expect(new Set(levelsIn(area)).size, area).toBeGreaterThan(3);
});

/** Flows for tests, made of steps and questions; each test gives only what it is about. */
import type { Flow, Option, Question, Step } from '../../server/flow/flow.ts';

const YES_NO: Option[] = [
  { id: 'yes', text: 'Yes', cite: [] },
  { id: 'no', text: 'No', cite: [] },
];

export function createQuestion(id: string, changes: Partial<Question> = {}): Question {
  return {
    id,
    text: `Is there ${id}?`,
    why: 'It matters.',
    type: 'yes or no',
    define: [],
    cite: ['DOC 1'],
    unknown: { label: 'I don’t know', goOn: 'the rest can still be told' },
    options: YES_NO,
    groups: [],
    rising: false,
    exceptions: [],
    forRecord: false,
    ...changes,
  };
}

/** `steps`: the steps of the flow itself. `called`: those of the flows that it calls, by id. */
export function createFlow(steps: Step[], questions: Question[], called: Record<string, Step[]> = {}): Flow {
  const createPart = (id: string, own: Step[]) => ({
    id,
    title: `Ladder of ${id}`,
    cite: ['DOC 1'],
    returns: [],
    mayKnow: [],
    steps: own,
  });
  return {
    id: 'worry',
    title: 'I am worried',
    reader: 'professional',
    area: {
      id: 'town',
      name: 'Town',
      frontDoor: 'desk',
      frontDoorName: 'the desk',
      referenceLetter: 'T',
      scale: ['Level 1, help for all', 'Level 2, help by one agency', 'Level 3'],
      scaleName: 'Level',
    },
    parts: {
      worry: createPart('worry', steps),
      ...Object.fromEntries(Object.entries(called).map(([id, own]) => [id, createPart(id, own)])),
    },
    questions: Object.fromEntries(questions.map((question) => [question.id, question])),
    contacts: { desk: { id: 'desk', name: 'The desk', phones: [], for: 'Every doubt', cite: ['DOC 1'] } },
    sources: {
      DOC: {
        id: 'DOC',
        title: 'The document',
        publisher: 'Town',
        published: 'undated',
        paragraphs: { 1: 'The first' },
      },
    },
    next: {},
    record: {},
    definitions: {},
    holidays: [],
  };
}

export const ask = (question: string, more: Partial<Extract<Step, { kind: 'ask' }>> = {}): Step => ({
  kind: 'ask',
  id: question,
  question,
  ...more,
});

export const end = (id: string, more: Partial<Extract<Step, { kind: 'end' }>> = {}): Step => ({
  kind: 'end',
  id,
  action: `Do ${id}`,
  within: 'today',
  contacts: ['desk'],
  cite: ['DOC 1'],
  ...more,
});

export const advise = (id: string, more: Partial<Extract<Step, { kind: 'advise' }>> = {}): Step => ({
  kind: 'advise',
  id,
  text: `Mind ${id}`,
  cite: ['DOC 1'],
  contacts: [],
  returns: false,
  ...more,
});

export const call = (flow: string, more: Partial<Extract<Step, { kind: 'call' }>> = {}): Step => ({
  kind: 'call',
  id: flow,
  flow,
  ...more,
});

export const when = (fact: string, option = 'yes') =>
  ({ kind: 'is', fact, how: 'any', options: [option] }) as const satisfies NonNullable<Step['when']>;

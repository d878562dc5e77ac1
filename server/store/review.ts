/**
 * What the review of a flow reads from the past: the flow's versions, and the answers that were given in them. Nothing
 * in it names a person.
 */
import { ERASED_BODIES } from '../audit/erasure.ts';
import type { Entry } from '../consultation/entry.ts';
import type { Engine } from './engine.ts';
import { toEntry } from './entry-lines.ts';
import { prepare } from './prepare.ts';

export interface KeptVersion {
  version: string;
  firstUsedAt: string;
}

export interface AnsweredIn {
  id: string;
  /** Only entries of the kinds `opened`, `answered` and `moved`. */
  entries: Entry[];
}

export interface Review {
  /** The newest first. */
  versionsOf(area: string, flow: string): Promise<KeptVersion[]>;
  /** The answers in the newest consultations of the flow, at most `most` of them. */
  answersOf(area: string, flow: string, most: number): Promise<AnsweredIn[]>;
}

const MOST_VERSIONS = 50;
const KINDS: Entry['what']['kind'][] = ['opened', 'answered', 'moved'];

interface Line {
  id: string;
  number: number;
  at: string;
  by: string;
  kind: string;
  body: string;
}

/** Entries with answers, of the newest consultations of a flow. */
function prepareAnswers(reading: Engine['reading']) {
  return prepare<{ area: string; flow: string; most: number }, Line>(reading, (db, value) =>
    db
      .selectFrom((inner) =>
        inner
          .selectFrom('consultations')
          .select(['consultations.id as newest', 'opened_at'])
          .where('area', '=', value('area'))
          .where('flow', '=', value('flow'))
          .orderBy('opened_at', 'desc')
          .limit(value('most'))
          .as('chosen'),
      )
      .innerJoin('entries', 'entries.consultation', 'chosen.newest')
      .select(['consultation as id', 'number', 'at', 'by', 'kind', 'body'])
      .where('kind', 'in', KINDS)
      .where('body', 'not like', ERASED_BODIES)
      .orderBy('consultation')
      .orderBy('number'),
  );
}

export function createReview({ reading, read }: Engine): Review {
  const kept = prepare<{ area: string; flow: string }, KeptVersion>(reading, (db, value) =>
    db
      .selectFrom('flow_versions')
      .select(['version', 'first_used_at as firstUsedAt'])
      .where('area', '=', value('area'))
      .where('flow', '=', value('flow'))
      .orderBy('first_used_at', 'desc')
      .limit(MOST_VERSIONS),
  );
  const lines = prepareAnswers(reading);
  return {
    versionsOf: (area, flow) => read((db) => kept(db, { area, flow })),
    answersOf: async (area, flow, most) => groupByConsultation(await read((db) => lines(db, { area, flow, most }))),
  };
}

function groupByConsultation(lines: Line[]): AnsweredIn[] {
  const found = new Map<string, Entry[]>();
  for (const { id, number, at, by, kind, body } of lines) {
    const entries = found.get(id) ?? [];
    entries.push(toEntry({ number, at, by, kind, body }));
    found.set(id, entries);
  }
  return [...found].map(([id, entries]) => ({ id, entries }));
}

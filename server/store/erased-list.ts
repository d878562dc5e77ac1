/**
 * The list of erased consultations, in a file beside the checkpoints. A backup from before an erasure still contains
 * the consultation. When such a backup is restored, the consultation is erased again without another approval. The file
 * contains random ids and nothing from the consultations. Each line has a MAC, so nobody else can have a consultation
 * erased.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { Mac } from '../audit/mac.ts';
import { startOfLine } from './line-start.ts';

/** Consultations that are erased in one transaction. */
export interface ErasedTogether {
  area: string;
  kind: string;
  consultations: string[];
}

type Begun = ErasedTogether & { mac: string };
/** `of`: the MAC of the line that began the erasure. */
interface Ended {
  erased: boolean;
  of: string;
  mac: string;
}

export interface ErasedList {
  /** Written before the transaction ends, because after an interruption nobody could tell what was erased. */
  noteBegun(what: ErasedTogether): void;
  noteEnded(one: Begun, erased: boolean): void;
  /** Erasures that were begun and of which the end is not recorded: the program was stopped in between. */
  findOpen(): Begun[];
  /** What was certainly erased. */
  read(): ErasedTogether[];
}

export function createErasedList(headsFile: string, mac: Mac): ErasedList {
  const file = `${headsFile}.erased`;
  const begunFacts = ({ area, kind, consultations }: ErasedTogether) => ['begun', area, kind, ...consultations];
  const endedFacts = ({ erased, of }: Pick<Ended, 'erased' | 'of'>) => ['ended', String(erased), of];
  const read = () => {
    const lines = readLines(file);
    const begun = lines.filter(isBegun).filter((line) => mac.fits(line.mac, ...begunFacts(line)));
    const ended = lines.filter(isEnded).filter((line) => mac.fits(line.mac, ...endedFacts(line)));
    return { begun, ended: new Map(ended.map(({ of, erased }) => [of, erased])) };
  };
  return {
    noteBegun: (what) => append(file, { ...what, mac: mac.make(...begunFacts(what)) }),
    noteEnded({ mac: of }, erased) {
      append(file, { erased, of, mac: mac.make(...endedFacts({ erased, of })) });
    },
    findOpen() {
      const { begun, ended } = read();
      return begun.filter((line) => !ended.has(line.mac));
    },
    read() {
      const { begun, ended } = read();
      return begun.filter((line) => ended.get(line.mac) === true);
    },
  };
}

function append(file: string, line: object): void {
  appendFileSync(file, `${startOfLine(file)}${JSON.stringify(line)}\n`, { mode: 0o600, flush: true });
}

type Line = Partial<Begun & Ended>;

const isBegun = (line: Line): line is Begun =>
  typeof line.area === 'string' && typeof line.kind === 'string' && Array.isArray(line.consultations);
const isEnded = (line: Line): line is Ended => typeof line.erased === 'boolean' && typeof line.of === 'string';

/** A line that was cut off by a crash was never acknowledged. */
function readLines(file: string): Line[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((text) => {
      try {
        const line = JSON.parse(text);
        return typeof line === 'object' && line !== null ? [line] : [];
      } catch {
        return [];
      }
    });
}

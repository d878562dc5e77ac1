import type { Consultation } from '../../server/consultation/consultation.ts';
import { deniedEntries } from '../../server/consultation/denied.ts';
import { DID_NOT_HAPPEN, type EntryLine } from '../../server/consultation/describe-entry.ts';
import { Section } from '../kit/section.tsx';
import { EntryText } from './recorded.tsx';

interface DidNotHappenProps {
  consultation: Consultation;
  /** The entries that the reader may see. */
  entries: readonly EntryLine[];
  linkTo?: ((entry: number) => string) | undefined;
}

/** Entries that a correction says did not happen. Nothing else on the page counts them; they are listed here. */
export function DidNotHappen({ consultation, entries, linkTo }: DidNotHappenProps) {
  const denied = deniedEntries(consultation.entries);
  const lines = entries.filter(({ number }) => denied.has(number));
  if (lines.length === 0) return null;
  return (
    <Section id="did-not-happen" title={DID_NOT_HAPPEN}>
      {lines.map(({ number, words }) => (
        <EntryText consultation={consultation} number={number} linkTo={linkTo}>
          {words}
        </EntryText>
      ))}
    </Section>
  );
}

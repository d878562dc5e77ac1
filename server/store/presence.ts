/** Who has a consultation open now, in memory only. An open page repeats that it is open; a closed one is forgotten within a minute. */
export interface Presence {
  /** Notes that the person has it open, and returns the names of the others who do. */
  see(consultation: string, person: { id: string; name: string }): string[];
}

const FORGOTTEN_AFTER_MS = 45_000;

export function createPresence(clock: () => Date): Presence {
  const seen = new Map<string, Map<string, { name: string; at: number }>>();
  return {
    see(consultation, { id, name }) {
      const now = clock().getTime();
      const people = seen.get(consultation) ?? new Map<string, { name: string; at: number }>();
      people.set(id, { name, at: now });
      seen.set(consultation, people);
      forget(seen, now);
      return [...people].filter(([other]) => other !== id).map(([, person]) => person.name);
    },
  };
}

function forget(seen: Map<string, Map<string, { name: string; at: number }>>, now: number): void {
  for (const [consultation, people] of seen) {
    for (const [id, { at }] of people) if (now - at > FORGOTTEN_AFTER_MS) people.delete(id);
    if (people.size === 0) seen.delete(consultation);
  }
}

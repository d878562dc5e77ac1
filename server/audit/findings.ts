/** Everything that a check of the log can find. Each kind has its words, and what to do. */

export interface Finding {
  kind: FindingKind;
  /** The line, entry or checkpoint; never text that a person typed. */
  where: string;
}

const COMPARE = 'compare it with a backup from before, and find out who could write to the database file';

const MEND =
  'find out who could write to the database file; the entries are whole, and the row is made anew with the next entry of the consultation';

const FINDINGS = {
  'text changed': { what: 'The text is not the one that was written', todo: COMPARE },
  'facts changed': {
    what: 'Its time, writer, kind or place is not what was written, or its line of the chain was changed',
    todo: COMPARE,
  },
  deleted: { what: 'It was written, and is not there', todo: COMPARE },
  inserted: { what: 'It is there, and was never written: it has no line in the chain', todo: COMPARE },
  'not ours': {
    what: 'A line of the chain does not bear the mark that only the key of the audit makes: no program of Front Door wrote it',
    todo: 'stop the server, keep this file as evidence, restore the last backup without it, and find out who could write to the database file',
  },
  gap: { what: 'Lines of the chain are missing', todo: COMPARE },
  'out of order': {
    what: 'It does not follow the line that it was written after: something was taken out, put in or moved',
    todo: COMPARE,
  },
  'consultation changed': {
    what: 'Reference, area or flow are not those that it was opened with, or the consultation is not among the others',
    todo: COMPARE,
  },
  'erased without record': {
    what: 'The text was replaced by the mark of an erasure that is not recorded',
    todo: COMPARE,
  },
  'erasure differs': { what: 'What was erased is not what this erasure recorded', todo: COMPARE },
  'account changed': {
    what: 'An account is not what its entries say: somebody changed it in the database',
    todo: 'disable it, find out what was read with it, and restore the row from a backup from before',
  },
  'account planted': {
    what: 'An account is there that nobody made',
    todo: 'disable it, and find out what was read with it and who could write to the database file',
  },
  'account deleted': { what: 'An account was made, and is not there', todo: COMPARE },
  'session planted': {
    what: 'Somebody is signed in who never signed in, or whose session was ended',
    todo: 'take the row out of "signins", and find out what was read with it',
  },
  'access planted': {
    what: 'A browser, a session, a return code or a client opens what nobody gave it: the row does not bear the mark that only the key of the audit makes. It lets nobody in',
    todo: 'take the row out, and find out who could write to the database file; after the key of the audit was replaced, older rows end here by themselves',
  },
  'hand-over sheet changed': {
    what: 'A text of a hand-over sheet that is being written is not the one that was typed; it is not shown',
    todo: 'take the row out of "sheet_fields", and find out who could write to the database file',
  },
  'rows changed': {
    what: 'Rows of a table are not those that were written last: one was put back to an earlier state, taken out, put in or changed',
    todo: 'find out who could write to the database file; compare the table with a backup from before. If it is to stay as it is, start once with RESTORED="why"',
  },
  'flow changed': {
    what: 'A flow is not the one that its version is a hash of; it is not shown to anybody',
    todo: 'restore its row of "flow_versions" from a backup',
  },
  'flow missing': {
    what: 'Consultations were held in a version that is not there',
    todo: 'restore its row of "flow_versions" from a backup',
  },
  'derived changed': { what: 'What the desk is shown is not what follows from the entries', todo: MEND },
  'derived deleted': {
    what: 'What follows from the entries is not there, so that the desk does not see it',
    todo: MEND,
  },
  'word list changed': {
    what: 'The list of all words, by which PostgreSQL finds how a word goes on, is not that of the words of consultations',
    todo: 'npm run erase -- --clean makes it anew; find out who could write to the database',
  },
  'derived planted': { what: 'The desk is shown what does not follow from any entry', todo: MEND },
  'message planted': {
    what: 'A mail, a call to a client or a report of a wrong number is there that no program of ours wrote',
    todo: 'take the row out of the table, and find out who could write to the database file',
  },
  'message deleted': {
    what: 'A mail or a call to a client was to be sent, or a number was said to be wrong, and it is not there: somebody may not have been told',
    todo: 'see in the queue that the consultation is looked after, and find out who could write to the database file',
  },
  'message changed': {
    what: 'A mail, a call to a client or a report of a wrong number is not what was written, or is put back to an earlier state: somebody may not have been told',
    todo: 'see in the queue that the consultation is looked after, and find out who could write to the database file',
  },
  'tally changed': {
    what: 'A count of conversations of the public is not the one that was kept',
    todo: COMPARE,
  },
  'step changed': {
    what: 'The list of steps that made the tables is not the one of this version',
    todo: COMPARE,
  },
  'trigger gone': {
    what: 'A trigger that refuses changes of the log is not there, or is another one',
    todo: 'find out who could write to the database file; restore a backup, or make the trigger anew as in a database that is empty',
  },
  'trigger planted': {
    what: 'A trigger is there that nobody made: it may change what is written',
    todo: 'take it out, and find out who could write to the database file',
  },
  'shape changed': {
    what: 'A table, an index or a view is not one that this version makes, or is gone: pages may show other rows than were checked',
    todo: 'keep this file as evidence, find out who could write to it, and restore the last backup without this finding',
  },
  'file damaged': {
    what: 'The file contradicts itself: a page is damaged, or an index does not hold what its table holds, so that a line may not be shown or found',
    todo: 'keep this file, look at the disk, find out who could write to it, and restore the last backup without this finding',
  },
  'tree changed': {
    what: 'A node of the tree over the log is not what follows from its lines, is gone or planted, so that exports could not be checked',
    todo: 'take the rows out of "tree_nodes": they are made anew; and find out who could write to the database file',
  },
  rewritten: {
    what: 'The chain is another one than when this head was signed: it was made anew, here or earlier',
    todo: 'stop the server, keep this file as evidence, and restore the last backup that agrees with the heads',
  },
  behind: {
    what: 'The log ends before this signed head: its end was cut off, or the database is an older copy',
    todo: 'if you restored a backup on purpose, start the server with RESTORED (see the README); else restore a newer backup',
  },
  'no heads': {
    what: 'There is no file of signed heads',
    todo: 'restore it, or give its place with --heads; without it an old copy cannot be told',
  },
  'heads missing': {
    what: 'Heads that were signed are not in the file, or stand in another order: each names the one before it',
    todo: 'if several machines use this database, give the one file of heads that all of them have to share; if not, compare the file with a copy, and find out who could write to it',
  },
  'not a head': {
    what: 'A line in the file of heads is none',
    todo: 'compare the file with a copy; somebody or a full disk has damaged it',
  },
  'badly signed': {
    what: 'Heads were not signed with this key',
    todo: 'give the key that signed them with --key; if it is that one, the file of heads was changed: compare it with a copy',
  },
  'no key': {
    what: 'The key cannot be read',
    todo: 'restore it, or give its place with --key; the public key is enough',
  },
} satisfies Record<string, { what: string; todo: string }>;
export type FindingKind = keyof typeof FINDINGS;

/** The first few findings of each kind, and how many there were. */
export interface Findings {
  add(kind: FindingKind, where: string): void;
  list(): { kind: FindingKind; count: number; first: string[] }[];
}

const MOST_SHOWN = 5;

export function createFindings(): Findings {
  const found = new Map<FindingKind, { count: number; first: string[] }>();
  return {
    add(kind, where) {
      const one = found.get(kind) ?? { count: 0, first: [] };
      one.count++;
      if (one.first.length < MOST_SHOWN) one.first.push(where);
      found.set(kind, one);
    },
    list: () => [...found].map(([kind, one]) => ({ kind, ...one })),
  };
}

/** The findings as a few lines of plain text. */
export function describeFindings(findings: Findings): string[] {
  return findings.list().flatMap(({ kind, count, first }) => {
    const { what, todo } = FINDINGS[kind];
    const more = count > first.length ? [`  and ${count - first.length} more`] : [];
    return [`${what}:`, ...first.map((where) => `  ${where}`), ...more, `  to do: ${todo}`];
  });
}

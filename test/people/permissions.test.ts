/**
 * Who may do what, written out by hand, so that a change of a permission has to be made here too. D duty worker, M
 * operational manager, S specialist worker, L safeguarding lead, A administrator. `area`: anything in their area;
 * `own`: their own account, or what they have claimed; `-`: never.
 */
import { describe, expect, it } from 'vitest';
import { type Action, isAllowed, PERMISSIONS, ROLES, type Role } from '../../server/people/permissions.ts';

const TABLE = `
                          D     M     S     L     A
  account.see             own   own   own   own   own
  account.change          own   own   own   own   own
  people.see              -     -     -     -     area
  people.invite           -     -     -     -     area
  people.disable          -     -     -     -     area
  people.change role      -     -     -     -     area
  clients.see             -     -     -     -     area
  clients.manage          -     -     -     -     area
  queue.see               area  area  -     area  -
  consultation.see        area  area  -     area  -
  consultation.open       area  area  -     -     -
  consultation.claim      area  area  -     -     -
  consultation.hand back  own   area  -     -     -
  consultation.pass on    own   area  -     -     -
  consultation.reopen     area  area  -     -     -
  absence.note            own   area  -     -     -
  consultation.escalate   area  area  -     -     -
  record.write            own   area  -     -     -
  record.correct          own   area  -     -     -
  outcome.record          own   area  -     -     -
  outcome.review          -     area  -     -     -
  outcome.countersign     area  area  -     -     -
  task.do                 area  area  -     -     -
  record.export           area  area  -     area  -
  records.export          -     area  -     area  -
  search.use              area  area  -     area  -
  audit.see               -     area  -     area  -
  figures.see             -     area  -     area  -
  figures.see unhidden    -     area  -     -     -
  worked.see              -     area  -     area  -
  notifications.see       area  area  -     -     -
  notifications.retry     area  area  -     -     -
  erasure.see             -     area  -     area  -
  erasure.review          -     area  -     area  -
  numbers.see             -     -     -     area  -
  numbers.settle          -     -     -     area  -
  pathway.see             -     area  area  area  -
  pathway.open            own   area  area  -     -
  pathway.write           -     area  area  -     -
  pathway.overrule        -     area  -     -     -
`;

const COLUMNS: Role[] = [
  'duty worker',
  'operational manager',
  'specialist worker',
  'safeguarding lead',
  'administrator',
];

const expected = TABLE.trim()
  .split('\n')
  .slice(1)
  .map((line) => line.trim().split(/ {2,}/))
  .map(([action = '', ...cells]) => ({ action, cells }));

/** The actual permission, determined by calling `isAllowed`. */
function reachOf(role: Role, action: Action): string {
  const may = (area: string, by?: string) => isAllowed({ id: 'me', role, area: 'bury' }, action, { area, by });
  const reaches = [may('bury', 'me'), may('bury', 'another'), may('bury'), may('bolton', 'me'), may('bolton')];
  return { '11100': 'area', '10000': 'own', '00000': '-' }[reaches.map(Number).join('')] ?? `something odd: ${reaches}`;
}

describe('the table of permissions', () => {
  it('has each role and each action once', () => {
    expect([...ROLES].sort()).toEqual([...COLUMNS].sort());
    expect(expected.map(({ action }) => action).sort()).toEqual(Object.keys(PERMISSIONS).sort());
  });

  it.each(expected)('$action', ({ action, cells }) => {
    expect(COLUMNS.map((role) => reachOf(role, action as Action))).toEqual(cells);
  });

  it('notices each cell that is loosened or removed', () => {
    let planted = 0;
    for (const { action, cells } of expected)
      for (const [index, role] of COLUMNS.entries())
        for (const other of ['own', 'area', undefined] as const) {
          if ((other ?? '-') === cells[index]) continue;
          const row: Partial<Record<Role, string>> = PERMISSIONS[action as Action];
          (PERMISSIONS as Record<string, unknown>)[action] = { ...row, [role]: other };
          try {
            expect(COLUMNS.map((one) => reachOf(one, action as Action))).not.toEqual(cells);
          } finally {
            (PERMISSIONS as Record<string, unknown>)[action] = row;
          }
          planted += 1;
        }
    expect(planted).toBe(expected.length * COLUMNS.length * 2);
  });
});

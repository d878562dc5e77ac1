/**
 * The journeys of each role at the desk, as presses and typed text. They sign in through the form, with a code of their
 * app.
 */
import { paths } from '../../server/base/paths.ts';
import type { Role } from '../../server/people/permissions.ts';
import { totpCode } from '../../server/people/totp.ts';
import type { BenchDesk } from '../bench/desk-app.ts';
import { makeReferred } from '../web/pathway/pathway-world.ts';
import { PASSWORD } from '../web/people/members.ts';
import type { Hand } from './hand.ts';

export interface DeskJourney {
  name: string;
  role: Role;
  /** What has to exist before; its result is passed to `walk`. */
  before?: (hand: Hand, desk: BenchDesk) => Promise<string>;
  walk: (hand: Hand, made: string) => Promise<void>;
}

export const DESK_JOURNEYS: DeskJourney[] = [
  {
    name: 'a duty worker claims a question, records the outcome and answers',
    role: 'duty worker',
    before: askAsProfessional,
    async walk(hand, id) {
      await hand.go(paths.desk());
      await hand.press(`form[action="${paths.deskAction(id, 'claims')}"] button[type=submit]`);
      await hand.until(`location.pathname === '${paths.deskRecord(id)}'`);
      await hand.press('[name=field-parents_told][value=not_told]');
      await hand.type('[name=reason-parents_told]', 'MASH is asked first');
      await hand.press('[name=field-screening][value=early_help]');
      await hand.press('[name=field-concern][value=neglect]');
      await hand.type('[name=field-agreed_course]', 'The school keeps watch');
      await hand.press('[name=outcome][value=early_help]');
      await hand.type('#outcomes [name=reason]', 'The family has agreed to a plan');
      await hand.pressWords('Save, and record the outcome');
      await hand.sees('The outcome was recorded: Early help');
      await hand.type('#replies-answer', 'Early help, as we said on the telephone.');
      await hand.type('#replies-how', 'by telephone');
      await hand.pressWords('Save the answer');
      await hand.sees('Answered by telephone');
    },
  },
  {
    name: 'a manager says who is away, and reads the figures',
    role: 'operational manager',
    async walk(hand) {
      await hand.go(paths.deskHandover());
      await hand.press('[name=who]');
      await hand.type('[name=until]', '31 12 2026');
      await hand.press(`form[action="${paths.deskAbsences()}"] button[type=submit]`);
      await hand.sees('31 December 2026');
      await hand.go(paths.figures());
      await hand.sees('asked of the duty desk');
    },
  },
  {
    name: 'a specialist begins a form of a child’s pathway, and what is chosen is kept',
    role: 'specialist worker',
    before: openPathway,
    async walk(hand, id) {
      await hand.go(paths.pathway(id));
      await hand.press('[name=instrument][value=measurement_tool]');
      await hand.type('[name=reason]', 'First measurement');
      await hand.pressWords('Begin it');
      await hand.until(`location.pathname.includes('/sections/')`);
      await hand.pressWords('Save, and go on');
      await hand.until(
        `document.querySelector('[name=missing]') !== null || document.querySelector('main form') !== null`,
      );
    },
  },
  {
    name: 'a lead searches and opens what a flow says',
    role: 'safeguarding lead',
    async walk(hand) {
      await hand.go(paths.deskSearch());
      await hand.type('[name=child]', 'nobody of that name');
      await hand.press(`main form button[type=submit]`);
      await hand.sees('found');
      await hand.go(paths.flow('bury', 'level'));
      await hand.until(`document.querySelector('main svg') !== null`);
    },
  },
  {
    name: 'an administrator invites somebody',
    role: 'administrator',
    async walk(hand) {
      await hand.go(paths.people());
      await hand.type('[name=name]', 'Lee Invented');
      await hand.type('[name=email]', `lee.${Date.now()}@example.gov.uk`);
      await hand.press('[name=role][value="duty worker"]');
      await hand.pressWords('Invite');
      await hand.sees('Lee Invented');
    },
  },
];

export async function walkDeskJourney(hand: Hand, desk: BenchDesk, journey: DeskJourney): Promise<void> {
  const made = (await journey.before?.(hand, desk)) ?? '';
  await signIn(hand, desk, journey.role);
  await journey.walk(hand, made);
}

async function signIn(hand: Hand, desk: BenchDesk, role: Role): Promise<void> {
  const member = await desk.addMember(role);
  await hand.go(paths.signIn());
  await hand.type('[name=email]', member.email);
  await hand.type('[name=password]', PASSWORD);
  await hand.type('[name=code]', totpCode(member.secret, desk.services.clock()));
  await hand.press(`main form[action="${paths.signIn()}"] button[type=submit]`);
  await hand.until(
    `location.pathname !== '${paths.signIn()}' && document.querySelector('.fd-header__person') !== null`,
  );
}

/** In the same browser, before anybody signs in. Returns the id of the consultation. */
async function askAsProfessional(hand: Hand): Promise<string> {
  await hand.go(paths.area('bury'));
  await hand.press('button[name=flow][value=level]');
  await hand.until(`document.querySelector('#question form') !== null`);
  const id = String(await hand.ask(`location.pathname.split('/')[2]`));
  await hand.go(paths.handover(id));
  await hand.type('main [name=question]', 'Is this one for you?');
  await hand.type('main [name=reach]', '0161 496 0001');
  await hand.press(`main form[action="${paths.handovers(id)}"] button[type=submit]`);
  await hand.sees('The duty worker of Bury reads your answers');
  return id;
}

/** Returns the id of the consultation from which it was opened. */
async function openPathway(_hand: Hand, desk: BenchDesk): Promise<string> {
  const duty = await desk.signIn('duty worker');
  const id = await makeReferred(desk, duty, 'Robin Example');
  const opening = { referred: '20 11 2026', why: 'Agreed with the manager' };
  await duty.post(paths.pathwayAction(id, 'openings'), opening, paths.deskRecord(id));
  return id;
}

/** Sends waiting mail in the background. */
import { type BackgroundWork, createBackgroundWork, startBackgroundWork } from '../base/background.ts';
import type { Logger } from '../monitoring/logger.ts';
import type { Mail, Mails } from '../store/mails.ts';
import { delayAfter, describeMail } from './mail.ts';
import type { MailConfig, Sender } from './sender.ts';

export interface PostParts {
  mails: Mails;
  sender: Sender;
  config: MailConfig;
  clock: () => Date;
  /** Area id → name. */
  areas: ReadonlyMap<string, string>;
  /** URL of the desk. */
  desk?: string;
  log: Logger;
}

/** Longer than sending can take. A mail that has been "sending" for longer was interrupted and is tried again. */
const SENDING_MINUTES = 5;
/** The desk is not reminded of an unclaimed consultation earlier than this, even if it should be claimed at once. */
const UNCLAIMED_MINUTES = 15;
const EVERY_MS = 5000;

/** Sends all mail that is due, after queueing reminders about consultations that nobody has claimed. */
export function createPost(parts: PostParts): BackgroundWork {
  const { mails, config, sender } = parts;
  const work = createBackgroundWork(
    async () => {
      const mail = await mails.take(SENDING_MINUTES);
      if (mail !== undefined) await sendOne(parts, mail);
      return mail !== undefined;
    },
    () => mails.queueUnclaimed([...config.to.keys()], UNCLAIMED_MINUTES),
  );
  return {
    run: work.run,
    async stop() {
      await work.stop();
      sender.close();
    },
  };
}

async function sendOne({ mails, sender, config, clock, areas, desk, log }: PostParts, mail: Mail): Promise<void> {
  const to = config.to.get(mail.area);
  if (to === undefined) return mails.settle(mail.number, 'failed', 'No address is configured for this area');
  const { about, reference } = mail;
  const area = areas.get(mail.area) ?? mail.area;
  const words = describeMail({ about, reference, area, ...(desk !== undefined && { desk }) });
  const sending = await sender.send(to, mail.message_id, words);
  if (sending === 'sent') return mails.settle(mail.number, 'sent');
  const delay = sending.forGood ? undefined : delayAfter(mail.tries);
  if (delay === undefined) await mails.settle(mail.number, 'failed', sending.problem);
  else await mails.putOff(mail.number, new Date(clock().getTime() + delay * 60_000).toISOString(), sending.problem);
  log.warn('a mail was not sent', { mail: mail.number, tries: mail.tries, problem: sending.problem });
}

/** Returns a function that stops it. */
export function startPost(post: BackgroundWork, log: Logger): () => Promise<void> {
  return startBackgroundWork(post, EVERY_MS, (error) => log.error('mails', { problem: String(error) }));
}

/**
 * Checks what is reached over the network: the service through its proxy, its certificates, the mail server, single
 * sign-on.
 */
import { connect } from 'node:tls';
import { paths } from '../base/paths.ts';
import type { Config } from '../config.ts';
import { bad, type DoctorFinding, good, look } from './finding.ts';

const PATIENCE_MS = 8000;
const DAYS_AHEAD = 21;
const DAY_MS = 86_400_000;
const NOT_REACHED = 'start it, or look at the address, the firewall and the proxy';

const problemOf = (error: unknown) => {
  const { cause, message } = error as Error & { cause?: Error };
  return cause?.message ?? message;
};

interface Reached {
  findings: DoctorFinding[];
  /** The time according to the other server. */
  heard?: Date;
}

/** Sends a request as a reader would, through the proxy. */
export async function checkPublicUrl({ publicUrl, secure, addressHeader, host }: Config): Promise<Reached> {
  if (publicUrl === undefined)
    return { findings: [look('public address', 'PUBLIC_URL is not set', 'set it to the address that readers use')] };
  const findings = [checkCookies(publicUrl, secure), checkProxyHeader(host, addressHeader)];
  try {
    const response = await fetch(publicUrl + paths.live(), {
      signal: AbortSignal.timeout(PATIENCE_MS),
      redirect: 'manual',
    });
    const date = response.headers.get('Date');
    const isOurs = response.headers.get('Front-Door') === 'yes';
    findings.push(
      isOurs
        ? good('public address', `${publicUrl} answers, and the answer is ours`)
        : bad(
            'public address',
            `${publicUrl} answers with ${response.status}, and the answer is not ours`,
            `let the proxy hand on all paths, and keep our headers; see deploy/nginx.conf`,
          ),
    );
    return { findings, ...(date !== null && !Number.isNaN(Date.parse(date)) && { heard: new Date(date) }) };
  } catch (error) {
    findings.push(bad('public address', `${publicUrl} is not reached: ${problemOf(error)}`, NOT_REACHED));
    return { findings };
  }
}

function checkCookies(publicUrl: string, secure: boolean): DoctorFinding {
  const isHttps = publicUrl.startsWith('https:');
  if (isHttps && secure) return good('cookies', 'over https alone');
  return isHttps
    ? bad('cookies', 'SECURE_COOKIES is no, and readers come over https', 'set SECURE_COOKIES=yes')
    : bad('cookies', `${publicUrl} is not https`, 'put it behind a proxy that speaks https; see deploy');
}

/**
 * Without the header, all readers have the proxy's address and share its limits. With the header but without a proxy,
 * anybody can forge it.
 */
function checkProxyHeader(host: string, header: string | undefined): DoctorFinding {
  const isLocal = ['127.0.0.1', '::1', 'localhost'].includes(host);
  if (header === undefined)
    return isLocal
      ? bad(
          'proxy',
          'ADDRESS_HEADER is not set, so all readers behind the proxy count as one',
          'set it to the header that the proxy writes',
        )
      : good('proxy', 'none: readers connect themselves');
  return isLocal
    ? good('proxy', `it writes the reader’s address into ${header}`)
    : look(
        'proxy',
        `it writes ${header}, and HOST is ${host}: who reaches the server past the proxy can forge it`,
        'let only the proxy reach it, or set HOST=127.0.0.1',
      );
}

/** Whether the certificate is valid now and for some weeks. */
export async function checkCertificate(url: string, now: Date): Promise<DoctorFinding[]> {
  const { hostname, port, protocol } = new URL(url);
  if (!['https:', 'smtps:'].includes(protocol)) return [];
  const subject = `certificate of ${hostname}`;
  try {
    const until = await readExpiry(hostname, Number(port || (protocol === 'https:' ? 443 : 465)));
    const days = Math.floor((until.getTime() - now.getTime()) / DAY_MS);
    const says = `valid for ${days} more days, until ${until.toISOString().slice(0, 10)}`;
    return [
      days >= DAYS_AHEAD
        ? good(subject, says)
        : look(subject, says, 'renew it, and see why it was not renewed by itself'),
    ];
  } catch (error) {
    return [bad(subject, problemOf(error), 'renew it, or look at the name it is for')];
  }
}

function readExpiry(host: string, port: number): Promise<Date> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, servername: host, timeout: PATIENCE_MS }, () => {
      resolve(new Date(socket.getPeerCertificate().valid_to));
      socket.end();
    });
    socket.once('error', reject);
    socket.once('timeout', () => socket.destroy(new Error(`no answer in ${PATIENCE_MS / 1000} seconds`)));
  });
}

export async function checkMail({ mail }: Config): Promise<DoctorFinding[]> {
  if (mail === undefined)
    return [look('mail', 'none is sent: SMTP_URL is not set', 'set it, so that desks hear of what waits')];
  const { createSender } = await import('../mail/sender.ts');
  const sender = createSender(mail);
  try {
    await sender.check();
    return [good('mail', `${new URL(mail.smtpUrl).host} takes mails of ${mail.from}`)];
  } catch (error) {
    return [
      bad('mail', `${new URL(mail.smtpUrl).host}: ${problemOf(error)}`, 'look at SMTP_URL, its user and password'),
    ];
  } finally {
    sender.close();
  }
}

export async function checkOrganisation({ organisation }: Config): Promise<DoctorFinding[]> {
  if (organisation === undefined) return [];
  const url = `${organisation.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
    const said = (await response.json()) as { issuer?: string };
    return said.issuer === organisation.issuer
      ? [good('sign-in of the organisation', `${organisation.issuer} describes itself`)]
      : [
          bad(
            'sign-in of the organisation',
            `${url} says that it is ${said.issuer}`,
            'set OIDC_ISSUER to exactly that',
          ),
        ];
  } catch (error) {
    return [bad('sign-in of the organisation', `${url}: ${problemOf(error)}`, 'look at OIDC_ISSUER and the firewall')];
  }
}

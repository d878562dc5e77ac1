import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { paths } from '../../server/base/paths.ts';
import type { ShownContact } from '../../server/consultation/result.ts';
import type { Language } from '../../server/flow/translation/language.ts';
import { inLanguage } from '../kit/in-language.ts';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { QrCode } from '../kit/qr-code.tsx';

export interface PostersPageProps {
  page: PageContext;
  /** URL of this service, such as `https://frontdoor.example`. */
  origin: string;
  /** For children: contacts that answer at any hour. */
  forChildren: ShownContact[];
  /** For adults: the front door of each council. */
  frontDoors: { area: string; contact: ShownContact }[];
  /** All available languages other than English. */
  languages: readonly Language[];
  /**
   * The language of the two posters; undefined for English. Instructions for the person who prints them are in English.
   */
  language?: Language | undefined;
}

/** Two A4 posters. They include telephone numbers, for people who have no phone with a camera, or no network. */
export function PostersPage({ page, origin, forChildren, frontDoors, languages, language }: PostersPageProps) {
  // In English, the start page also offers the doors for professionals; other languages only have the public's.
  const forGrownUps = language === undefined ? paths.start() : paths.talkFor('public');
  return (
    <Layout page={page} title="Posters">
      <HowToPrint languages={languages} language={language} />
      <Poster
        id="poster-child"
        title="Worried? Scared? Is somebody hurting you?"
        address={origin + paths.talkFor('child')}
        qrCode="Address of the page for children, as a QR code"
        language={language}
      >
        <p>You can find out what to do. You do not have to say your name. You can always say that you don’t know.</p>
        <Numbers lines={forChildren.map((contact) => ({ name: contact.name, contact }))} danger="In danger now" />
      </Poster>
      <Poster
        id="poster-grown-up"
        title="Worried about a child?"
        address={origin + forGrownUps}
        qrCode="Address of the page for grown-ups, as a QR code"
        language={language}
      >
        <p>
          Answer one question at a time. At the end you know what to do, why, and whom to ring. You never have to name
          the child. Front Door does not ring for you.
        </p>
        <Numbers
          lines={frontDoors.map(({ area, contact }) => ({ name: `If the child lives in ${area}`, contact }))}
          danger="A child in danger now"
        />
      </Poster>
    </Layout>
  );
}

function HowToPrint({ languages, language }: Pick<PostersPageProps, 'languages' | 'language'>) {
  return (
    <div class="fd-no-print">
      <h1 class="fd-title">{language === undefined ? 'Posters' : `Posters in ${language.englishName}`}</h1>
      <p>
        Print this page for your wall. It makes two sheets: one for children, one for grown-ups. Hang the children’s one
        where they can read it alone.
      </p>
      <p>
        A sheet ages. Print it again each term, since a number can change. Before you hang it up, try the picture with a
        telephone.
      </p>
      {languages.length > 0 && (
        <p>
          In another language:{' '}
          {language !== undefined && (
            <>
              <a class="govuk-link" href={paths.posters()}>
                English
              </a>{' '}
            </>
          )}
          {languages
            .filter((one) => one !== language)
            .map(({ id, name, englishName, direction }) => (
              <>
                <a class="govuk-link" href={paths.postersIn(id)}>
                  <span lang={id} dir={direction}>
                    {name}
                  </span>
                  <span class="govuk-visually-hidden"> ({englishName})</span>
                </a>{' '}
              </>
            ))}
        </p>
      )}
    </div>
  );
}

interface PosterProps {
  id: string;
  title: string;
  address: string;
  /** What the picture is, for people who cannot see it. */
  qrCode: string;
  language?: Language | undefined;
  children?: Child;
}

function Poster({ id, title, address, qrCode, language, children }: PosterProps) {
  const sheet = (
    <section class="fd-poster" aria-labelledby={id} lang={language?.id} dir={language?.direction}>
      <h2 class="fd-poster__title" id={id}>
        {title}
      </h2>
      {children}
      <QrCode text={address} label={qrCode} />
      <p class="fd-poster__address" translate="no" lang="en">
        <bdi dir="ltr">{address}</bdi>
      </p>
      {language !== undefined && <AboutTranslation language={language} title={title} />}
    </section>
  );
  return language === undefined ? sheet : raw(inLanguage(String(sheet), language));
}

/**
 * The same note as on each page in the language: how far the translation can be trusted. The English title is for the
 * person who puts up the poster.
 */
function AboutTranslation({ language: { signed }, title }: { language: Language; title: string }) {
  return (
    <div class="fd-poster__small">
      <p>Your language stands at the top of that page.</p>
      <p>
        {signed === undefined
          ? 'Translated without a professional translator, not yet checked.'
          : `The translation was checked by ${signed.by}.`}{' '}
        The numbers 999 and 0800 1111 (Childline) are right.
      </p>
      <p translate="no" lang="en">
        <bdi dir="ltr">{title}</bdi>
      </p>
    </div>
  );
}

interface NumbersProps {
  lines: { name: string; contact: ShownContact }[];
  danger: string;
}

/** Only the first number of each, because nobody reads a list on a wall. */
function Numbers({ lines, danger }: NumbersProps) {
  return (
    <dl class="fd-poster__numbers">
      <div>
        <dt>{danger}</dt>
        <dd>999</dd>
      </div>
      {lines.map(({ name, contact: { phones } }) => (
        <div>
          <dt>{name}</dt>
          <dd>{phones[0]?.number}</dd>
        </div>
      ))}
    </dl>
  );
}

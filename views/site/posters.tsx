import { paths } from '../../server/base/paths.ts';
import type { ShownContact } from '../../server/consultation/result.ts';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { QrCode } from '../kit/qr-code.tsx';

export interface PostersPageProps {
  page: PageContext;
  /** Where this service is reached, such as `https://frontdoor.example`. */
  origin: string;
  /** For children: who listens at any hour. */
  forChildren: ShownContact[];
  /** For grown-ups: the front door of each council. */
  frontDoors: { area: string; contact: ShownContact }[];
}

/** Two sheets of A4 for a wall. They name numbers that hold for who has no telephone with a camera, or no network. */
export function PostersPage({ page, origin, forChildren, frontDoors }: PostersPageProps) {
  return (
    <Layout page={page} title="Posters">
      <div class="fd-no-print">
        <h1 class="fd-title">Posters</h1>
        <p>
          Print this page for your wall. It makes two sheets: one for children, one for grown-ups. Hang the children’s
          one where they can read it alone.
        </p>
        <p>
          A sheet ages. Print it again each term, since a number can change. Before you hang it up, try the picture with
          a telephone.
        </p>
      </div>
      <Poster
        id="poster-child"
        title="Worried? Scared? Is somebody hurting you?"
        address={origin + paths.talkFor('child')}
      >
        <p>You can find out what to do. You do not have to say your name. You can always say that you don’t know.</p>
        <Numbers lines={forChildren.map((contact) => ({ name: contact.name, contact }))} danger="In danger now" />
      </Poster>
      <Poster id="poster-grown-up" title="Worried about a child?" address={origin + paths.start()}>
        <p>
          Answer one question at a time. At the end you know what to do, why, and whom to ring. You never have to name
          the child. Front Door does not ring for you.
        </p>
        <Numbers
          lines={frontDoors.map(({ area, contact }) => ({
            name: contact.name.startsWith(area) ? contact.name : `${area}: ${contact.name}`,
            contact,
          }))}
          danger="A child in danger now"
        />
      </Poster>
    </Layout>
  );
}

function Poster({ id, title, address, children }: { id: string; title: string; address: string; children?: unknown }) {
  return (
    <section class="fd-poster" aria-labelledby={id}>
      <h2 class="fd-poster__title" id={id}>
        {title}
      </h2>
      {children}
      <QrCode text={address} label={`${title} The address below, as a QR code`} />
      <p class="fd-poster__address">{address}</p>
    </section>
  );
}

interface NumbersProps {
  lines: { name: string; contact: ShownContact }[];
  danger: string;
}

/** Only the first number of each: who stands before a wall reads no list. */
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

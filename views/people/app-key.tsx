import { raw } from 'hono/html';
import { encode } from 'uqr';
import type { Field } from '../../server/consultation/form-field.ts';

/** The field for a code, which proves that the app has the key. */
export const APP_CODE: Field = {
  name: 'code',
  label: 'The six digits that the app shows',
  kind: 'code',
  autocomplete: 'one-time-code',
};

/** The key for an authenticator app, as a QR code and as text. */
export function AppKey({ secret, uri }: { secret: string; uri: string }) {
  return (
    <>
      <p>
        Open an authenticator app on your telephone, let it read this picture, and type what it shows. Or type the key
        into the app.
      </p>
      <QrCode text={uri} />
      <p>
        Key: <code class="fd-code__code">{secret.match(/.{1,4}/g)?.join(' ')}</code>
      </p>
    </>
  );
}

/** Black on white in every colour scheme, since cameras need it. */
function QrCode({ text }: { text: string }) {
  const { data, size } = encode(text, { border: 4 });
  const dots = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x},${y}h1v1h-1z`] : [])));
  return (
    <p>
      {raw(
        `<svg xmlns="http://www.w3.org/2000/svg" width="240" height="240" viewBox="0 0 ${size} ${size}" role="img" aria-label="The key for your app, as a picture" shape-rendering="crispEdges"><rect width="${size}" height="${size}" fill="#fff"/><path fill="#000" d="${dots.join('')}"/></svg>`,
      )}
    </p>
  );
}

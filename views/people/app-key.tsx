import type { Field } from '../../server/consultation/form-field.ts';
import { QrCode } from '../kit/qr-code.tsx';

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
      <QrCode text={uri} label="The key for your app, as a picture" />
      <p>
        Key: <code class="fd-code__code">{secret.match(/.{1,4}/g)?.join(' ')}</code>
      </p>
    </>
  );
}

import { paths } from '../../server/base/paths.ts';
import type { Language } from '../../server/flow/translation/language.ts';

export type Spoken = Pick<Language, 'id' | 'name' | 'englishName' | 'direction' | 'signed'>;

/** A reader on the start page who has not said yet who they are. */
export const ANYBODY = 'anybody';

interface LanguageChoiceProps {
  languages: readonly Spoken[];
  token: string;
  /** The reader whose door is open; undefined on the start page. */
  reader?: 'public' | 'child' | undefined;
}

/**
 * Each language in its own words. It is a form, because the choice belongs neither in a URL nor in the browser's
 * storage.
 */
export function LanguageChoice({ languages, token, reader }: LanguageChoiceProps) {
  if (languages.length === 0) return null;
  return (
    <form class="fd-languages" method="post" data-leaves-page action={paths.talkLanguage()}>
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="for" value={reader ?? ANYBODY} />
      <p class="fd-languages__words">In another language:</p>
      {languages.map(({ id, name, englishName, direction }) => (
        <button
          type="submit"
          class="govuk-button govuk-button--secondary"
          name="language"
          value={id}
          translate="no"
          lang={id}
          dir={direction}
        >
          {name}
          <span class="govuk-visually-hidden" lang="en" dir="ltr">
            {' '}
            ({englishName})
          </span>
        </button>
      ))}
    </form>
  );
}

/** On every page in another language: how far the translation can be trusted, and a button back to English. */
export function LanguageBar({ language, token }: { language: Spoken; token: string }) {
  const { signed } = language;
  return (
    <section class="fd-language" aria-label="Language">
      <div class="govuk-width-container fd-language__row">
        <p>
          {signed === undefined
            ? 'Translated without a professional translator, not yet checked.'
            : `The translation was checked by ${signed.by}.`}
        </p>
        <p>The numbers 999 and 0800 1111 (Childline) are right.</p>
        <form method="post" data-leaves-page action={paths.talkLanguage()}>
          <input type="hidden" name="token" value={token} />
          <button
            type="submit"
            class="fd-language__english"
            name="language"
            value="en"
            lang="en"
            dir="ltr"
            translate="no"
          >
            English
          </button>
        </form>
      </div>
    </section>
  );
}

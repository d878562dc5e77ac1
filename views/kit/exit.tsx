import { ELSEWHERE, paths } from '../../server/base/paths.ts';

/**
 * govuk-frontend's "Exit this page" component: the button, or Shift three times. It is a link to another site, so that it works without a
 * script and without our server; `ping` tells the server to end the conversation.
 */
export function ExitButton() {
  return (
    <div class="govuk-exit-this-page" data-module="govuk-exit-this-page" {...WORDS_OF_THE_SCRIPT}>
      {/* biome-ignore lint/a11y/useSemanticElements: a link that works without a script, as govuk-frontend writes it */}
      <a
        href={ELSEWHERE}
        {...PING}
        role="button"
        draggable={false}
        class="govuk-button govuk-button--warning govuk-exit-this-page__button govuk-js-exit-this-page-button"
        data-module="govuk-button"
        rel="nofollow noreferrer"
      >
        <span class="govuk-visually-hidden">Emergency</span> Exit this page
      </a>
    </div>
  );
}

/** govuk-frontend's own English words, written out so that they are translated with the page. */
const WORDS_OF_THE_SCRIPT: object = {
  'data-i18n.activated': 'Loading.',
  'data-i18n.timed-out': 'Exit this page expired.',
  'data-i18n.press-two-more-times': 'Shift, press 2 more times to exit.',
  'data-i18n.press-one-more-time': 'Shift, press 1 more time to exit.',
};

/** The attribute is missing from hono/jsx's types. */
const PING: object = { ping: paths.leave() };

export function ExitSkipLink() {
  return (
    <a
      href={ELSEWHERE}
      {...PING}
      class="govuk-skip-link govuk-js-exit-this-page-skiplink"
      rel="nofollow noreferrer"
      data-module="govuk-skip-link"
    >
      Exit this page
    </a>
  );
}

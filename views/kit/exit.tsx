import { ELSEWHERE, paths } from '../../server/base/paths.ts';

/**
 * govuk-frontend's "Exit this page" component: the button, or Shift three times. It is a link to another site, so that it works without a
 * script and without our server; `ping` tells the server to end the conversation.
 */
export function ExitButton() {
  return (
    <div class="govuk-exit-this-page" data-module="govuk-exit-this-page">
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

import { Details } from './details.tsx';

/** One radio button or checkbox, with govuk-frontend's markup. */
export interface ChoiceProps {
  kind: 'radios' | 'checkboxes';
  id: string;
  name: string;
  value: string;
  text: string;
  help?: string;
  /** Folds the help away, one tap from view; screen readers read it in any case. */
  helpFolded?: boolean;
  checked?: boolean;
  /** Cannot be combined with others: ticking it clears them. */
  exclusive?: boolean;
  /** Id of its form, if it is outside the form element. */
  form?: string;
}

export function Choice(props: ChoiceProps) {
  const { kind, id, name, value, text, help, helpFolded, checked, exclusive, form } = props;
  const block = `govuk-${kind}`;
  const hint = help === undefined ? undefined : `${id}-item-hint`;
  return (
    <div class={`${block}__item`}>
      <input
        class={`${block}__input`}
        id={id}
        name={name}
        type={kind === 'radios' ? 'radio' : 'checkbox'}
        value={value}
        checked={checked}
        form={form}
        data-behaviour={exclusive ? 'exclusive' : undefined}
        aria-describedby={hint}
      />
      <label class={`govuk-label ${block}__label`} for={id}>
        {text}
      </label>
      {hint !== undefined && !helpFolded && (
        <div id={hint} class={`govuk-hint ${block}__hint`}>
          {help}
        </div>
      )}
      {hint !== undefined && helpFolded && (
        <div class="fd-counts">
          <Details
            summary={
              <>
                What counts<span class="govuk-visually-hidden">: {text}</span>
              </>
            }
          >
            <div id={hint} class="govuk-hint">
              {help}
            </div>
          </Details>
        </div>
      )}
    </div>
  );
}

export function Divider({ kind }: { kind: ChoiceProps['kind'] }) {
  return <div class={`govuk-${kind}__divider`}>or</div>;
}

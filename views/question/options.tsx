import type { Option, Question } from '../../server/flow/flow.ts';
import { Choice, type ChoiceProps, Divider } from '../kit/choice.tsx';
import { countOf } from '../kit/fold.tsx';

interface OptionsProps {
  kind: ChoiceProps['kind'];
  question: Question;
  given: string[];
  error?: string | undefined;
  /** The list is on a page of its own, where a long one may be folded. */
  foldable?: boolean | undefined;
}

/**
 * A list with more options than this has to be scrolled. With every help in sight, Bury's was ten phone screens long.
 */
const LONG_LIST = 10;
/** Maximum length in characters of a help that is shown. A help that says to call 999 is always shown. */
const SHORT_HELP = 60;
/**
 * A list with more options than this is folded by group, so that the groups are seen first. Bury's was seven phone
 * screens long.
 */
const FOLDED_LIST = 25;

/** The options of a question, "none of these" if it has one, and always "I don't know". */
export function Options({ kind, question, given, error, foldable = false }: OptionsProps) {
  const list = new OptionList(kind, question, given);
  const folded = foldable && isLong(question);
  return (
    <div class={`govuk-${kind} fd-options`} data-module={`govuk-${kind}`} data-folded={folded ? '' : undefined}>
      {question.groups.map((group, index) => (
        <OptionGroup
          id={`${inputId(question.id)}-${group.id}`}
          title={group.title}
          help={group.help}
          choices={question.options.filter((option) => option.group === group.id).map((option) => list.option(option))}
          folded={folded}
          // The error summary links to the first line of the list.
          needed={index === 0 && error !== undefined}
        />
      ))}
      {question.groups.length === 0 && question.options.map((option) => <Choice {...list.option(option)} />)}
      <Divider kind={kind} />
      {question.none !== undefined && (
        <Choice
          {...list.choice('none', question.none)}
          help={folded ? `Only if you have looked into all ${question.groups.length} groups.` : undefined}
          exclusive
        />
      )}
      <Choice {...list.choice('unknown', unknownLabel(kind, question))} />
    </div>
  );
}

function isLong({ groups, options }: Question): boolean {
  return groups.length > 1 && options.length > FOLDED_LIST;
}

/** The first input has the id that the error summary links to; the others are numbered, as in govuk-frontend. */
export function inputId(question: string): string {
  return `q-${question}`;
}

/** In a checklist, "I don't know" also says that other things may be true. */
function unknownLabel(kind: ChoiceProps['kind'], { unknown }: Question): string {
  const ticks = kind === 'checkboxes' && unknown.label === 'I don’t know';
  return ticks ? 'I don’t know, or I am not sure about others' : unknown.label;
}

class OptionList {
  private count = 0;
  private readonly kind: ChoiceProps['kind'];
  private readonly question: Question;
  private readonly given: string[];

  constructor(kind: ChoiceProps['kind'], question: Question, given: string[]) {
    this.kind = kind;
    this.question = question;
    this.given = given;
  }

  option({ id, text, help }: Option): ChoiceProps {
    const { question } = this;
    if (help === undefined) return this.choice(id, text);
    const helpFolded = question.options.length > LONG_LIST && help.length > SHORT_HELP && !help.includes('999');
    return { ...this.choice(id, text), help, helpFolded };
  }

  choice(value: string, text: string): ChoiceProps {
    const { kind, question } = this;
    this.count += 1;
    const first = inputId(question.id);
    const id = this.count === 1 ? first : `${first}-${this.count}`;
    return { kind, id, name: question.id, value, text, checked: this.given.includes(value) };
  }
}

interface OptionGroupProps {
  id: string;
  title: string;
  help?: string | undefined;
  choices: ChoiceProps[];
  folded: boolean;
  /** Shown open although it could be folded. */
  needed: boolean;
}

function OptionGroup({ folded, needed, ...group }: OptionGroupProps) {
  if (folded) return <FoldedGroup {...group} open={needed} />;
  const { id, title, help, choices } = group;
  return (
    // biome-ignore lint/a11y/useSemanticElements: screen readers announce nested fieldsets twice for every box
    <div class="fd-group" role="group" aria-labelledby={id}>
      <h2 class="fd-group__title" id={id}>
        {title}
      </h2>
      {help !== undefined && <p class="govuk-hint">{help}</p>}
      {choices.map((choice) => (
        <Choice {...choice} />
      ))}
    </div>
  );
}

type FoldedGroupProps = Pick<OptionGroupProps, 'id' | 'title' | 'help' | 'choices'> & { open: boolean };

/**
 * Its heading says how much it contains, and how much is ticked. The script updates the count (`static/long-list.js`).
 */
function FoldedGroup({ id, title, help, choices, open }: FoldedGroupProps) {
  const ticked = choices.filter(({ checked }) => checked).length;
  // A single line takes no more space than a fold would.
  const isOpen = open || ticked > 0 || choices.length === 1;
  return (
    <details class="fd-fold fd-group fd-group--folded" open={isOpen}>
      <summary class="fd-fold__summary">
        <h2 class="fd-fold__title" id={id}>
          {title}
        </h2>
        <span class="fd-fold__holds">
          {countOf(choices.length, 'line')}
          <span data-ticked>{ticked > 0 && `, ${ticked} ticked`}</span>
        </span>
        {help !== undefined && <span class="fd-group__help">{help}</span>}
      </summary>
      {/* biome-ignore lint/a11y/useSemanticElements: screen readers announce nested fieldsets twice for every box */}
      <div class="fd-fold__body" role="group" aria-labelledby={id}>
        {choices.map((choice) => (
          <Choice {...choice} />
        ))}
      </div>
    </details>
  );
}

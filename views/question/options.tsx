import type { Option, Question } from '../../server/flow/flow.ts';
import { Choice, type ChoiceProps, Divider } from '../kit/choice.tsx';

interface OptionsProps {
  kind: ChoiceProps['kind'];
  question: Question;
  given: string[];
}

/** A list with more options than this is read by scrolling: with every help in sight Bury's was ten phone screens long. */
const LONG_LIST = 10;
/** Characters of a help that is not in the way. One that sends to 999 always stands in sight. */
const SHORT_HELP = 60;

/** The options of a question, "none of these" if it has one, and always "I don't know". */
export function Options({ kind, question, given }: OptionsProps) {
  const list = new OptionList(kind, question, given);
  const grouped = question.groups.length > 0;
  return (
    <div class={`govuk-${kind} fd-options`} data-module={`govuk-${kind}`}>
      {grouped
        ? question.groups.map((group) => (
            <OptionGroup
              id={`${inputId(question.id)}-${group.id}`}
              title={group.title}
              help={group.help}
              choices={question.options
                .filter((option) => option.group === group.id)
                .map((option) => list.option(option))}
            />
          ))
        : question.options.map((option) => <Choice {...list.option(option)} />)}
      <Divider kind={kind} />
      {question.none !== undefined && <Choice {...list.choice('none', question.none)} exclusive />}
      <Choice {...list.choice('unknown', unknownLabel(kind, question))} />
    </div>
  );
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

function OptionGroup({
  id,
  title,
  help,
  choices,
}: {
  id: string;
  title: string;
  help?: string;
  choices: ChoiceProps[];
}) {
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

import { paths } from '../../server/base/paths.ts';
import {
  DESK_NOUNS,
  type DeskNoun,
  type DeskSection,
  getDeskAction,
  isOffered,
  type ShownCase,
  UNSENT_FIELD,
  UNSENT_INPUT,
} from '../../server/desk/actions.ts';
import { ASKS_DANGER } from '../../server/desk/danger-again.ts';
import { wasAsked } from '../kit/failed-form.ts';
import { DeskForm, type FailedDeskForm, FoldedForm, findOneOf, type OneOfSeveral } from './desk-form.tsx';

export interface ActionFormsProps {
  id: string;
  token: string;
  /** Number of the last entry that the page shows. */
  seen: number;
  shown: ShownCase;
  /** What this person may do with this consultation, whatever its state. */
  allowed: ReadonlySet<DeskNoun>;
  failed?: FailedDeskForm;
  section: DeskSection;
}

/** The forms in one section of the page: every action that is possible there now and that this person may do. */
export function ActionForms({ section, shown, allowed, ...props }: ActionFormsProps) {
  const offered = DESK_NOUNS.filter(
    (noun) => getDeskAction(noun).section === section && allowed.has(noun) && isOffered(noun, shown),
  );
  return (
    <>
      {offered.map((noun) => {
        const form = <ActionForm {...props} noun={noun} shown={shown} />;
        // The error summary links to the noun as the section's id. With a form for each deadline, that id would appear
        // several times.
        const isOneOfSeveral = oneOf(shown) !== undefined;
        return noun === section || isOneOfSeveral ? form : <div id={noun}>{form}</div>;
      })}
    </>
  );
}

type ActionFormProps = Pick<ActionFormsProps, 'id' | 'token' | 'seen' | 'shown' | 'failed'> & { noun: DeskNoun };

function ActionForm({ id, token, seen, noun, shown, failed }: ActionFormProps) {
  const { summary, fields, submit, submitHere } = getDeskAction(noun);
  const of = oneOf(shown);
  const action = paths.deskAction(id, noun);
  const isMine = of === undefined ? isOfWhole(failed) : failed?.values[of.name] === of.id;
  const asksForUnsent = failed?.form === noun && wasAsked(failed, UNSENT_INPUT);
  const isBegun = noun === 'replies' && shown.begunWith !== undefined;
  const form = {
    noun,
    action,
    token,
    submit: submitHere?.(shown) ?? submit,
    fields: asksForUnsent ? [...fields(shown), UNSENT_FIELD] : fields(shown),
    ...(isMine && { failed }),
    hidden: {
      seen: String(seen),
      ...(noun === 'reopenings' && shown.dangerFields.length > 0 && ASKS_DANGER),
      ...(of !== undefined && { [of.name]: of.id, draft: `${action}#${of.id}` }),
    },
    ...(of !== undefined && { suffix: `-${of.id}` }),
  };
  return summary === undefined ? (
    <DeskForm {...form} primary />
  ) : (
    <FoldedForm {...form} summary={summary(shown)} open={isBegun} />
  );
}

/** Which deadline, child or decision a form is about, if the page has a form for each. */
function oneOf({ deadline, child, decision }: ShownCase): { name: OneOfSeveral; id: string } | undefined {
  if (deadline !== undefined) return { name: 'deadline', id: deadline.id };
  if (decision !== undefined) return { name: 'signing', id: decision.id };
  return child === undefined ? undefined : { name: 'child', id: child.child };
}

function isOfWhole(failed: FailedDeskForm | undefined): boolean {
  return failed === undefined || findOneOf(failed.values) === undefined;
}

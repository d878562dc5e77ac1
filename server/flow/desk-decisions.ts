/**
 * What a duty desk can decide about a consultation. A new decision needs a word here and an entry under `outcomes` in
 * `flows/national/desk.yaml`; an area's own `desk.yaml` can give it other wording. The words are stored in the log, so
 * none may ever be renamed.
 */
export const DESK_DECISIONS = [
  'advice_only',
  'early_help',
  'referral_agreed',
  'referral_declined',
  'urgent_route',
  'no_further_action',
] as const;
export type DeskDecisionId = (typeof DESK_DECISIONS)[number];

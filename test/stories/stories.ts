/**
 * Whole stories, told as somebody would tell them, by none of the worked cases. Whatever a story does not say is answered "I don't know", as
 * its reader would.
 */
export interface Story {
  /** What happened, and who tells it. */
  told: string;
  /** Area and door; for the public and children there is one door each. */
  door: { area: string; flow: string } | 'public' | 'child';
  answers: Record<string, string | string[]>;
  /** The recommended action. */
  does: RegExp;
  /** How soon, as the first box says it. */
  by: RegExp;
  /** What can be pressed on the first screen: a number, or part of an address. */
  reach: string;
  /** What the whole first view must not say. */
  never: RegExp;
}

const NOT_999 = /Call 999 now$/m;
const NO_POLICE = /Report it to the police/;

export const STORIES: Story[] = [
  {
    told: 'A teacher in Bury. Callum, nine, has the mark of a belt on his back and says that his father did it. The father fetches him at a quarter past three, and Callum begs her to say nothing.',
    door: { area: 'bury', flow: 'level' },
    answers: {
      immediate_danger: 'no',
      who_is_asking: 'other_professional',
      child_age: '9',
      concerns: ['physical_abuse'],
    },
    does: /MASH/,
    by: /At once|Today/,
    reach: 'tel:01612535678',
    never: /Tell the parents|Ask a parent whether they agree/,
  },
  {
    told: 'A midwife’s colleague in Bury hears a man shout that he will kill the mother, on the telephone, while the baby screams.',
    door: { area: 'bury', flow: 'level' },
    answers: { immediate_danger: 'yes', danger_reported: 'calling_now' },
    does: /Call 999 now/,
    by: /At once/,
    reach: 'tel:999',
    never: /Consultation at the duty desk/,
  },
  {
    told: 'A health visitor in Bury sees a bruise on the cheek of a baby of four months who cannot turn over yet. The mother says that he rolled on a toy.',
    door: { area: 'bury', flow: 'mark_on_child' },
    answers: { immediate_danger: 'no', moves_alone: 'not_yet' },
    does: /social care now.*children's doctor/,
    by: /At once/,
    reach: 'tel:01612535678',
    never: /wait and see|keep an eye/i,
  },
  {
    told: 'A youth worker in Bury. A girl of fourteen comes back from nights away with a new phone and new shoes. A man in his twenties fetches her.',
    door: { area: 'bury', flow: 'exploitation' },
    answers: {
      immediate_danger: 'no',
      child_age: '14',
      indicators: ['gifts', 'older_partner', 'unexplained_outings', 'unknown_vehicles'],
      exploitation_kinds: ['boyfriend_model'],
      partner_age: 'adult',
    },
    does: /Refer to MASH now/,
    by: /At once/,
    reach: 'tel:01612535678',
    never: NOT_999,
  },
  {
    told: 'A foster carer in Bury. The boy she looks after, eleven, says that his uncle touched him at the last visit. He has a social worker.',
    door: { area: 'bury', flow: 'level' },
    answers: {
      immediate_danger: 'no',
      who_is_asking: 'carer',
      open_to_social_care: 'yes',
      child_age: '11',
      concerns: ['sexual_abuse'],
    },
    does: /allocated social worker/,
    by: /At once/,
    reach: 'tel:',
    never: /^Tell the parents/m,
  },
  {
    told: 'A school in Bury. Amina, twelve, is tired, and her clothes are too small. That is all that anybody knows; the mother is friendly and new in the town.',
    door: { area: 'bury', flow: 'level' },
    answers: {
      immediate_danger: 'no',
      child_age: '12',
      concerns: ['none'],
      persisting_needs: ['none'],
      early_needs: ['other_need'],
      agencies: 'one',
    },
    does: /consultation/i,
    by: /Today/,
    reach: 'tel:01612535678',
    never: /Report it to the police|Call 999 now$|nothing to do/im,
  },
  {
    told: 'A duty worker of Bury’s own front door writes down what a caller says: a boy of seven hit with a stick, the father still angry.',
    door: { area: 'bury', flow: 'level' },
    answers: {
      immediate_danger: 'no',
      who_is_asking: 'duty_worker',
      child_age: '7',
      concerns: ['physical_abuse'],
    },
    does: /Take it up yourself/,
    by: /At once/,
    reach: '',
    never: /Ring MASH|Ring the MASH|You have not told children’s services yet/,
  },
  {
    told: 'A school nurse in Bury. A girl of fifteen shows cuts on her arms and has saved up tablets. She has a plan for Friday.',
    door: { area: 'bury', flow: 'self_harm' },
    answers: { immediate_danger: 'no', self_harm_seen: ['plan'], behind_self_harm: 'nothing_known' },
    does: /crisis line now, and stay with the child/,
    by: /At once/,
    reach: 'tel:08000149995',
    never: /Within \d+ working day/,
  },
  {
    told: 'A college in Bolton. A boy of fifteen has three phones and cash, and has been found at a flat where drugs are sold. His mother does not know.',
    door: { area: 'bolton', flow: 'consultation' },
    answers: {
      immediate_danger: 'no',
      child_age: '15',
      modern_slavery_signs: ['drugs', 'moved'],
      signs: ['several_phones', 'drugs_or_debts'],
    },
    does: /Refer the child to children's social care/,
    by: /Today/,
    reach: 'tel:01204333333',
    never: NOT_999,
  },
  {
    told: 'A nursery in Bolton. Two children come hungry and in the same dirty clothes all week. The flat has no heating. The mother cries and says that it is all too much.',
    door: { area: 'bolton', flow: 'other_worry' },
    answers: {
      immediate_danger: 'no',
      child_age: '3',
      other_signs: ['neglect', 'home_unsafe'],
      family_worry: ['none'],
    },
    does: /Refer the child to children's social care/,
    by: /Today/,
    reach: 'tel:01204333333',
    never: NO_POLICE,
  },
  {
    told: 'A receptionist in Bolton. A patient whispers that her husband holds her by the throat. She has a boy of two at home. She can be spoken to alone now.',
    door: { area: 'bolton', flow: 'domestic_abuse' },
    answers: { immediate_danger: 'no', where_victim_is: 'with_me_alone', abuse_at_home: ['grave', 'small_baby'] },
    does: /Tell children's social care now/,
    by: /At once/,
    reach: 'tel:01204333333',
    never: /speak to (him|the husband)|(?<!not )tell the parents/i,
  },
  {
    told: 'A licensing officer in Bolton. A car with two men waits outside a children’s home each evening. She has the plate and no child’s name.',
    door: { area: 'bolton', flow: 'no_particular_child' },
    answers: { immediate_danger: 'no', about_what: ['vehicle', 'person'], child_behind_it: 'no', crime_going_on: 'no' },
    does: /Tell the police/,
    by: /Today/,
    reach: 'tel:101',
    never: NOT_999,
  },
  {
    told: 'A teaching assistant in Stockport thinks that a girl of thirteen sends pictures to a man whom she has never met. She has told nobody, and cannot find her manager.',
    door: { area: 'stockport', flow: 'exploitation' },
    answers: {
      immediate_danger: 'no',
      suspicion: 'suspected',
      child_age: '13',
      indicators: ['online_relationships', 'sexual_risk_online'],
      linked_harms: ['grooming', 'abusive_images'],
      discussed_with_manager: 'cannot_reach',
    },
    does: /Telephone the MASSH today/,
    by: /Today/,
    reach: 'tel:01612176028',
    never: NOT_999,
  },
  {
    told: 'A doctor in Stockport. A boy of six has been brought with fits that nobody else has ever seen, eleven times. Tests find nothing, and the mother asks for more.',
    door: { area: 'stockport', flow: 'other_worry' },
    answers: { immediate_danger: 'no', child_age: '6', other_worries: ['made_up_illness'] },
    does: /Telephone the MASSH today/,
    by: /Today/,
    reach: 'tel:01612176028',
    never: /^Tell the parents|Ask a parent whether they agree/m,
  },
  {
    told: 'A nurse in Stockport sees on a girl of ten that she has been cut, years ago in another country.',
    door: { area: 'stockport', flow: 'honour' },
    answers: { immediate_danger: 'no', honour_signs: ['cut_done'], taken_soon: 'no' },
    does: /Tell children's social care/,
    by: /Today/,
    reach: 'tel:01612176028',
    never: /nothing to do/i,
  },
  {
    told: 'A parent helper in Stockport saw the swimming teacher kiss a child of eight in the changing room. The head teacher is his brother.',
    door: { area: 'stockport', flow: 'worry_about_worker' },
    answers: {
      immediate_danger: 'no',
      worker_conduct: ['harmed'],
      usual_person_involved: 'yes',
      child_at_risk_from_worker: 'yes',
    },
    does: /Tell the designated officer/,
    by: /Today/,
    reach: 'tel:01612176028',
    never: /Tell the head teacher|Ask the head teacher/i,
  },
  {
    told: 'A neighbour in Bury hears a child scream through the wall most nights, and things that break. Tonight it is quiet.',
    door: 'public',
    answers: { where_child_lives: 'bury', worry_kind: ['night'], immediate_danger: 'no' },
    does: /Ring the Bury hub/,
    by: /Today/,
    reach: 'tel:01612535678',
    never: NOT_999,
  },
  {
    told: 'A grandmother in Rochdale. Her grandson of thirteen owes a dealer four hundred pounds and is afraid to go out.',
    door: 'public',
    answers: { where_child_lives: 'elsewhere', worry_kind: ['debt'], immediate_danger: 'no' },
    does: /Ring the council where the child lives, or the NSPCC/,
    by: /Today/,
    reach: 'tel:08088005000',
    never: /Bury hub|MASSH/,
  },
  {
    told: 'A boy of fourteen in Bolton who carries bags for older boys and owes them money. He is at home and nobody is there.',
    door: 'child',
    answers: { child_safe_now: 'safe', child_help: ['owe'], trusted_adult: 'nobody', home_area: 'bolton' },
    does: /Ring Childline/,
    by: /.*/,
    reach: 'tel:08001111',
    never: /you broke the law|arrest/i,
  },
  {
    told: 'A girl of ten whose stepfather comes into her room at night. He comes home at six. She is safe until then, and can talk to her aunt today.',
    door: 'child',
    answers: { child_safe_now: 'not_later', child_help: ['touch'], trusted_adult: 'near' },
    does: /Tell that grown-up now/,
    by: /At once/,
    reach: 'tel:08001111',
    never: /skip|referral/i,
  },
  {
    told: 'A child who is frightened of everything, says nothing and only presses "I don’t know".',
    door: 'child',
    answers: {},
    does: /Childline/,
    by: /.*/,
    reach: 'tel:08001111',
    never: /nothing to do/i,
  },
];

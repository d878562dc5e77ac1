/**
 * What the scripts say when the network fails or a text is copied, sentence by sentence. Pages in another language
 * include the translations, because a script cannot ask the server for words when there is no connection. `{n}` is a
 * number.
 */
export const SCRIPT_WORDS = [
  'Your answer was not saved.',
  'Not sent.',
  'There is no connection at the moment.',
  'That is more text than the network lets through.',
  'The network says: too many at once.',
  'Wait a minute.',
  'Front Door cannot be reached at the moment.',
  'It may be starting again.',
  'Something on your network answered in place of Front Door.',
  'A guest Wi-Fi may want you to sign in first.',
  'Something on your network wants you to sign in first.',
  'Open Front Door in another tab and sign in there.',
  'What you entered is still here.',
  'Still sending.',
  '{n} ticked',
  'Ticks taken away: {n}.',
  'Put them back',
  'The line is slow.',
  'Press the button again when it is back.',
  'Press the button again.',
  'Trying again in {n} seconds.',
  'You can ring without waiting.',
  'Copied',
  'Not copied: select it by hand',
] as const;

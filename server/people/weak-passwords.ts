/**
 * Common passwords of 15 characters or more; shorter ones are refused anyway. They are in the form that `checkPassword` compares: lower
 * case, without spaces and punctuation, digits replaced by the letters they stand for.
 */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(
  `
  correcthorsebatterystaple thequickbrownfox thequickbrownfoxjumps thequickbrownfoxjumpsoverthelazydog passwordpassword
  passwordpasswordpassword mypasswordispassword thisismypassword thisisapassword thisismysecurepassword thispasswordissecure
  mysecretpassword mysecurepassword averysecurepassword averylongpassword averystrongpassword averysecretpassword
  supersecretpassword supersecurepassword verysecurepassword verystrongpassword secretpassword12 strongpassword123
  letmeinletmein letmeinletmeinletmein letmeinplease12 pleaseletmein123 pleaseletmeinnow openthedoorplease opensesameopensesame
  welcomewelcome welcomewelcomewelcome welcometohell welcometothejungle welcometomyworld administrator administratoradministrator
  administrator12 administrator123 adminadminadmin adminadminadminadmin rootrootrootroot changemechangeme changemechangemechangeme
  changethispassword pleasechangeme changemeplease changemeimmediately temporarypassword temppassword1234 defaultpassword defaultpassword1
  iloveyouiloveyou iloveyousomuch iloveyouforever iloveyousomuch123 iloveyoubaby123 iloveyoumorethananything ilovemyhusband
  ilovemyfamily123 ilovemychildren ilovemydaughter ilovemyfamilysomuch ilovemanchester ilovefootball123 ihatepasswords
  ihatepasswordsomuch ihavenoidea12345 idontknowmypassword iforgotmypassword iforgotmypassword1 forgotmypassword nopasswordneeded
  manchesterunited manchesterunited1 manchesterunitedfc manchestercity123 manchestercityfc boltonwanderers boltonwanderersfc
  stockportcounty stockportcountyfc buryfootballclub gloryglorymanunited liverpoolfootballclub youllneverwalkalone
  maytheforcebewithyou winteriscoming winteriscoming1 toinfinityandbeyond supercalifragilistic supercalifragilisticexpialidocious
  jesuschristismylord jesusismysaviour jesuslovesme1234 praisethelord123 godisgood1234567 inthebeginning1 onceuponatime123 onceuponatimeinaland
  happybirthdaytoyou merrychristmas123 merrychristmaseveryone summersummersummer summertime12345 sunshinesunshine
  monkeymonkeymonkey dragondragondragon footballfootball princessprincess superman12345678 batmanbatmanbatman chocolatechocolate
  computercomputer internetinternet qwertyqwertyqwerty asdfasdfasdfasdf zxcvzxcvzxcvzxcv
  onetwothreefourfive onetwothreefour onetwothreefourfivesix monday tuesday wednesday abcdefghijklmnop abcdefghijklmnopqrstuvwxyz
  childrenssocialcare childrensservices safeguardingchildren safeguardingchild safeguardingteam everychildmatters
  childprotection1 childprotectionteam workingtogether workingtogether2023 socialworker1234 socialworksocialwork dutyworkerdutyworker
  multiagencysafeguardinghub greatermanchester greatermanchester1 stockportcouncil boltoncouncil12 burycouncil12345
  `
    .trim()
    .split(/\s+/),
);

/** Rows and patterns of neighbouring keys. */
export const KEY_RUNS = [
  '01234567890123456789',
  '98765432109876543210',
  'abcdefghijklmnopqrstuvwxyz',
  'zyxwvutsrqponmlkjihgfedcba',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertyuiop[]asdfghjkl;zxcvbnm,./',
  'qazwsxedcrfvtgbyhnujmikolp',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  '1q2w3e4r5t6y7u8i9o0p',
  'asdfghjklqwertyuiop',
];

/** Words about this service and its places: a password has to contain more than these. */
export const SERVICE_WORDS = [
  'front',
  'door',
  'frontdoor',
  'bury',
  'bolton',
  'stockport',
  'council',
  'duty',
  'desk',
  'worker',
  'manager',
  'safeguarding',
  'safeguard',
  'lead',
  'child',
  'children',
  'childrens',
  'social',
  'care',
  'services',
  'service',
  'mash',
  'multi',
  'agency',
  'hub',
  'administrator',
  'admin',
  'operational',
  'password',
  'passphrase',
  'welcome',
  'letmein',
  'secret',
  'the',
  'my',
  'is',
  'and',
  'of',
  'for',
  'spring',
  'summer',
  'autumn',
  'winter',
];

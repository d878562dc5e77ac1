/**
 * A second implementation of the flow language, written from `flows/README.md` alone and working on the authors' text,
 * to be compared with `walk`. It is built differently on purpose: the called flows are written out in place, as one
 * long list of rungs, and a single loop goes down that list.
 */
import { readGiven } from './answer.ts';
import { isMet, type Known, type Standing } from './condition.ts';
import { type Branch, branch, list, type RawContent, type Tree, wording } from './content.ts';
import { meaningsIn } from './meanings.ts';
import { Sieve } from './sieve.ts';

export interface Rung {
  flow: string;
  kind: 'say' | 'ask' | 'advise' | 'call' | 'end';
  id: string;
  step: Branch;
  /** Index of the first rung after the flow to which this rung belongs, and after the flow that it calls. */
  flowEnd: number;
  callEnd: number;
}

export interface SecondWalk {
  /** The open question, or the end. */
  at: string;
  turns: string[];
  /** What was said, and what is known already, since the last turn. */
  open: string;
  path: string[];
  findings: string[];
  leftOut: string[];
  advice: string[];
  doubts: string[];
  standing: Standing;
  means: string[];
  unused: string[];
}

interface Advised {
  flow: string;
  id: string;
  line: Branch;
  contacts: string[];
  words: { parents?: string; consent?: string };
}

export type Given = Readonly<Record<string, string | string[]>>;

const WORDS: Record<string, string[]> = {
  parents: ['tell', 'as the child wishes', 'ask first', 'do not tell'],
  consent: ['needed', 'weigh', 'given', 'not needed'],
  police: ['consider', 'report', 'call 999'],
};
const KINDS = ['say', 'ask', 'advise', 'call', 'end'] as const;

/** The whole ladder, with its called flows written out in place. */
export function writeOut(content: RawContent, flow: string, before = 0): Rung[] {
  const rungs: Rung[] = [];
  for (const step of content.steps(flow)) {
    const kind = KINDS.find((word) => step[word] !== undefined) ?? 'say';
    const rung: Rung = { flow, kind, id: String(step[kind]), step, flowEnd: 0, callEnd: 0 };
    rungs.push(rung);
    const from = before + rungs.length;
    if (kind === 'call') rungs.push(...writeOut(content, rung.id, from));
    rung.callEnd = before + rungs.length;
  }
  for (const rung of rungs) if (rung.flowEnd === 0) rung.flowEnd = before + rungs.length;
  return rungs;
}

export class SecondInterpreter {
  readonly content: RawContent;
  readonly rungs: Rung[];
  private readonly today: string;

  constructor(content: RawContent, flow: string, today: string) {
    this.content = content;
    this.rungs = writeOut(content, flow);
    this.today = today;
  }

  walk(given: Given): SecondWalk {
    const one = new Interview(this.content, given, this.today);
    for (let at = 0; ; ) {
      const rung = this.rungs[at];
      if (rung === undefined) throw new Error('nobody falls off the page');
      const next = one.come(rung, at, this.rungs);
      if (next === 'stop') return one.written();
      at = next;
    }
  }
}

class Interview {
  private readonly facts = new Map<string, Known>();
  private readonly out: SecondWalk;
  private said: string[] = [];
  private alreadyAnswered: string[] = [];
  /** Index of the rung to which an "I don't know" leads. */
  private target = -1;
  private readonly advised: Advised[] = [];
  private readonly found: { topic: string; value: string; shown: string }[] = [];
  private readonly doubts: { id: string; ask: string[]; text?: string; whoKnows?: string }[] = [];
  private end: { id: string; flow: string; step: Branch; contacts: string[] } | undefined;
  private readonly content: RawContent;
  private readonly given: Given;
  private readonly today: string;

  constructor(content: RawContent, given: Given, today: string) {
    this.content = content;
    this.given = given;
    this.today = today;
    const lists = { turns: [], path: [], findings: [], advice: [], doubts: [], means: [], leftOut: [], unused: [] };
    this.out = { at: '', open: '', standing: { level: 0 }, ...lists };
  }

  written(): SecondWalk {
    const { facts, given, said, alreadyAnswered, out } = this;
    const fits = (id: string) => readGiven(this.content.question(id), given[id], this.today) !== undefined;
    const unused = Object.keys(given).filter((id) => !facts.has(id) && fits(id));
    const whole = { ...out, open: show(said, alreadyAnswered), means: [...out.means].sort(), unused };
    return { ...whole, ...this.kept() };
  }

  /** Before the end everything is kept; at the end, only what makes sense with everything that is known. */
  private kept(): Pick<SecondWalk, 'at' | 'advice' | 'findings' | 'doubts' | 'leftOut'> {
    const { content, end, found, out } = this;
    const sieve = new Sieve(content, end === undefined, (line) => {
      const isSelf = list(line.to).some((reader) => out.means.includes(reader));
      return !isSelf && isMet(line['only with'], this.facts, out.standing, this.meant());
    });
    return {
      at: end === undefined ? out.at : this.ending(end, sieve),
      advice: this.advised
        .filter(({ id, line }) => sieve.keeps('advice', id, line))
        .map((one) => ({ ...one, contacts: sieve.contacts(one.contacts) }))
        .filter(({ words }) => this.isFollowed(words))
        .map(({ flow, id, line, contacts: own }) => show(flow, id, wording(line.text), own)),
      findings: found.filter(({ topic, value }) => sieve.keepsFinding(topic, value)).map(({ shown }) => shown),
      doubts: this.doubts.map(({ id, ask, text, whoKnows }) => show(id, sieve.contacts(ask), text, whoKnows)),
      leftOut: sieve.leftOut.sort(),
    };
  }

  /**
   * A reader who would be sent to themselves is told what to do instead, in the words of the end or of meanings.yaml.
   */
  private ending(end: { id: string; flow: string; step: Branch; contacts: string[] }, sieve: Sieve): string {
    const [first] = end.contacts.map((id) => this.content.entry('contacts', 'contacts', id));
    const own = branch(end.step['acts themselves']);
    const said = (reader: string): Branch | undefined => {
      if (own[reader] !== undefined) return { action: own[reader] ?? '' };
      const general = this.content.actsThemselves(reader);
      return Object.keys(general).length === 0 ? undefined : general;
    };
    const readers = [...Object.keys(own), ...list(end.step.to), ...list(first?.to)];
    const mine = readers.find((reader) => this.out.means.includes(reader) && said(reader) !== undefined);
    const words = (mine === undefined ? undefined : said(mine)) ?? {};
    const before = list(words.contacts).map((id) => this.content.contact(id));
    const contacts = sieve.contacts([...before, ...end.contacts.filter((id) => !before.includes(id))]);
    return show(
      'end',
      end.id,
      end.flow,
      wording(words.action ?? end.step.action),
      wording(words.text ?? end.step.text),
      contacts,
    );
  }

  /** Advice about parents or consent is dropped if there is a stronger word about the same. */
  private isFollowed(words: { parents?: string; consent?: string }): boolean {
    const { standing } = this.out;
    const rank = (topic: 'parents' | 'consent', word: string | undefined) => (WORDS[topic] ?? []).indexOf(word ?? '');
    const isWeaker = (topic: 'parents' | 'consent', word: string | undefined) =>
      rank(topic, word) >= 0 && rank(topic, word) < rank(topic, standing[topic]);
    return !isWeaker('parents', words.parents) && !isWeaker('consent', words.consent);
  }

  /** Returns the index of the next rung. */
  come(rung: Rung, at: number, rungs: readonly Rung[]): number | 'stop' {
    const passed = this.target > at;
    const jumpedHere = this.target === at;
    if (passed) return this.pass(rung, 'jumped over');
    if (!jumpedHere && !isMet(rung.step.when, this.facts, this.out.standing, this.meant()))
      return this.pass(rung, 'skipped');
    if (rung.kind === 'ask') return this.ask(rung, at, rungs);
    this.pass(rung, 'taken');
    if (rung.kind === 'call') return at + 1;
    if (rung.kind === 'say') this.said.push(rung.id);
    else this.collect(rung.step, list(rung.step.cite), `${rung.flow} ${rung.id}`);
    if (rung.kind === 'advise') {
      const contacts = list(rung.step.contact).map((id) => this.content.contact(id));
      const words = { parents: wording(rung.step.parents), consent: wording(rung.step.consent) };
      this.advised.push({ flow: rung.flow, id: rung.id, line: rung.step, contacts, words });
    }
    if (rung.kind !== 'end') return rung.step.then === 'return' ? rung.flowEnd : at + 1;
    const contacts = list(rung.step.contacts).map((id) => this.content.contact(id));
    this.end = { id: rung.id, flow: rung.flow, step: rung.step, contacts };
    return 'stop';
  }

  private meant() {
    return { said: new Set(this.out.means), kinds: this.content.meanings() };
  }

  private pass(rung: Rung, how: string): number {
    this.out.path.push(show(rung.flow, rung.kind, rung.id, how));
    return rung.callEnd;
  }

  private ask(rung: Rung, at: number, rungs: readonly Rung[]): number | 'stop' {
    const question = this.content.question(rung.id);
    const isKnown = this.facts.has(rung.id);
    const answer = readGiven(question, this.given[rung.id], this.today);
    if (!isKnown && answer === undefined) {
      this.pass(rung, 'here');
      this.out.at = show('question', rung.id, rung.flow);
      return 'stop';
    }
    this.pass(rung, isKnown ? 'known' : 'taken');
    if (isKnown) this.alreadyAnswered.push(rung.id);
    else if (answer !== undefined) this.hear(rung, question, answer);
    this.target = this.jumpFrom(rung, at, rungs);
    return at + 1;
  }

  /** If there are ticks beside the doubt, nobody jumps. */
  private jumpFrom(rung: Rung, at: number, rungs: readonly Rung[]): number {
    const known = this.facts.get(rung.id);
    const aim = branch(rung.step.unknown)['leads to'];
    if (aim === undefined || !known?.isDoubt || known.hasTicks) return -1;
    const place = rungs.findIndex(
      (one, index) => index > at && one.flowEnd === rung.flowEnd && one.flow === rung.flow && one.id === aim,
    );
    return place < 0 ? rung.flowEnd : place;
  }

  private hear(rung: Rung, question: Branch, answer: string[]): void {
    const unknown = branch(question.unknown);
    const isDoubt = answer.includes('unknown');
    const countsAs = isDoubt ? list(unknown['counts as']) : [];
    const said = answer.filter((word) => word !== 'unknown' && word !== 'none');
    const seen = new Set([...said, ...countsAs]);
    const isList = question.type === 'several of';
    // A doubt in a checklist is about what is not ticked, whatever it counts as.
    const isSure = !isDoubt || (countsAs.length > 0 && !isList);
    const isNumber = question.type === 'number';
    this.facts.set(rung.id, { seen, isDoubt, isSure, isNumber, hasTicks: isList && said.length > 0 });
    this.out.turns.push(show(rung.flow, rung.id, answer, this.said, this.alreadyAnswered));
    [this.said, this.alreadyAnswered] = [[], []];
    for (const meaning of meaningsIn(rung.id, question, answer))
      if (!this.out.means.includes(meaning)) this.out.means.push(meaning);
    const from = `${rung.flow} ${rung.id}`;
    for (const [id, marks] of optionsOf(question))
      if (seen.has(id)) this.collect(marks, citeOf(marks, question), `${from} ${id}`);
    if (!isDoubt) return;
    this.collect(unknown, list(question.cite), `${from} unknown`);
    const ask = list(unknown.ask).map((id) => this.content.contact(id));
    this.doubts.push({ id: rung.id, ask, text: wording(unknown.text), whoKnows: wording(unknown['who knows']) });
  }

  private collect(marks: Branch, cite: string[], from: string): void {
    const { standing } = this.out;
    for (const topic of ['level', 'parents', 'consent', 'police', 'next', 'record'])
      for (const written of list(marks[topic])) {
        const value = topic === 'level' && written === 'highest' ? this.content.highestLevel() : written;
        this.found.push({ topic, value, shown: show(topic, value, from, cite) });
        if (topic === 'level') standing.level = Math.max(standing.level, Number(value));
        else if (topic !== 'next' && topic !== 'record') this.raise(topic as 'parents', value);
      }
  }

  private raise(topic: 'parents' | 'consent' | 'police', word: string): void {
    const words = WORDS[topic] ?? [];
    if (words.indexOf(word) > words.indexOf(this.out.standing[topic] ?? '')) this.out.standing[topic] = word;
  }
}

/** Each option with its marks, including those that its group or all options share; its own marks replace them. */
function optionsOf(question: Branch): [string, Branch][] {
  const plain = (options: Tree | undefined, shared: Branch): [string, Branch][] =>
    Object.entries(branch(options)).map(([id, option]) => [id, { ...shared, ...branch(option) }]);
  const grouped = Object.values(branch(question.groups)).map(branch);
  const all = branch(question.each);
  if (question.type === 'yes or no') return plain({ yes: '', no: '', ...branch(question.options) }, all);
  return [
    ...plain(question.options, all),
    ...grouped.flatMap((group) => plain(group.options, { ...all, ...branch(group.each) })),
  ];
}

function citeOf(marks: Branch, question: Branch): string[] {
  return marks.cite === undefined ? list(question.cite) : list(marks.cite);
}

/** Everything is compared as text. */
export function show(...things: unknown[]): string {
  return things.map((thing) => (Array.isArray(thing) ? `[${thing.join(', ')}]` : String(thing ?? '-'))).join(' | ');
}

/** One picture of the tour: its file is `NN-name.png`, where NN is its place in the list. */
export interface TourStop {
  readonly name: string;
  readonly title: string;
  /** One or two sentences for whoever leafs through the pictures. */
  readonly says: string;
  /**
   * `station`: a whole station with a simulated scanner and synthetic prints. `memory`: the same pages over a station that
   * only says what it is told, for states that pass too quickly to be photographed.
   */
  readonly from: 'station' | 'memory';
}

const QUESTIONS: readonly (readonly [name: string, title: string, says: string])[] = [
  [
    'purpose',
    'Why are prints to be taken?',
    'What is not a ground is offered too, so that it can be refused in words.',
  ],
  ['custody-record', 'Custody record', 'Its number is what the check is tied to; a check without one is possible.'],
  ['power-holder', 'Who holds the suspicion', 'The constable who holds it is recorded, whoever works the scanner.'],
  ['person', 'The person', 'Age and vulnerability decide whether an appropriate adult has to be there.'],
  ['arrest', 'Arrest', 'Somebody arrested for a recordable offence normally goes to LiveScan.'],
  ['offence-stage', 'What is suspected', 'The four forms that the power knows, as four answers.'],
  ['offence-category', 'Kind of offence', 'Ten answers, a key each.'],
  ['offence', 'Which offence, and why', 'In the words in which it will be said to the person: nothing is typed twice.'],
  ['name', 'The name', 'Unknown, or doubted with reasons: the two conditions of the power.'],
  ['documents', 'Documents', 'What was shown, and why it does not settle the name.'],
  ['interpreter', 'Interpreter', 'Who interpreted, and into which language.'],
  ['force', 'Force', 'Who used it, why, and who was present, if there was any.'],
];

const stop = (name: string, title: string, says: string, from: TourStop['from'] = 'station'): TourStop => ({
  name,
  title,
  says,
  from,
});

/** Every picture of the tour, in its order. The pictures and the page that explains them are made from this list. */
export const TOUR: readonly TourStop[] = [
  stop(
    'sign-in',
    'Signing in',
    'Each user has a role, and each role sees its own pages. The bar says that this is training.',
  ),
  stop('home', 'The officer’s first page', 'One button, and what the station is ready for.'),
  ...QUESTIONS.map(([name, title, says]) => stop(`grounds-${name}`, title, says)),
  stop('grounds-answers', 'Check your answers', 'Each can be changed; then the station itself assesses them.'),
  stop(
    'words',
    'The words',
    'Read out one after the other; the station notes the time of each. A notice in the person’s language is one link away.',
  ),
  stop('capture', 'Two prints', 'Which finger, what to do, and nothing else. No print is ever shown.'),
  stop(
    'capture-preview',
    'A finger on the glass',
    'A coarse map shows how it lies, with one hint at a time.',
    'memory',
  ),
  stop('captured', 'Both prints taken', 'How good they are is said in words. The search starts from here.'),
  stop(
    'capture-failed',
    'A scanner that was unplugged',
    'The sentence says what to do next; the other print is still there.',
    'memory',
  ),
  stop('capture-below-threshold', 'A poor print', 'It can be taken again, or used with a reason.', 'memory'),
  stop('searching', 'Searching', 'Both databases at the same time, each by itself.', 'memory'),
  stop(
    'results-match-no-match',
    'Known to the police',
    'Words and shape as well as colour; what was searched, and how old it was.',
  ),
  stop(
    'results-match-match',
    'Known to both',
    'An immigration record means that the person once met that system, and nothing more.',
  ),
  stop('results-no-match-match', 'Known to immigration', 'Each column stands by itself, police first.'),
  stop(
    'results-no-match-no-match',
    'Known to neither',
    'It is said what that does not mean: it does not tell who the person is.',
  ),
  stop(
    'results-possible',
    'A possible match',
    'Two records that may be the person’s, with what to do before one relies on either.',
    'memory',
  ),
  stop(
    'results-none',
    'No answer',
    'A time-out and a database that could not be reached are not no matches.',
    'memory',
  ),
  stop(
    'closed',
    'Closed',
    'One receipt for every picture and everything made of it; nothing in it is computed from a print.',
  ),
  stop(
    'slip',
    'The slip',
    'What the person takes away, in large print: the power, what was searched, how to complain.',
  ),
  stop(
    'refused',
    'Grounds that are refused',
    'Every reason at once, in plain words. The scanner stays shut.',
    'memory',
  ),
  stop('diverted', 'LiveScan first', 'The normal way is offered; going on needs a reason.', 'memory'),
  stop('declined', 'The person declines', 'The check ends, and whatever was taken is erased.'),
  stop(
    'locked',
    'Locked',
    'Nobody at the desk for some minutes: the prints are gone, what was recorded is kept.',
    'memory',
  ),
  stop('help', 'Help and keys', 'Alt + H or a question mark: help on this page, and the keys that do something on it.'),
  stop('notice-english', 'A notice for the person', 'What is happening, in plain words, with how far it was reviewed.'),
  stop(
    'notice-arabic',
    'The same in Arabic',
    'Right to left. Every notice says that it is a draft until somebody has reviewed it.',
  ),
  stop('administrator-home', 'The administrator’s first page', 'What needs attention stands beside the way to it.'),
  stop(
    'administrator-scanners',
    'Scanners',
    'Which devices there are, which one is in use, and why another cannot be.',
  ),
  stop(
    'administrator-databases',
    'Databases',
    'Where records are searched, how old they are, and whether they answer.',
  ),
  stop(
    'administrator-health',
    'Station health',
    'Every part tested from the page, with known prints; what was found, and what to do.',
  ),
  stop('administrator-users', 'Users', 'First passwords are shown once, to be handed over.'),
  stop('administrator-settings', 'Settings', 'Each with its bounds and who set it.'),
  stop('administrator-counts', 'Where the counts go', 'One address, switched off until somebody switches it on.'),
  stop('administrator-logs', 'The technical log', 'Codes and figures; nothing of a person.'),
  stop(
    'auditor-home',
    'The auditor’s first page',
    'Verify first: the log is whole, or the first event that does not fit is named.',
  ),
  stop('auditor-log', 'The audit log', 'By check, by kind of event, by day.'),
  stop(
    'auditor-story',
    'One check, event by event',
    'Were there grounds before the search, and has every print its receipt?',
  ),
  stop('auditor-export', 'The export', 'Written into a folder of the station, with what the log was found to be.'),
  stop(
    'sergeant-home',
    'The sergeant’s first page',
    'Open checks by stage and age, and the month so far, without anybody in it.',
  ),
  stop(
    'sergeant-counts',
    'Counts by month',
    'Small numbers are held back, and those from which they could be worked out.',
    'memory',
  ),
  stop('welsh', 'In Welsh', 'Every page; the footer says that a speaker has still to review it.', 'memory'),
  stop('dark', 'Dark', 'For a dim room.', 'memory'),
  stop('contrast', 'High contrast', 'White and yellow on black.', 'memory'),
  stop('quiet', 'Quiet mode', 'Dimmed, and nothing moves or flashes.', 'memory'),
  stop('zoom', 'At 200 %', 'Nothing is cut off, and nothing scrolls sideways.', 'memory'),
];

/** The name of a stop's file. @throws Error for a name that the tour does not have */
export function fileOfStop(name: string): string {
  const place = TOUR.findIndex((known) => known.name === name);
  if (place === -1) throw new Error(`the tour has no stop called ${name}`);
  return `${String(place + 1).padStart(2, '0')}-${name}.png`;
}

/** The page that explains the pictures, in Markdown. */
export function tourPage(): string {
  const lines = TOUR.flatMap(({ from, name, says, title }) => [
    `## ${title}`,
    '',
    `${says}${from === 'memory' ? ' *' : ''}`,
    '',
    `![${title}](${fileOfStop(name)})`,
    '',
  ]);
  return [
    '# A tour of the station',
    '',
    'Made by `npm run demo -- --tour` with a simulated scanner and synthetic prints: nobody in these pictures exists. A star',
    'marks a state that passes too quickly to be photographed; it is shown over a station in memory.',
    '',
    ...lines,
  ].join('\n');
}

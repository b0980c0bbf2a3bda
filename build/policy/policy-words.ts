/** What an administrator of computers reads about one setting: its name, and what it does, with its unit. */
export interface PolicyWords {
  readonly name: string;
  readonly help: string;
}

/** Words for every setting of the machine policy, by its path. A test asks for one for each. */
export const POLICY_WORDS: Readonly<Record<string, PolicyWords>> = {
  'settings.stationName': { name: 'Name of the station', help: 'Shown on every page and in the log.' },
  'settings.forceName': { name: 'Name of the force', help: 'Shown on the slip and in publications.' },
  'settings.stationCode': {
    name: 'Code of the station',
    help: 'Goes upstream with the monthly counts, in the place of the name.',
  },
  'settings.forceCode': { name: 'Code of the force', help: 'Goes upstream with the monthly counts.' },
  'settings.ethnicityPolicy': {
    name: 'Policy under which ethnicity is recorded',
    help: 'The reference of the policy document (DPA 2018 s35). Without one ethnicity is not asked for.',
  },
  'settings.minimumQuality': {
    name: 'Lowest quality of a capture',
    help: 'From 0 to 100. A capture below it needs a recorded reason.',
  },
  'settings.maximumAttempts': {
    name: 'Attempts for one finger',
    help: 'After so many captures of a finger the officer goes on with the best, or without it.',
  },
  'settings.matchTargetFpir': {
    name: 'False positives accepted for a match',
    help: 'The share of searches of people in no record that may end as a match, for instance 1e-5: one in 100,000.',
  },
  'settings.possibleTargetFpir': {
    name: 'False positives accepted for a possible match',
    help: 'The same for a possible match, for instance 5e-4. Not below that of a match.',
  },
  'settings.searchDeadlineMs': {
    name: 'Longest search of one database',
    help: 'Milliseconds. A database that takes longer is shown as timed out, never as no match.',
  },
  'settings.checkTimeToLiveMinutes': {
    name: 'Longest that a check stays open',
    help: 'Minutes. The prints are destroyed then, whatever the databases do.',
  },
  'settings.idleLockMinutes': {
    name: 'Lock after inactivity',
    help: 'Minutes without a touch. Locking ends an open check and destroys its prints.',
  },
  'settings.personalTextRetentionDays': {
    name: 'Keep what was written about a person',
    help: 'Days after the end of a check; the text is removed then. Counts and the log hold none of it.',
  },
  'upstream.isSwitchedOn': {
    name: 'Send monthly counts',
    help: 'When on, closed months are sent to the address of the collector; anonymised counts and nothing else.',
  },
  'upstream.address': { name: 'Address of the collector', help: 'An address that begins with https://.' },
  'upstreamConnection.proxyAddress': { name: 'Proxy to the collector', help: 'The address of an HTTP proxy.' },
  'upstreamConnection.certificateFile': {
    name: 'Client certificate',
    help: "Path of a PEM file with the station's certificate for mutual TLS.",
  },
  'upstreamConnection.keyFile': {
    name: 'Key of the client certificate',
    help: 'Path of a PEM file. Readable by the account of the station alone.',
  },
  'upstreamConnection.authorityFile': {
    name: 'Certificate authority',
    help: "Path of a PEM file with the authority that signed the collector's certificate.",
  },
  isEarlierClockAccepted: {
    name: 'Accept a clock behind the log, once',
    help: "For the one start after the computer's clock had run ahead. A station refuses a clock that is behind its own log.",
  },
  scanner: { name: 'Scanner', help: 'The path of the scanner that is used, as the page of scanners lists it.' },
};

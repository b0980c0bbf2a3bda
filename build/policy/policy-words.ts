import en from '../../renderer/locales/en.json' with { type: 'json' };
import { z } from 'zod';

/** What an administrator of computers reads about one setting: its name, what it does, and its unit. */
export interface PolicyWords {
  readonly name: string;
  readonly help: string;
  /** Empty where the setting is no measure. */
  readonly unit: string;
}

/** The words of the settings page: a setting that is on it needs none of its own here. */
const pageWords = z.record(z.string(), z.object({ label: z.string(), hint: z.string(), unit: z.string() }));
const PAGE_WORDS = pageWords.parse(en.settings.fields);

/** Words for what the settings page does not show, by its path; for a setting of the page, in the place of its words. */
export const POLICY_WORDS: Readonly<Record<string, Omit<PolicyWords, 'unit'> & { readonly unit?: string }>> = {
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
  'databases.police.provider': {
    name: 'Where police records are searched',
    help: 'gallery: an extract on this computer. gateway: another system, over the network, with mutual TLS.',
  },
  'databases.police.gatewayAddress': {
    name: 'Address of the gateway to police records',
    help: 'An address that begins with https://.',
  },
  'databases.police.certificateFile': {
    name: 'Client certificate for police records',
    help: "Path of a PEM file with the station's certificate for that gateway.",
  },
  'databases.police.keyFile': {
    name: 'Key of the client certificate for police records',
    help: 'Path of a PEM file. Readable by the account of the station alone.',
  },
  'databases.police.authorityFile': {
    name: 'Certificate authority for police records',
    help: "Path of a PEM file with the authority that signed the gateway's certificate. No other is trusted.",
  },
  'databases.immigration.provider': {
    name: 'Where immigration records are searched',
    help: 'gallery: an extract on this computer. gateway: another system, over the network, with mutual TLS.',
  },
  'databases.immigration.gatewayAddress': {
    name: 'Address of the gateway to immigration records',
    help: 'An address that begins with https://.',
  },
  'databases.immigration.certificateFile': {
    name: 'Client certificate for immigration records',
    help: "Path of a PEM file with the station's certificate for that gateway.",
  },
  'databases.immigration.keyFile': {
    name: 'Key of the client certificate for immigration records',
    help: 'Path of a PEM file. Readable by the account of the station alone.',
  },
  'databases.immigration.authorityFile': {
    name: 'Certificate authority for immigration records',
    help: "Path of a PEM file with the authority that signed the gateway's certificate. No other is trusted.",
  },
  'databases.certificateWarningDays': {
    name: 'Warn of the end of a certificate',
    help: 'How long before its end the station warns.',
    unit: 'days',
  },
  isEarlierClockAccepted: {
    name: 'Accept a clock behind the log, once',
    help: "For the one start after the computer's clock had run ahead. A station refuses a clock that is behind its own log.",
  },
  areUnnumberedReadersAllowed: {
    name: 'Readers without a serial number may capture',
    help: 'Readers behind libfprint tell no serial number and cannot be enrolled one by one. When on, any of them may capture for checks.',
  },
  'galleries.policeKeys': {
    name: 'Keys that may sign galleries of police records',
    help: 'Up to four Ed25519 public keys of 64 hexadecimal digits each, parted by single spaces. Without one no gallery is taken.',
  },
  'galleries.immigrationKeys': {
    name: 'Keys that may sign galleries of immigration records',
    help: 'The same for immigration records.',
  },
  'galleries.warningDays': {
    name: 'Warn of an old gallery',
    help: 'How old the extract may be before the station warns, from 1 to 365.',
    unit: 'days',
  },
  scanner: { name: 'Scanner', help: 'The path of the scanner that is used, as the page of scanners lists it.' },
  isKeyFileAccepted: {
    name: 'Accept a key file where there is no key store',
    help: 'For Linux computers without a key ring: secrets are sealed with a file that the account of the station alone can read. Without this such a computer is refused.',
  },
  'updates.address': {
    name: "Address of the force's own updates",
    help: 'An address that begins with https://. Without this setting the station asks nobody for updates.',
  },
  'updates.publisherName': {
    name: 'Who signs the updates',
    help: "The name in the certificate that signs the force's packages. An installer that somebody else signed is not started.",
  },
};

/** The words of a setting by its path; null when nobody wrote any. */
export function wordsOf(path: readonly string[]): PolicyWords | null {
  const own = POLICY_WORDS[path.join('.')];
  if (own !== undefined) return { unit: '', ...own };
  const shown = path[0] === 'settings' ? PAGE_WORDS[path[1] ?? ''] : undefined;
  return shown === undefined ? null : { name: shown.label, help: shown.hint, unit: shown.unit };
}

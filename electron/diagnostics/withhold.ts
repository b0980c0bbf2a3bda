import { stationSettings } from '../contract/administration.ts';
import { machinePolicy } from '../config/load-config.ts';

/** What stands in the place of everything that is not known to be a code. */
export const WITHHELD = '(withheld)';

/** The parts of the station that codes begin with. A code of a part that is not named here is withheld. */
const AREAS =
  /^(access|audit|backup|capture|certificate|check|config|connection|counts|custody|disk|erasure|feed|galleries|gallery|gateway|health|host|image|interchange|matcher|pack|platform|push|retention|scanner|sealing|search|self-test|session|settings|station|storage|sync|test-capture|idle-lock|update|user|version|words)$/;
const CODE = /^([a-z]+(?:-[a-z]+)*)((?:\.[a-z][a-z0-9-]*)*)$/;
/** Reasons that faults give beside their codes; none of them is put together from what somebody typed. */
const REASONS =
  /^(data|logs|none|unknown|missing|length|file-exists|not-json|not-pem|below-match|unreadable|wrong|unrecognized_keys|too_small|too_big|invalid_(type|format|value|union|key|element)|not_multiple_of|not-made-yet|in-use-by-a-station|no-(policy|gallery|certificate|profile|permission)|in-use|driver-missing|gallery-(missing|damaged|expired))$/;
/** A moment, a version, an error number of the system or of SQLite, the name of a class of faults. */
const PLAIN = [
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{3})?Z$/,
  /^\d{1,4}\.\d{1,4}\.\d{1,4}$/,
  /^E[A-Z0-9]{2,20}$/,
  /^(SQLITE|ERR)_[A-Z_]{2,60}$/,
  /^[A-Z][A-Za-z]{0,40}(Fault|Error)$/,
];
/** Names of settings: a fault of the policy says which one is wrong. */
const SETTINGS = new Set([
  ...Object.keys(machinePolicy.shape),
  ...Object.keys(stationSettings.shape),
  'isSwitchedOn',
  'address',
  'proxyAddress',
  'certificateFile',
  'keyFile',
  'authorityFile',
  'publisherName',
]);
/** Figures whose name says that they are of a person or of one check. */
const PERSONAL_NAME = /reference|custody|pnc|person|detainee|officer|actor|user|account|serial|path$|name|text|note/i;

/** True for a text that the station's own code wrote, and nobody typed. */
function isOurs(text: string): boolean {
  if (text.length > 100) return false;
  const [, area = '', rest = ''] = CODE.exec(text) ?? [];
  if (AREAS.test(area) && (rest !== '' || area !== 'user')) return true;
  if (text.includes('.') || SETTINGS.has(text)) {
    if (text.split('.').every((name) => SETTINGS.has(name))) return true;
  }
  return REASONS.test(text) || PLAIN.some((rule) => rule.test(text));
}

/** A code as it is, anything else as `(withheld)`. */
export function codeOrWithheld(text: string): string {
  return isOurs(text) ? text : WITHHELD;
}

/**
 * Figures of a log line or of a test: numbers and codes stay; every other text, and every figure that is named after a
 * person or a check, is withheld. It lets through what it knows, so that what nobody thought of stays inside.
 */
export function withholdFigures(figures: Readonly<Record<string, unknown>>): Record<string, number | string> {
  const kept: Record<string, number | string> = {};
  for (const [name, value] of Object.entries(figures)) {
    if (!/^[a-z][A-Za-z0-9]{0,40}$/.test(name)) continue;
    const isSetting = name === 'path' && typeof value === 'string' && isOurs(value);
    if (PERSONAL_NAME.test(name) && !isSetting) kept[name] = WITHHELD;
    else if (typeof value === 'number') kept[name] = value;
    else kept[name] = typeof value === 'string' ? codeOrWithheld(value) : WITHHELD;
  }
  return kept;
}

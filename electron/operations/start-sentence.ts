import { ImageFault } from '../../native-bridge/image/image-fault.ts';
import { ScannerFault } from '../../native-bridge/scanner/scanner-fault.ts';
import { StationError } from '../domain/station-error.ts';

/** What the person who started the station should do, by the code of what went wrong. */
const SENTENCES: Readonly<Record<string, string>> = {
  'storage.not-a-database':
    'The file ridgeway.sqlite in the data folder is not a Ridgeway database. Move it away, or name another folder.',
  'storage.corrupted':
    'The database is damaged. Nothing was changed in it: keep the file, and restore a backup in its place.',
  'storage.in-use': 'Another Ridgeway station is running on this data folder. Close it, or name another folder.',
  'storage.newer-schema':
    'The database was written by a newer Ridgeway. Install that version again; this one will not touch the file.',
  'storage.read-only': 'The data folder cannot be written to. Give this account the right to, or name another folder.',
  'audit.log-broken':
    'The audit log was altered. Nothing was changed: keep the file for whoever looks into it, and restore a backup.',
  'station.clock-set-back':
    "The computer's clock stands before the last event of the audit log. Set it right; nothing was changed in the data.",
  'storage.disk-full': 'The disk is full. Free some space and start again; nothing was lost.',
  'config.policy-invalid':
    'The machine policy cannot be used. The station does not guess what was meant: correct the field that is named here.',
  'config.policy-unreadable':
    'The machine policy cannot be read. The station does not start as if there were none: mend the file or the registry key.',
  'config.file-invalid':
    'The file settings.json of the data folder cannot be used. Correct the field that is named here, or take the file away.',
  'config.settings-invalid': 'The stored settings cannot be used. Restore a backup, or ask your supplier.',
  'sealing.no-key-store':
    'This account has no key store to seal with. Give it one (on Linux a key ring), or let the machine policy accept a key file.',
  'sealing.key-file-unreadable':
    'The file seal.key of the data folder is missing, damaged or not readable. Restore it with the database.',
  'sealing.not-of-this-computer':
    'The keys of this station were sealed by another account or computer. Start it with that account, or restore its backup there.',
  'image.folder-empty': 'The feed folder holds no fingerprint image. Put PNG, TIFF, BMP or PGM files in it.',
  'image.resolution-missing': 'The images of the feed do not say their resolution. Add --ppi, for instance --ppi 500.',
  'image.unreadable': 'The feed cannot be read. See whether the folder exists and may be opened.',
  'image.truncated': 'The first image of the feed is cut short. Copy it again.',
  'image.not-an-image': 'The first file of the feed is not a PNG, TIFF, BMP or PGM image. Take it out of the folder.',
  'image.too-large': 'The first image of the feed is too large for a fingerprint. Take it out of the folder.',
  'scanner.fault-invalid': 'The --fault is not known. npm start -- --help lists those that are.',
};

/** One sentence for the person who starts the station, with the code and figures for whoever helps them. */
export function startSentence(fault: unknown): string {
  const message = fault instanceof Error ? fault.message : String(fault);
  const isOurs = fault instanceof StationError || fault instanceof ScannerFault || fault instanceof ImageFault;
  const sentence = isOurs ? SENTENCES[fault.code] : undefined;
  return sentence === undefined ? `The station could not start. (${message})` : `${sentence} (${message})`;
}

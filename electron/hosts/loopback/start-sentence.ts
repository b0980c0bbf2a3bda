import { ImageFault } from '../../../native-bridge/image/image-fault.ts';
import { ScannerFault } from '../../../native-bridge/scanner/scanner-fault.ts';
import { StationError } from '../../domain/station-error.ts';
import { UsageFault } from './options.ts';

/** What the person who typed `npm start` should do, by the code of what went wrong. */
const SENTENCES: Readonly<Record<string, string>> = {
  'storage.not-a-database':
    'The file ridgeway.sqlite in the data folder is not a Ridgeway database. Move it away, or name another folder with --data.',
  'storage.corrupted':
    'The database is damaged. Nothing was changed in it: keep the file, and restore a backup in its place.',
  'storage.in-use':
    'Another Ridgeway station is running on this data folder. Close it, or name another folder with --data.',
  'storage.newer-schema':
    'The database was written by a newer Ridgeway. Install that version again; this one will not touch the file.',
  'storage.read-only':
    'The data folder cannot be written to. Give this user the right to, or name another with --data.',
  'audit.log-broken':
    'The audit log was altered. Nothing was changed: keep the file for whoever looks into it, and restore a backup.',
  'station.clock-set-back':
    "The computer's clock stands before the last event of the audit log. Set it right; nothing was changed in the data.",
  'storage.disk-full': 'The disk is full. Free some space and start again; nothing was lost.',
  'image.folder-empty': 'The feed folder holds no fingerprint image. Put PNG, TIFF, BMP or PGM files in it.',
  'image.resolution-missing': 'The images of the feed do not say their resolution. Add --ppi, for instance --ppi 500.',
  'image.unreadable': 'The feed cannot be read. See whether the folder exists and may be opened.',
  'image.truncated': 'The first image of the feed is cut short. Copy it again.',
  'image.not-an-image': 'The first file of the feed is not a PNG, TIFF, BMP or PGM image. Take it out of the folder.',
  'image.too-large': 'The first image of the feed is too large for a fingerprint. Take it out of the folder.',
  'scanner.fault-invalid':
    'The --fault is not known. Known ones: drop=6%, corrupt=2%, unplug-at=report:300, stall, dirty, latent.',
};

/** One sentence for the person who starts the station, and the code for whoever helps them. */
export function startSentence(error: unknown): string {
  if (error instanceof UsageFault) return error.message;
  if (error instanceof StationError || error instanceof ScannerFault || error instanceof ImageFault) {
    const sentence = SENTENCES[error.code] ?? 'The station could not start.';
    return `${sentence} (${error.message})`;
  }
  return `The station could not start. ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

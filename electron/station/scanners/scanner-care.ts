import { udevRuleFor } from '../../../native-bridge/scanner/udev-rule.ts';
import type { ScannerDevice, ScannerRow, ScannersView } from '../../contract/scanners.ts';
import type { SettingsDesk } from '../desks/settings-desk.ts';
import { Refusal } from '../refusal.ts';
import type { ProfileDesk } from './profile-desk.ts';
import type { ScannerDesk, SeenScanner } from './scanner-desk.ts';
import type { ScannerRegister } from './scanner-register.ts';

/** Where device nodes lie on systems whose permissions udev gives. */
const HIDRAW_NODES = '/dev/hidraw';

export interface ScannerCareOptions {
  readonly scanners: ScannerDesk;
  readonly register: ScannerRegister;
  readonly profiles: ProfileDesk;
  readonly settings: SettingsDesk;
  /** Permissions of devices are given by udev's rules on this system. */
  readonly hasUdev: boolean;
  /** A scanner was enrolled, withdrawn or named: what is shown of it changes. */
  readonly onChange: () => void;
}

/** What an administrator does about the scanners of a station. */
export interface ScannerCare {
  view(): Promise<ScannersView>;
  /** @throws Refusal `scanner.not-found`, `scanner.not-chosen`, `settings.fixed-by-policy` */
  choose(actor: string, path: string): Promise<void>;
  /** @throws Refusal `scanner.not-found`, `scanner.no-serial-number` */
  name(actor: string, path: string, givenName: string | null): Promise<void>;
  /** Opens the device: the serial number that counts is the one that it gives itself. @throws Refusal with the scanner's code */
  enrol(actor: string, path: string, signal: AbortSignal): Promise<void>;
  /** @throws Refusal `scanner.not-enrolled` */
  withdraw(actor: string, device: ScannerDevice): Promise<void>;
}

/** Makes the administrator's hand on the scanners. */
export function createScannerCare(options: ScannerCareOptions): ScannerCare {
  const { onChange, profiles, register, scanners, settings } = options;

  async function find(path: string): Promise<SeenScanner> {
    const row = (await scanners.rows()).find((seen) => seen.path === path);
    if (row === undefined) throw new Refusal('scanner.not-found');
    return row;
  }

  function rowOf(seen: SeenScanner): ScannerRow {
    const { firmwareVersion, isChosen, isSimulated, path, productId, productName, profileId, vendorId } = seen;
    const { serialNumber } = seen;
    const isExempt = register.isExempt(seen);
    return {
      path,
      vendorId,
      productId,
      productName,
      serialNumber,
      firmwareVersion,
      isSimulated,
      profileId,
      profileName: profiles.all().find((profile) => profile.profileId === profileId)?.name ?? null,
      refusal: refusalOf(seen),
      udevRule:
        options.hasUdev && seen.refusal === 'no-permission' && path.startsWith(HIDRAW_NODES) ? udevRuleFor(seen) : null,
      isEnrolled: register.isEnrolled(seen),
      needsEnrolment: profileId !== null && !isExempt,
      canBeOpened: seen.refusal === null,
      givenName: register.recordOf(seen)?.givenName ?? null,
      isChosen,
    };
  }

  return {
    async view() {
      const rows = (await scanners.rows()).map(rowOf);
      const absent = register.enrolled().filter((known) => !rows.some((row) => isSame(row, known)));
      return {
        scanners: rows,
        absent: absent.map(({ productId, serialNumber, vendorId }) => ({
          vendorId,
          productId,
          serialNumber,
          givenName: register.recordOf({ vendorId, productId, serialNumber })?.givenName ?? null,
        })),
        isChoiceFixed: settings.isScannerFixed,
        udevRules: options.hasUdev ? [...new Set(profiles.all().map(udevRuleFor))] : [],
      };
    },
    async choose(actor, path) {
      const row = await find(path);
      if (row.refusal !== null) throw new Refusal('scanner.not-chosen');
      await settings.chooseScanner(actor, row);
    },
    async name(actor, path, givenName) {
      await register.name(actor, await find(path), givenName);
      onChange();
    },
    async enrol(actor, path, signal) {
      await find(path);
      await using scanner = await scanners.openForTest(path, signal);
      await register.enrol(actor, scanner.identity);
      onChange();
    },
    async withdraw(actor, device) {
      await register.withdraw(actor, device);
      onChange();
    },
  };
}

function refusalOf({ isEnrolled, refusal, serialNumber }: SeenScanner): ScannerRow['refusal'] {
  if (refusal !== null) return refusal;
  if (isEnrolled !== false) return null;
  return serialNumber === '' ? 'no-serial-number' : 'not-enrolled';
}

function isSame(one: ScannerDevice, other: ScannerDevice): boolean {
  return (
    one.vendorId === other.vendorId && one.productId === other.productId && one.serialNumber === other.serialNumber
  );
}

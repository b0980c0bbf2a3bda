import type { Configuration } from 'electron-builder';
import { WANTED_FUSES } from './fuses.ts';
import { signWithCommand } from './sign.ts';
import { addDataFolder } from './windows/msi-project.ts';

/**
 * Identify product and training station to Windows Installer through every version. Never change them: an upgrade would
 * install beside. With one code for both, the one would remove the other.
 */
const MSI_UPGRADE_CODE = '6C0F53B5-6C7E-4B0B-9C5D-3B8E1F2A7D41';
const TRAINING_UPGRADE_CODE = 'D1E3B5A2-0F4C-4E77-9B1A-52C8A6F0E913';
/** What lies beside the archive, to be read without the program: parts, licences, and the templates of its policy. */
const READ_BY_PEOPLE = ['sbom.cdx.json', 'THIRD-PARTY-LICENCES.txt'];

const MAINTAINER = 'Ridgeway <packages@ridgeway.invalid>';

export interface PackageOptions {
  /** The application folder that `bundleApplication` made, relative to the project. */
  readonly applicationFolder: string;
  readonly outputFolder: string;
  readonly isTraining: boolean;
  readonly electronVersion: string;
  /** A folder with an unpacked runtime; absent, electron-builder takes the one of the `electron` package. */
  readonly electronDist?: string;
}

/**
 * Settings of electron-builder for every system. Nothing is published, and no address of updates is packed: whether there
 * are any is the machine policy's to say.
 */
export function packageSettings(options: PackageOptions): Configuration {
  const productName = options.isTraining ? 'Ridgeway Training' : 'Ridgeway';
  const executableName = options.isTraining ? 'ridgeway-training' : 'ridgeway';
  return {
    appId: options.isTraining ? 'uk.ridgeway.training' : 'uk.ridgeway.station',
    productName,
    copyright: 'Ridgeway',
    directories: { app: options.applicationFolder, output: options.outputFolder, buildResources: 'build/packaging' },
    electronVersion: options.electronVersion,
    ...(options.electronDist !== undefined && { electronDist: options.electronDist }),
    electronLanguages: ['en-GB'],
    electronFuses: { ...WANTED_FUSES, resetAdHocDarwinSignature: false },
    // A deb names a home page and a maintainer; the project publishes neither, so both are of the reserved domain.
    extraMetadata: {
      homepage: 'https://ridgeway.invalid/',
      author: MAINTAINER,
      desktopName: `${executableName}.desktop`,
    },
    files: ['**/*', ...READ_BY_PEOPLE.map((name) => `!${name}`)],
    extraResources: [
      { from: options.applicationFolder, to: '.', filter: READ_BY_PEOPLE },
      { from: '.out/policy', to: 'policy' },
    ],
    asar: true,
    asarUnpack: ['**/*.node'],
    npmRebuild: false,
    publish: null,
    icon: '.out/packaging/icons',
    win: {
      icon: '.out/packaging/ridgeway.ico',
      executableName,
      target: [
        { target: 'msi', arch: ['x64', 'arm64'] },
        { target: 'nsis', arch: ['x64', 'arm64'] },
      ],
      ...(process.env['RIDGEWAY_SIGN_COMMAND'] !== undefined && { signtoolOptions: { sign: signWithCommand } }),
    },
    msi: {
      oneClick: false,
      perMachine: true,
      runAfterFinish: false,
      createDesktopShortcut: false,
      upgradeCode: options.isTraining ? TRAINING_UPGRADE_CODE : MSI_UPGRADE_CODE,
    },
    msiProjectCreated: addDataFolder,
    nsis: {
      oneClick: false,
      perMachine: true,
      runAfterFinish: false,
      createDesktopShortcut: false,
      allowToChangeInstallationDirectory: false,
      // Data is evidence: uninstalling keeps it unless `/DELETEDATA` says otherwise. Source: docs/operations.md.
      deleteAppDataOnUninstall: false,
      include: 'build/packaging/windows/installer.nsh',
      differentialPackage: false,
    },
    linux: {
      executableName,
      syncDesktopName: true,
      category: 'Utility',
      maintainer: MAINTAINER,
      vendor: 'Ridgeway',
      synopsis: 'Lawful identity checks whose prints provably vanish',
      target: ['deb', 'rpm', 'AppImage'],
    },
    deb: {
      depends: ['libusb-1.0-0', 'libudev1', 'libgtk-3-0', 'libnss3', 'libsecret-1-0', 'xdg-utils'],
      packageCategory: 'misc',
      priority: 'optional',
      compression: 'xz',
      fpm: ['.out/packaging/70-ridgeway.rules=/usr/lib/udev/rules.d/70-ridgeway.rules'],
      afterInstall: 'build/packaging/linux/after-install.sh',
      afterRemove: 'build/packaging/linux/after-remove.sh',
    },
    rpm: {
      depends: ['libusb1', 'systemd-libs', 'gtk3', 'nss', 'libsecret'],
      fpm: ['.out/packaging/70-ridgeway.rules=/usr/lib/udev/rules.d/70-ridgeway.rules'],
      afterInstall: 'build/packaging/linux/after-install.sh',
      afterRemove: 'build/packaging/linux/after-remove.sh',
    },
  };
}

import { FAULT_FORMS } from '../../../native-bridge/scanner/simulated-fault.ts';

/** Column at which the explanations of the command line begin, characters. */
const COLUMN = 44;

const FAULTS = FAULT_FORMS.map(({ effect, form }) => `      ${form.padEnd(COLUMN - 6)}${effect}`).join('\n');

/** What `npm start -- --help` prints. */
export const USAGE = `npm start -- [options]

  --data DIR       the folder of the station (default: .ridgeway in the home folder)
  --feed DIR       fingerprint images for the simulated scanner: PNG, TIFF, BMP or PGM, in turn
  --ppi N          the resolution of images that do not say theirs, 100 to 2000
  --people N       people in each synthetic gallery, when they are made, 2 to 100000
  --port N         the port on 127.0.0.1 (default: any free one)
  --policy FILE    in the place of this computer's machine policy
  --loopback       not in Electron, even where it is present
  --fault FAULT    a fault of the simulated scanner, on purpose; may be given several times, and every page says so:
${FAULTS}
      Reports are counted from the first that the scanner sends.
  --help           this text
`;

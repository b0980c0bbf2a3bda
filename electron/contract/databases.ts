import { oc } from '@orpc/contract';
import { z } from 'zod';
import { databaseName } from './checks.ts';
import { REFUSED } from './errors.ts';
import { machineCode, MAXIMUM_CODE_CHARACTERS } from './limits.ts';
import { databaseStatus } from './station.ts';

/** Path of a PEM file on this computer. What is in the file never leaves the station's own process. */
const pemFile = z.string().trim().min(1).max(MAXIMUM_CODE_CHARACTERS).nullable();

/** How one database is reached. The gateway's fields are kept while its gallery is searched, and the other way round. */
export const databaseSettings = z.strictObject({
  /** A gallery on this station, or a gateway that is asked over the network. */
  provider: z.enum(['gallery', 'gateway']),
  /** Mutual TLS always: an address without it cannot be written down. */
  gatewayAddress: z
    .url({ protocol: /^https$/ })
    .max(MAXIMUM_CODE_CHARACTERS)
    .nullable(),
  /** The station's own certificate. */
  certificateFile: pemFile,
  /** The key of that certificate. */
  keyFile: pemFile,
  /** The authority that signed the gateway's certificate; no other is trusted. */
  authorityFile: pemFile,
});
export type DatabaseSettings = z.infer<typeof databaseSettings>;

export const databasesSettings = z.strictObject({
  police: databaseSettings,
  immigration: databaseSettings,
  /** From how many days before the end of a certificate the station warns of it. */
  certificateWarningDays: z.number().int().min(1).max(365),
});
export type DatabasesSettings = z.infer<typeof databasesSettings>;

export const databasesView = z.strictObject({
  settings: databasesSettings,
  /** Names of settings that the machine policy has fixed, such as `police.provider`: shown, greyed. */
  fixedByPolicy: z.array(machineCode).max(20),
  police: databaseStatus,
  immigration: databaseStatus,
});
export type DatabasesView = z.infer<typeof databasesView>;

const procedure = oc.errors(REFUSED);

/** Where the two databases are, for the administrator. No procedure searches one, and none gives a key out. */
export const databasesContract = {
  view: procedure.input(z.strictObject({})).output(databasesView),
  /** Keeps the settings and connects anew, once nothing is being searched. What cannot be connected is refused first. */
  change: procedure.input(databasesSettings).output(databasesView),
  /** Asks a gateway whether it is there. Nothing of a person is sent; a gallery says how it is without being asked. */
  test: procedure.input(z.strictObject({ database: databaseName })).output(databasesView),
};

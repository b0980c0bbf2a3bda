import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { DatabasesPolicy } from '../../electron/config/database-settings.ts';
import { GatewayProcess } from '../gateway/gateway-process.ts';
import type { CountedTransactions } from '../gateway/gateway-lines.ts';
import { demoGalleries } from './demo-galleries.ts';
import type { DemoPerson } from './demo-people.ts';

/** The reference gateway as the demo uses it: the people's galleries are there, and nobody is on the station. */
export interface DemoGateway extends AsyncDisposable {
  /** What a force would write into the machine policy for this gateway. */
  readonly machinePolicy: { readonly databases: DatabasesPolicy };
  /** What the gateway has counted of each transaction number. */
  counted(): Promise<CountedTransactions>;
}

/** Builds the galleries, starts the gateway with them, and says how the station is to reach it. */
export async function startDemoGateway(people: readonly DemoPerson[], folder: string): Promise<DemoGateway> {
  await mkdir(folder, { recursive: true });
  const paths = { police: path.join(folder, 'police.gallery'), immigration: path.join(folder, 'immigration.gallery') };
  await demoGalleries(people).build(paths, () => {}, new AbortController().signal);
  const words = ['--police', paths.police, '--immigration', paths.immigration, '--certificates', folder];
  const gateway = await GatewayProcess.start(words);
  const { addresses, authorityFile, stations } = gateway.ready;
  const database = { provider: 'gateway', gatewayAddress: addresses.good, authorityFile, ...stations.good } as const;
  const machinePolicy = { databases: { police: database, immigration: database } };
  // As a packager would deliver it, for whoever wants to start the station against this gateway by hand.
  await writeFile(path.join(folder, 'policy.json'), JSON.stringify(machinePolicy, null, 2));
  return {
    machinePolicy,
    counted: () => gateway.counted(),
    [Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose](),
  };
}

import { parseArgs } from 'node:util';
import { collectorPlace, openCollectorDatabase } from './collector-database.ts';
import { createCollectorServer, listen } from './collector-server.ts';

/** `npm run collector -- [--database FILE|postgresql://…] [--port N]`, with the token in RIDGEWAY_COLLECTOR_TOKEN. */
const { values } = parseArgs({
  options: { database: { type: 'string', default: 'collector.db' }, port: { type: 'string', default: '7443' } },
});
const token = process.env['RIDGEWAY_COLLECTOR_TOKEN'] ?? '';
if (token.length < 16) {
  console.error('Set RIDGEWAY_COLLECTOR_TOKEN to the administrator’s token, at least 16 characters long.');
  process.exit(2);
}
const connection = await openCollectorDatabase(collectorPlace(values.database));
const server = createCollectorServer(connection, token);
console.log(JSON.stringify({ address: await listen(server, Number(values.port)) }));
const stop = (): void => {
  server.close(() => void connection.destroy());
  server.closeAllConnections();
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);

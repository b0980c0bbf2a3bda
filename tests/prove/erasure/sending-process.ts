/** Sends bytes that can be known again to a gateway, clears its own, and waits to be looked at: once as the station sends, or as the library does. */
import { Agent, request } from 'undici';
import { createGatewayConnection } from '../../../electron/search/gateway/gateway-connection.ts';
import { fillWithMarks, sendingOrder } from './sending-order.ts';

const order = sendingOrder.parse(JSON.parse(process.argv[2] ?? ''));
await using connection = createGatewayConnection(order);
const tls = { ca: order.authorityPem, cert: order.certificatePem, key: order.keyPem };
const plain = new Agent({ connect: tls });
const dispatcher = order.how === 'as the station' ? connection.agent : plain;
const body = new Uint8Array(new SharedArrayBuffer(order.sizeBytes));
fillWithMarks(body, order.seed);
for (let time = 0; time < order.times; time += 1) {
  const response = await request(new URL('upload', order.address), { method: 'PUT', body, dispatcher });
  await response.body.dump();
}
body.fill(0);
process.send?.('sent');
await new Promise((resolve) => process.once('message', resolve));
await plain.destroy();
process.disconnect();

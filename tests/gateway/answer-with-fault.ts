import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { PlannedFault } from './faults.ts';

type Body = Readonly<Record<string, unknown>>;

/** Sends an answer as the profile has it. */
export function answer(response: ServerResponse, status: number, body: Body): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

/** Refuses in words that only a log would show. */
export function refuse(
  response: ServerResponse,
  status: number,
  problem: string,
  headers: Record<string, string> = {},
): void {
  const text = JSON.stringify({ problem });
  response.writeHead(status, {
    ...headers,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

function withResult(body: Body, result: Body): Body {
  return { ...body, state: 'ended', result };
}

const SEARCHED = { origin: 'somebody else', galleryDate: null, people: 1 };

/** Answers wrongly, in the way that was planned. */
export async function answerWithFault(
  response: ServerResponse,
  status: number,
  body: Body,
  { delayMs, fault }: PlannedFault,
): Promise<void> {
  const text = JSON.stringify(body);
  switch (fault) {
    case 'slow':
      await pause(delayMs, undefined, { ref: false });
      return answer(response, status, body);
    case 'drop':
      response.socket?.destroy();
      return;
    case 'truncate':
      response.writeHead(status, {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(text) + 100,
      });
      response.write(text);
      await pause(20);
      response.socket?.destroy();
      return;
    case 'garbage':
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(Uint8Array.from({ length: 200 }, (_, at) => (at * 89 + 200) % 256));
      return;
    case 'not-http':
      response.socket?.end('SSH-2.0-none of your business\r\n\r\n');
      return;
    case 'unknown-field':
      return answer(response, status, { ...body, surname: 'a field of another profile' });
    case 'over-long':
      return answer(response, status, { ...body, padding: 'x'.repeat(1_000_000) });
    case 'wrong-transaction':
      return answer(response, 200, {
        ...withResult(body, { kind: 'no-match', searched: SEARCHED }),
        transaction: '00000000-0000-4000-8000-000000000000-P',
      });
    case 'contradiction':
      return answer(response, 200, {
        ...withResult(body, {
          kind: 'match',
          candidates: [{ reference: 'X', likelihood: 'possible' }],
          searched: SEARCHED,
        }),
        searchedShare: undefined,
      });
    case 'duplicate': {
      const whole = `HTTP/1.1 ${status} OK\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
      response.socket?.write(whole + whole);
      return;
    }
    case 'error-500':
      return refuse(response, 500, 'broken');
    case 'error-503':
      return refuse(response, 503, 'down', { 'retry-after': '0' });
    case 'refuse-400':
      return refuse(response, 400, 'refused');
    case 'refuse-403':
      return refuse(response, 403, 'forbidden');
    case 'busy':
      return refuse(response, 429, 'busy', { 'retry-after': '0' });
    case 'busy-for-long':
      return refuse(response, 429, 'busy', { 'retry-after': '3600' });
    case 'redirect':
      return refuse(response, 307, 'elsewhere', { location: 'https://127.0.0.1:1/v1/elsewhere' });
    default:
      return answer(response, status, body);
  }
}

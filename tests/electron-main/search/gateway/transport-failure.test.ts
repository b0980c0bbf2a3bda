import { expect, test } from 'vitest';
import { failureOf, isCutShort } from '../../../../electron/search/gateway/transport-failure.ts';

const withCode = (code: string) => Object.assign(new Error('what the library says'), { code });

test.each([
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])('%s means that the gateway is not who it says, and is not tried again', (code) => {
  expect(failureOf(withCode(code))).toMatchObject({ reason: 'gateway-untrusted', isWorthAnotherTry: false });
});

test.each([
  'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
  'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA',
  'ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED',
  'ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE',
])('%s means that the gateway refuses our certificate, and is not tried again', (code) => {
  expect(failureOf(withCode(code))).toMatchObject({ reason: 'gateway-refused', isWorthAnotherTry: false });
});

test.each(['ECONNREFUSED', 'ECONNRESET', 'UND_ERR_SOCKET', 'UND_ERR_HEADERS_TIMEOUT', 'ENOTFOUND', ''])(
  '%s means that the gateway was not reached, and is tried again',
  (code) => {
    expect(failureOf(withCode(code))).toMatchObject({ reason: 'gateway-unreachable', isWorthAnotherTry: true });
  },
);

test('an error after an answer had begun means that the answer was cut short', () => {
  expect(isCutShort(withCode('UND_ERR_SOCKET'), true)).toBe(true);
  expect(isCutShort(withCode('UND_ERR_SOCKET'), false)).toBe(false);
  expect(isCutShort(withCode('UND_ERR_HEADERS_OVERFLOW'), false)).toBe(true);
});

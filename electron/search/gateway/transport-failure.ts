import { failed, type FailedExchange } from './exchange.ts';

/** What OpenSSL and Node call a certificate that does not hold. Source: Node.js, TLS, "X509 certificate error codes". */
const UNTRUSTED =
  /^(CERT_|ERR_TLS_CERT|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|INVALID_CA|PATH_LENGTH_|INVALID_PURPOSE|HOSTNAME_MISMATCH|CRL_)/;
/** What the other side says of ours, as an alert of TLS. Source: RFC 8446, 6.2. */
const OUR_CERTIFICATE_REFUSED =
  /^ERR_SSL_.*ALERT_(CERTIFICATE|BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED)/;
/** The answer had come, but not whole, or not as HTTP. */
const NOT_HTTP = /^(HPE_|UND_ERR_RES_|UND_ERR_HEADERS_OVERFLOW)/;

function codeOf(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}

/** True when an answer had begun and did not end as it said, or was not HTTP. */
export function isCutShort(error: unknown, hadBegun: boolean): boolean {
  const isNotHttp = error instanceof Error && error.name === 'HTTPParserError';
  return hadBegun || isNotHttp || NOT_HTTP.test(codeOf(error));
}

/** What an error of the connection means. A certificate that does not hold is not tried again: asking would not mend it. */
export function failureOf(error: unknown): FailedExchange {
  const code = codeOf(error);
  if (UNTRUSTED.test(code)) return failed('gateway-untrusted', false);
  if (OUR_CERTIFICATE_REFUSED.test(code)) return failed('gateway-refused', false);
  return failed('gateway-unreachable', true);
}

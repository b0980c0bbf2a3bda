/** The version of our profile that this station speaks. Source: docs/gateway.md. */
export const PROFILE = 'ridgeway-gateway/1';

/** Longest body of an answer that is read, bytes. Source: ours; ten candidates need less than 4 kB. */
export const MAXIMUM_ANSWER_BYTES = 64 * 1024;
/** How long a connection may take to be made and to prove itself, milliseconds. Source: ours, a slow police network. */
export const CONNECT_TIMEOUT_MS = 5_000;
/** How long the gateway may take to answer a submission or a question about itself, milliseconds. Source: ours. */
export const ANSWER_TIMEOUT_MS = 10_000;
/** How long the station asks the gateway to hold a question until there is news, seconds. Source: ours; proxies end idle requests after 30. */
export const LONG_WAIT_S = 10;
/** Least time between two questions about one search, milliseconds: a gateway that does not hold them is not flooded. */
export const MINIMUM_POLL_MS = 250;
/** How long a search that was ended waits before it is taken back, milliseconds: the officer may be trying again. */
export const WITHDRAWAL_DELAY_MS = 1_000;
/** How long taking back a search may take that nobody waits for, milliseconds. Source: ours. */
export const WITHDRAWAL_TIMEOUT_MS = 3_000;

/** Failures in a row after which one search gives up. Source: ours; with the waits below about six seconds. */
export const MAXIMUM_ATTEMPTS = 5;
/** First and longest wait before another attempt, milliseconds; it doubles, and a random part of it is waited. */
export const BACKOFF_MS = { first: 400, longest: 5_000 } as const;
/** Longest wait that a gateway may ask for, milliseconds; a longer one ends the search as busy. Source: ours. */
export const MAXIMUM_RETRY_AFTER_MS = 30_000;

/** Searches in a row that fail before the station stops asking for a while. Source: ours. */
export const FAILURES_THAT_OPEN = 5;
/** For how long it then does not ask, milliseconds. Source: ours; an officer who tries again soon finds it trying again. */
export const OPEN_FOR_MS = 15_000;

/** How often a gateway that is not being searched is asked how it is, milliseconds. Source: ours. */
export const HEALTH_INTERVAL_MS = 60_000;

/** Resolutions that may be sent, pixels per inch. Source: ANSI/NIST-ITL 1-2011, class 500 within 1 %. */
export const RESOLUTION_PPI = { least: 495, most: 505 } as const;
/** Room for the text of all records of one transaction, bytes: with our fields less than 1 kB. */
export const RECORD_TEXT_BYTES = 8 * 1024;
/** Smallest side that WSQ takes, pixels; a smaller picture is sent as it is. Source: the codec, IAFIS-IC-0110. */
export const LEAST_WSQ_SIDE_PX = 32;

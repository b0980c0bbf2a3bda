/** The part of pino-roll that the technical log uses; the package has no types of its own. */
declare module 'pino-roll' {
  import type { DestinationStream } from 'pino';
  interface RollOptions {
    readonly file: string;
    readonly extension: string;
    readonly mkdir: boolean;
    readonly size: string;
    readonly limit: { readonly count: number };
  }
  export default function roll(options: RollOptions): Promise<DestinationStream>;
}

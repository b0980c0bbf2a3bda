import { implement, ORPCError, type ImplementerInternalWithMiddlewares } from '@orpc/server';
import { stationContract, type StationContract } from '../../contract/station-contract.ts';
import type { RefusalCode } from '../../contract/errors.ts';
import { permissionRefusal } from '../../domain/access/permissions.ts';
import { StorageFault } from '../../storage/storage-fault.ts';
import type { Session, StationConnection } from '../connection.ts';
import type { TechnicalLog } from '../platform.ts';
import { Refusal } from '../refusal.ts';

/** What every call comes with. */
export interface CallContext {
  readonly connection: StationConnection;
}

/** The contract, implemented up to the handlers. */
export type Gate = ImplementerInternalWithMiddlewares<StationContract, CallContext, CallContext>;

const NOBODY = { mustChangePassword: false, isLocked: false };

function refusalOf(error: unknown): RefusalCode {
  if (error instanceof Refusal) return error.code;
  if (error instanceof StorageFault) return error.code === 'storage.disk-full' ? 'storage.full' : 'storage.failed';
  return 'station.fault';
}

/**
 * The one door to every procedure: permission first, before the input is even read; then the call; then every refusal
 * and fault as the contract's one typed error. Anything unforeseen is logged here and told as `station.fault`.
 */
export function createGate(log: TechnicalLog, onCall: (session: Session) => void): Gate {
  return implement(stationContract)
    .$context<CallContext>()
    .use(async ({ context, path, next, errors }) => {
      const { session } = context.connection;
      const refused = permissionRefusal(session?.role ?? null, path.join('.'), session ?? NOBODY);
      if (refused !== null) throw errors.REFUSED({ data: { code: refused } });
      if (session !== null) onCall(session);
      try {
        return await next({ context: {} });
      } catch (error) {
        if (error instanceof ORPCError) throw error;
        const code = refusalOf(error);
        if (code === 'station.fault' || code.startsWith('storage.')) log.fault(`call.${path.join('.')}`, error);
        throw errors.REFUSED({ data: { code } });
      }
    });
}

/** The session of a call that the gate has let through. @throws Refusal `session.none` */
export function sessionOf(context: CallContext): Session {
  if (context.connection.session === null) throw new Refusal('session.none');
  return context.connection.session;
}

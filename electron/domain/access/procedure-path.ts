import type { StationContract } from '../../contract/station-contract.ts';

/** The name of every procedure of the contract, as `group.procedure`. */
export type ProcedurePath = {
  [Group in keyof StationContract]: `${Group}.${keyof StationContract[Group] & string}`;
}[keyof StationContract];

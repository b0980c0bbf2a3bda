import type { CheckOpening } from './check-opening.ts';
import type { CheckNote } from './check-records.ts';
import type { CheckServices } from './check-services.ts';
import type { Grant } from './grant.ts';
import { Refusal } from '../refusal.ts';

/** The grant of one check: issued for its grounds as they stand in the database, and asked for at every use. */
export class CheckGrant {
  readonly #opening: CheckOpening;
  readonly #services: CheckServices;
  readonly #note: (note: CheckNote) => Promise<void>;
  #grant: Grant | null = null;

  constructor(opening: CheckOpening, services: CheckServices, note: (note: CheckNote) => Promise<void>) {
    this.#opening = opening;
    this.#services = services;
    this.#note = note;
  }

  /** The identifier of the grant that was issued last; empty before there was one. */
  get id(): string {
    return this.#grant?.grantId ?? '';
  }

  /**
   * Issues a grant. `mustStillBe` is asked once the database has answered: a check that ended or was interrupted meanwhile
   * is given none. @throws Refusal `grounds.incomplete`, and what `mustStillBe` throws
   */
  async issue(mustStillBe: () => void): Promise<void> {
    const grounds = await this.#services.checks.grounds(this.#opening.checkId);
    if (grounds === null) throw new Refusal('grounds.incomplete');
    mustStillBe();
    this.#grant = this.#services.grants.issue(this.#opening.checkId, grounds);
    await this.#note({ code: 'grant-issued', details: { grantId: this.#grant.grantId } });
  }

  /** The grant, if it still stands for the grounds as they are now. @throws Refusal `grant.none`, `grant.ended`, `grounds.altered` */
  async require(grantId: string): Promise<Grant> {
    const grounds = await this.#services.checks.grounds(this.#opening.checkId);
    return this.#services.grants.require(grantId, this.#opening.checkId, grounds);
  }
}

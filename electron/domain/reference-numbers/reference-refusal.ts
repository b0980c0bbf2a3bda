/** Why a reference number is refused. */
export type ReferenceRefusal = 'wrong-form' | 'wrong-check-letter' | 'year-in-the-future';

/** A parsed reference number, or why it is none. */
export type Parsed<Reference> =
  | { readonly kind: 'parsed'; readonly reference: Reference }
  | { readonly kind: 'refused'; readonly reason: ReferenceRefusal };

/** Says why a reference number is refused. */
export function refuse(reason: ReferenceRefusal): { readonly kind: 'refused'; readonly reason: ReferenceRefusal } {
  return { kind: 'refused', reason };
}

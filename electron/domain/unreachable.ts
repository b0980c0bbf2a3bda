/** Ends a switch over a union: the compiler proves that nothing is left; at run time an unknown kind is named. */
export function unreachable(value: never): never {
  throw new TypeError(`a case that no branch handles: ${JSON.stringify(value)}`);
}

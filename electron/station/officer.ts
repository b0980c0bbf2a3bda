/** The officer on whose behalf a call is made. */
export interface Officer {
  readonly userId: string;
  readonly userName: string;
}

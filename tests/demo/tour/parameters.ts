/** Size of the page in the pictures, CSS pixels: a small monitor at a custody desk. */
export const VIEWPORT = { width: 1_120, height: 800 };
/** Most that the folder of the tour may take, bytes. Ours: a repository is no place for films. */
export const MAXIMUM_TOUR_BYTES = 4_000_000;

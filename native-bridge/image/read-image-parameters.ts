/** Longest side of an image that is read, pixels. A ten-print card at 500 ppi is 4,000 wide; one finger is under 1,000. */
export const MAXIMUM_SIDE_PX = 4_096;

/** Most pixels of an image that is read: 16 MP, which bounds the memory of the largest decode at 8 bytes a pixel. */
export const MAXIMUM_PIXELS = 16_000_000;

/** Largest image file that is opened, bytes: 16 MP of 16-bit RGBA and its headers. */
export const MAXIMUM_IMAGE_FILE_BYTES = 130_000_000;

/**
 * Resolutions that a fingerprint scanner can have, pixels per inch. A file that names one outside them (72 or 96 is what
 * drawing programs write when they do not know) is taken not to say.
 */
export const PLAUSIBLE_RESOLUTION_PPI = { minimum: 150, maximum: 4_000 } as const;

/** Difference between the horizontal and the vertical resolution that is put down to rounding, as a share. */
export const RESOLUTION_TOLERANCE = 0.01;

/** Metres in an inch. Source: international yard and pound agreement, 1959. */
export const METRES_PER_INCH = 0.0254;

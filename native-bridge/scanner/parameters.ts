/** Reports of an image that may be under way at once. Source: the Linux kernel keeps 64 for each reader (HIDRAW_BUFFER_SIZE); 16 are left for everything else. */
export const CREDIT_WINDOW_REPORTS = 48;
/** How far credit may fall behind before more is granted, reports: three grants a window. */
export const CREDIT_STEP_REPORTS = 16;
/** Silence in a transfer after which the driver asks how far the device is, ms: more than one scheduling slice of a busy computer. */
export const TRANSFER_IDLE_MS = 30;
/** Questions in a row without an answer after which a device counts as silent: 2 s together with {@link TRANSFER_IDLE_MS}. */
export const MAXIMUM_IDLE_QUERIES = 66;
/** The whole image may be asked for this many times without one new piece before the transfer is given up. */
export const MAXIMUM_REPEATS_IN_VAIN = 8;
/** Times that an image whose CRC-32 is wrong is transferred again. */
export const CHECKSUM_RETRIES = 1;

/** Time that a device has to answer a command, ms; a report needs at most a few. */
export const ANSWER_TIMEOUT_MS = 120;
/** Times that a command is sent before the device counts as silent. At 6 % loss each way, a false alarm is rarer than 1 in 10^7. */
export const COMMAND_ATTEMPTS = 8;

/** Time from one preview frame to the next, ms: 25 a second, so that 10 a second still arrive when many are lost. */
export const PREVIEW_INTERVAL_MS = 40;
/** Silence in a preview after which it is started again, ms. */
export const PREVIEW_SILENCE_MS = 400;
/** Times that a silent preview is started again before the device counts as silent. */
export const PREVIEW_RESTARTS = 5;
/** Share of its pieces below which a preview frame is thrown away; lost pieces are taken from the frame before. */
export const MINIMUM_PREVIEW_SHARE = 0.5;

/** Frames in a row that must hardly differ before the finger counts as still: 120 ms. */
export const STABLE_FRAMES = 3;
/** Mean change of the ridge contrast from frame to frame below which a finger counts as still, grey levels. */
export const STABLE_CHANGE = 4;
/** Time for the officer to better the placement before the best that there is will be taken, ms. */
export const PLACEMENT_PATIENCE_MS = 800;
/** Largest number of pixels that a device may declare: four times that of a 50 × 50 mm glass at 500 ppi. Bounds memory. */
export const MAXIMUM_IMAGE_PIXELS = 4_000_000;
/** Time after which the best moment of a finger that will not keep still is taken all the same, ms. */
export const UNSTEADY_PATIENCE_MS = 2_400;
/** Time that something firm may lie on the glass from the start before it is called dirt and not a finger, ms. */
export const OCCUPIED_PATIENCE_MS = 1_500;
/** Frames that may pass between the choice of a frame and the arrival of the request for it. */
export const FRAMES_OF_GRACE = 3;
/** Shortest time between two reports of how much of an image has arrived, ms: 10 a second. */
export const TRANSFER_PROGRESS_MS = 100;
/** Longest time that a device may take to say who it is, ms. */
export const IDENTIFY_DEADLINE_MS = 3_000;

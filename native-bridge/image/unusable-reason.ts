/** Why an image cannot be searched, as a code; the officer's words are looked up elsewhere. */
export type UnusableReason =
  | 'blank'
  | 'no-ridges'
  | 'too-small-an-area'
  | 'too-few-minutiae'
  | 'too-dry'
  | 'too-wet'
  | 'image-too-small'
  | 'image-too-large'
  | 'resolution-out-of-range';

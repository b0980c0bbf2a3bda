/**
 * The `keep` people with the most votes, as ascending u32 indexes; of equals the first. One pass to count and one to
 * take, so that a million people cost the calling thread a few milliseconds. Nobody without a vote is taken.
 */
export function shortlist(votes: Uint16Array, keep: number): SharedArrayBuffer {
  const histogram = new Uint32Array(65_536);
  for (const vote of votes) histogram[vote] = (histogram[vote] ?? 0) + 1;
  let least = 65_535;
  let above = 0;
  while (least > 0 && above + (histogram[least] ?? 0) < keep) {
    above += histogram[least] ?? 0;
    least -= 1;
  }
  let fromLeast = least === 0 ? 0 : keep - above;
  const chosen: number[] = [];
  votes.forEach((vote, person) => {
    if (vote > least) chosen.push(person);
    else if (vote === least && fromLeast > 0) {
      fromLeast -= 1;
      chosen.push(person);
    }
  });
  const people = new SharedArrayBuffer(chosen.length * Uint32Array.BYTES_PER_ELEMENT);
  new Uint32Array(people).set(chosen);
  return people;
}

/**
 * The `keep` people with the most votes, as ascending u32 indexes; of equals the first. One pass to count and one to
 * take, so that a million people cost the calling thread a few milliseconds. With room for everybody it holds everybody.
 */
export function shortlist(votes: Uint16Array, keep: number): Uint32Array {
  const histogram = new Uint32Array(65_536);
  for (const vote of votes) histogram[vote] = (histogram[vote] ?? 0) + 1;
  let least = 65_535;
  let above = 0;
  while (least > 0 && above + histogram[least] < keep) {
    above += histogram[least];
    least -= 1;
  }
  let fromLeast = keep - above;
  const chosen: number[] = [];
  votes.forEach((vote, person) => {
    if (vote > least) chosen.push(person);
    else if (vote === least && fromLeast > 0) {
      fromLeast -= 1;
      chosen.push(person);
    }
  });
  return Uint32Array.from(chosen);
}

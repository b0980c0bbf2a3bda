import { SingleBar } from 'cli-progress';
import { SYNTH_USAGE, SynthUsageFault, synthArguments } from './synth-arguments.ts';
import { writePeople } from './write-people.ts';

/** Exit codes: 2 for a command line that cannot be obeyed, 130 when stopped by Ctrl-C, as shells have it. */
const EXIT_USAGE = 2;
const EXIT_FAILED = 1;
const EXIT_STOPPED = 130;

async function run(): Promise<number> {
  const request = synthArguments(process.argv.slice(2));
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  const images = request.people * request.positions.length * request.impressions;
  const bar = new SingleBar({
    format: 'Synthetic fingerprints {bar} {value}/{total}  {eta_formatted} left',
    stream: process.stderr,
  });
  bar.start(images, 0);
  const written = await writePeople(request, stop.signal, (done) => bar.update(done)).finally(() => bar.stop());
  if (!stop.signal.aborted) {
    console.log(`${written} images written to ${request.out}`);
    return 0;
  }
  console.error(`Stopped: ${written} of ${images} images were written to ${request.out}.`);
  return EXIT_STOPPED;
}

try {
  process.exitCode = await run();
} catch (error) {
  if (error instanceof SynthUsageFault) {
    console.error(`${error.message}\n${SYNTH_USAGE}`);
    process.exitCode = EXIT_USAGE;
  } else {
    console.error(`The images could not be written: ${error instanceof Error ? error.message : 'unknown reason'}.`);
    process.exitCode = EXIT_FAILED;
  }
}

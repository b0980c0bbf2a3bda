import { CaptureInterrupted } from './capture-interrupted.ts';
import type { ScannerClock } from './clock.ts';
import { decodeDeviceMessage, type DeviceMessage } from './device-messages.ts';
import type { HidPort, PortClosure } from './hid-port.ts';
import { encodeHostMessage, type HostMessage } from './host-messages.ts';
import { ANSWER_TIMEOUT_MS, COMMAND_ATTEMPTS } from './parameters.ts';
import { decodeReport, isUsableReportLength, type Report } from './report-codec.ts';
import { ScannerFault } from './scanner-fault.ts';
import { waitFor } from './wait-for.ts';

/** Reads an answer: a value when the message is the answer that is waited for, else undefined; what it throws ends the wait. */
export type AnswerReader<T> = (message: DeviceMessage, report: Report) => T | undefined;

/** The link to one device: whole checked reports up, commands down, an answer or a fault for every question. */
export class ReportLink {
  readonly port: HidPort;
  readonly clock: ScannerClock;
  readonly #listeners = new Set<(report: Report, message: DeviceMessage | null) => void>();
  readonly #closing = new AbortController();
  #command = 0;
  #received = 0;
  #damaged = 0;

  /** @throws ScannerFault `scanner.protocol` when the protocol cannot run over reports of these lengths */
  constructor(port: HidPort, clock: ScannerClock) {
    const { inputReportBytes, outputReportBytes } = port;
    if (!isUsableReportLength(inputReportBytes) || !isUsableReportLength(outputReportBytes)) {
      throw new ScannerFault('scanner.protocol', { inputReportBytes, outputReportBytes });
    }
    this.port = port;
    this.clock = clock;
    port.onReport((bytes) => this.#take(bytes));
    port.onClosed((closure) => this.#closing.abort(new CaptureInterrupted(interruptionOf(closure))));
  }

  /** Aborted with a `CaptureInterrupted` when the device is gone. */
  get closed(): AbortSignal {
    return this.#closing.signal;
  }

  get reportsReceived(): number {
    return this.#received;
  }

  get reportsDamaged(): number {
    return this.#damaged;
  }

  /** Listens to every whole report; payloads are lent for the length of the call. The answer ends it. */
  listen(listener: (report: Report, message: DeviceMessage | null) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Sends a message that needs no answer. */
  tell(message: HostMessage, transfer = 0, sequence = 0): void {
    if (this.#closing.signal.aborted) return;
    const report = encodeHostMessage(this.port.outputReportBytes, transfer, sequence, message);
    this.port.send(report);
  }

  /**
   * Sends a command until it is answered.
   * @throws CaptureInterrupted `scanner.no-answer` after the last attempt, `scanner.protocol` when the device refuses and
   *   that is no answer; the signal's reason
   */
  ask<T>(message: HostMessage, transfer: number, read: AnswerReader<T>, signal: AbortSignal): Promise<T> {
    this.#command = (this.#command + 1) % 0x10000;
    const sequence = this.#command;
    return waitFor<T>(signal, (settle, fail) => {
      let attempts = 0;
      let cancelTimer = (): void => {};
      const stopListening = this.listen((report, answer) => {
        if (answer === null) return;
        try {
          const value = read(answer, report);
          if (value !== undefined) settle(value);
          else if (answer.kind === 'refused' && report.sequence === sequence) {
            fail(new CaptureInterrupted({ kind: 'fault', code: 'scanner.protocol' }));
          }
        } catch (cause) {
          fail(cause);
        }
      });
      const attempt = (): void => {
        if (attempts === COMMAND_ATTEMPTS) {
          fail(new CaptureInterrupted({ kind: 'fault', code: 'scanner.no-answer' }));
          return;
        }
        attempts += 1;
        cancelTimer = this.clock.after(ANSWER_TIMEOUT_MS, attempt);
        this.tell(message, transfer, sequence);
      };
      attempt();
      return () => {
        stopListening();
        cancelTimer();
      };
    });
  }

  #take(bytes: Uint8Array): void {
    const decoded = decodeReport(this.port.inputReportBytes, bytes);
    if (decoded.kind !== 'report') {
      this.#damaged += 1;
      return;
    }
    this.#received += 1;
    const message = decodeDeviceMessage(decoded.report);
    for (const listener of this.#listeners) listener(decoded.report, message);
  }
}

function interruptionOf(closure: PortClosure): { readonly kind: 'unplugged' | 'aborted' } {
  return { kind: closure === 'unplugged' ? 'unplugged' : 'aborted' };
}

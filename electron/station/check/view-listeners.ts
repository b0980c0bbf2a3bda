import type { CheckView } from '../../contract/checks.ts';

/** Those who follow one check: each is told every new view. */
export class ViewListeners {
  readonly #listeners = new Set<(view: CheckView) => void>();

  /** Calls back with each new view; the answer unsubscribes. */
  subscribe(listener: (view: CheckView) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(view: CheckView): CheckView {
    for (const listener of this.#listeners) listener(view);
    return view;
  }
}

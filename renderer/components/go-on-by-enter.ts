import type { InjectionKey } from 'vue';

/** Provided by a form whose boxes go on by Enter, so that they say so. */
export const ENTER_GOES_ON: InjectionKey<boolean> = Symbol('enter-goes-on');

/** Fields into which words are typed. */
const TEXT_FIELDS = 'input:not([type=radio], [type=checkbox]), textarea';

/**
 * Enter inside a field of a form: on to the next field that is still empty, and from the last one on with the form. In a
 * box of several lines only when `isFromBoxes`; Shift + Enter begins a new line there. A key that is held does nothing twice.
 */
export function goOnByEnter(event: KeyboardEvent, isFromBoxes: boolean): void {
  const { target } = event;
  const isBox = target instanceof HTMLTextAreaElement;
  if (!isBox && !(target instanceof HTMLInputElement)) return;
  if (event.isComposing || event.shiftKey || event.altKey || (isBox && !isFromBoxes && !event.ctrlKey)) return;
  event.preventDefault();
  if (event.repeat || target.form === null) return;
  const fields = [...target.form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(TEXT_FIELDS)];
  const next = fields
    .slice(fields.findIndex((field) => field === target) + 1)
    .find((field) => field.value.trim() === '');
  if (next === undefined) target.form.requestSubmit();
  else next.focus();
}

import { StationPage } from './station-page.ts';

/** What the officer will answer; anything left out is answered as in a plain, lawful case under (6B)(a). */
export interface GroundsAnswers {
  readonly purpose: string;
  readonly custodyRecordNumber: string | null;
  readonly collarNumber: string;
  /** Age and vulnerability. */
  readonly person: string;
  /** Name of the appropriate adult and the clock time since which they are present; null: not present. */
  readonly appropriateAdult: { readonly name: string; readonly since: string } | null;
  /** Null: not arrested for a recordable offence. */
  readonly whyNotLiveScan: string | null;
  readonly offenceStage: string;
  readonly offenceCategory: string;
  readonly offence: string;
  readonly whySuspected: string;
  readonly name: { readonly choice: string; readonly words: string };
  /** Null: they had the chance and showed none. */
  readonly documents: { readonly what: string; readonly whyNotSettled: string } | null;
  /** Null: none is needed. */
  readonly interpreter: { readonly language: string; readonly byWhom: string } | null;
  readonly force: { readonly byWhom: string; readonly why: string; readonly whoWasPresent: string } | null;
}

/** The answer after which no appropriate adult is asked for. */
const NOT_VULNERABLE = '18 or over, not vulnerable';

const PLAIN_CASE: GroundsAnswers = {
  purpose: 'To find out who a person suspected of an offence is',
  custodyRecordNumber: 'CR/0042/26',
  collarNumber: 'PC 4217',
  person: NOT_VULNERABLE,
  appropriateAdult: null,
  whyNotLiveScan: null,
  offenceStage: 'The person has committed an offence',
  offenceCategory: 'Theft, burglary or robbery',
  offence: 'theft from a shop',
  whySuspected: 'the shop assistant pointed you out, and the goods were in your bag',
  name: {
    choice: 'The name is unknown and cannot be readily found out',
    words: 'asked three times, and asked the people nearby',
  },
  documents: null,
  interpreter: null,
  force: null,
};

/** The questions of the grounds, one a page. */
export class GroundsPages extends StationPage {
  async choose(answer: string): Promise<void> {
    await this.page.getByRole('radio', { name: answer, exact: true }).check();
  }

  async write(label: string, words: string): Promise<void> {
    await this.page.getByLabel(label, { exact: true }).fill(words);
  }

  async goOn(): Promise<void> {
    const before = this.page.url();
    await this.press('Continue');
    await this.page.waitForURL((url) => url.href !== before);
  }

  async goBack(): Promise<void> {
    await this.page.getByRole('link', { name: 'Back', exact: true }).click();
  }

  /** Answers the question of the page that is shown and goes on. */
  async answer(choice: string): Promise<void> {
    await this.choose(choice);
    await this.goOn();
  }

  /** Answers every question, from the first page to the list of answers. */
  async stateTheGrounds(changes: Partial<GroundsAnswers> = {}): Promise<void> {
    await this.answer(changes.purpose ?? PLAIN_CASE.purpose);
    await this.stateTheRest(changes);
  }

  /** The same from the second question on. */
  async stateTheRest(changes: Partial<GroundsAnswers> = {}): Promise<void> {
    const answers = { ...PLAIN_CASE, ...changes };
    await this.#stateWhoAndWhere(answers);
    await this.#stateThePerson(answers);
    await this.#stateTheArrest(answers);
    await this.#stateTheSuspicion(answers);
    await this.#stateTheName(answers);
    await this.#stateTheInterpreter(answers);
    await this.#stateForce(answers);
    await this.isShown('Check your answers');
  }

  async #stateWhoAndWhere({ collarNumber, custodyRecordNumber }: GroundsAnswers): Promise<void> {
    if (custodyRecordNumber === null) await this.page.getByLabel('There is no custody record').check();
    else await this.write('What is the custody record number?', custodyRecordNumber);
    await this.goOn();
    await this.write('Collar number', collarNumber);
    await this.goOn();
  }

  async #stateThePerson({ appropriateAdult, person }: GroundsAnswers): Promise<void> {
    await this.answer(person);
    if (person === NOT_VULNERABLE) return;
    await this.choose(appropriateAdult === null ? 'No' : 'Yes');
    if (appropriateAdult !== null) {
      await this.write("Appropriate adult's name", appropriateAdult.name);
      await this.write('Present since', appropriateAdult.since);
    }
    await this.goOn();
  }

  async #stateTheArrest({ whyNotLiveScan }: GroundsAnswers): Promise<void> {
    await this.answer(whyNotLiveScan === null ? 'No' : 'Yes');
    if (whyNotLiveScan === null) return;
    await this.choose('No, I will go on here');
    await this.write('Why is LiveScan not used?', whyNotLiveScan);
    await this.goOn();
  }

  async #stateTheSuspicion(answers: GroundsAnswers): Promise<void> {
    await this.answer(answers.offenceStage);
    await this.answer(answers.offenceCategory);
    await this.write('Which offence is suspected?', answers.offence);
    await this.write('Why is it suspected?', answers.whySuspected);
    await this.goOn();
  }

  async #stateTheName({ documents, name }: GroundsAnswers): Promise<void> {
    await this.choose(name.choice);
    await this.page.getByRole('textbox').fill(name.words);
    await this.goOn();
    if (documents === null) {
      await this.answer('They had the chance, and showed none');
      return;
    }
    await this.choose('They showed some, which do not settle the name');
    await this.write('What was shown?', documents.what);
    await this.write('Why does it not settle the name?', documents.whyNotSettled);
    await this.goOn();
  }

  async #stateTheInterpreter({ interpreter }: GroundsAnswers): Promise<void> {
    if (interpreter === null) {
      await this.answer('No, the person follows what I say');
      return;
    }
    await this.choose('Yes, an interpreter is here or on the telephone');
    await this.write('Language', interpreter.language);
    await this.page.locator('#interpreter-name').fill(interpreter.byWhom);
    await this.goOn();
  }

  async #stateForce({ force }: GroundsAnswers): Promise<void> {
    if (force === null) {
      await this.answer('No force');
      return;
    }
    await this.choose('Yes, force was used');
    await this.write('Who used force?', force.byWhom);
    await this.write('Why was it necessary?', force.why);
    await this.write('Who was present?', force.whoWasPresent);
    await this.goOn();
  }

  /** On a page that says why it stops: the code of the refusal, which the station has recorded. */
  async stoppedBy(): Promise<string> {
    return (await this.page.getByTestId('stop').getAttribute('data-refusal')) ?? '';
  }

  /** On a page that says why it stops: goes back to the question. */
  async changeTheAnswer(): Promise<void> {
    await this.press('Change my answer');
  }

  /** Confirms the answers; the station's assessment decides which page follows. */
  async confirmTheGrounds(): Promise<void> {
    await this.press('Confirm and go on');
    await this.page.getByRole('heading', { level: 1, name: 'Check your answers' }).waitFor({ state: 'detached' });
  }

  /** The codes of the refusals that the page shows in words. */
  async refusals(): Promise<readonly string[]> {
    const shown = await this.page.locator('[data-refusal]').all();
    return Promise.all(shown.map(async (item) => (await item.getAttribute('data-refusal')) ?? ''));
  }
}

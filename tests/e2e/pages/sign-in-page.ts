import { StationPage } from './station-page.ts';

/** The pages before the first page: sign-in, and the change of a first password. */
export class SignInPage extends StationPage {
  /** Opens the station at its address, with its one-time token. */
  async open(address: string): Promise<void> {
    await this.page.goto(address);
    await this.isShown('Sign in');
  }

  /** Types the name and the password and presses the button; where that leads is the caller's to see. */
  async tryToSignIn(userName: string, password: string): Promise<void> {
    await this.page.getByLabel('User name').fill(userName);
    await this.page.getByLabel('Password').fill(password);
    await this.press('Sign in');
  }

  /** Signs in; where the password is a first one, changes it to `ownPassword`. Ends on the home page, or at an open check. */
  async signIn(userName: string, password: string, ownPassword = password): Promise<void> {
    await this.tryToSignIn(userName, password);
    await this.page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor({ state: 'detached' });
    await this.heading.waitFor();
    if ((await this.heading.innerText()) === 'Choose your own password') {
      await this.chooseOwnPassword(password, ownPassword);
    }
    await this.isShown(/^(Identity check|This check was interrupted|Custody sergeant|Administration|Audit)$/);
  }

  async chooseOwnPassword(present: string, wanted: string): Promise<void> {
    await this.page.getByLabel('Present password').fill(present);
    await this.page.getByLabel('New password', { exact: true }).fill(wanted);
    await this.page.getByLabel('New password again').fill(wanted);
    await this.press('Change password');
  }
}

import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { policyAdml, policyAdmx, policySchema } from './policy-templates.ts';

/** Windows falls back to en-US; the words are British in both. */
const LANGUAGES = ['en-GB', 'en-US'];

/** Writes the machine policy's JSON Schema, its group policy template and the words of it into a folder. */
export async function writePolicyTemplates(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'ridgeway-policy.schema.json'), `${JSON.stringify(policySchema(), null, 2)}\n`);
  await writeFile(path.join(folder, 'ridgeway.admx'), policyAdmx());
  for (const language of LANGUAGES) {
    await mkdir(path.join(folder, language), { recursive: true });
    await writeFile(path.join(folder, language, 'ridgeway.adml'), policyAdml());
  }
}

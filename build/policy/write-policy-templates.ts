/** `npm run policy:templates`: writes the machine policy's JSON Schema, ADMX and ADML into `.out/policy`. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { policyAdml, policyAdmx, policySchema } from './policy-templates.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../.out/policy');
/** Windows falls back to en-US; the words are British in both. */
const LANGUAGES = ['en-GB', 'en-US'];

await mkdir(FOLDER, { recursive: true });
await writeFile(path.join(FOLDER, 'ridgeway-policy.schema.json'), `${JSON.stringify(policySchema(), null, 2)}\n`);
await writeFile(path.join(FOLDER, 'ridgeway.admx'), policyAdmx());
for (const language of LANGUAGES) {
  await mkdir(path.join(FOLDER, language), { recursive: true });
  await writeFile(path.join(FOLDER, language, 'ridgeway.adml'), policyAdml());
}
console.log('.out/policy');
